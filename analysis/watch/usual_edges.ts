/**
 * How many of the reference's edges a picture usually keeps, and how much of their
 * contrast: noise and what stands in the picture take some. Judges nothing.
 * @module
 */
import { settle } from "../time_step.ts";
import type { Edges } from "./edges.ts";

/** It settles in this time, as long as so much of it is there. */
const SETTLE_S = 3;
const KEPT_MIN = 0.9;

export class UsualEdges {
  kept = 1;
  contrast = 1;

  /** A reference was taken: what is seen of it now is usual. */
  begin(edges: Edges): void {
    this.kept = Math.max(0.5, edges.kept);
    this.contrast = Math.max(0.4, edges.contrast);
  }

  /** A calm frame. */
  settle(edges: Edges, dtS: number): void {
    if (edges.kept < KEPT_MIN * this.kept) return;
    const part = settle(dtS, SETTLE_S);
    this.kept += part * (edges.kept - this.kept);
    this.contrast += part * (edges.contrast - this.contrast);
  }
}
