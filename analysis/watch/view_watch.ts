/**
 * Whether the camera looks where it looked when zones, masks and lines were drawn, and
 * for how long the other view is to be told. Finds no shift and no new scene: that is
 * `shake.ts` and `upset.ts`; what has the same edges is `old_view.ts`.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import type { Edges } from "./edges.ts";
import { type LookedAt, OldView, type ViewSnapshot } from "./old_view.ts";
import type { EdgeShift } from "./view_edges.ts";

/** A move is told for so long at least; while the model becomes sure again it outweighs a blur. */
const MOVED_S = 2.4;

/** Survives JSON. */
export interface KeptView extends ViewSnapshot {
  /** As it was told. */
  readonly score: number;
}

export class ViewWatch {
  readonly #oldView: OldView;
  #movedS = Infinity;
  /** How sure the move was that is told, 0..1. */
  score = 0;

  constructor(shape: PlaneShape) {
    this.#oldView = new OldView(shape);
  }

  /** It was turned or pushed a moment ago. */
  get moves(): boolean {
    return this.#movedS <= MOVED_S;
  }

  /** That is to be told. */
  get moved(): boolean {
    return this.moves || this.#oldView.away;
  }

  /** Another scene. @param edges of the one until now */
  leave(edges: Edges): void {
    this.#oldView.leave(edges);
    this.#tell(1 - edges.kept);
  }

  /** The same scene beside its place. @param edges of the scene until now */
  push(edges: Edges, shift: EdgeShift, score: number): void {
    this.#oldView.push(edges, shift);
    this.#tell(score);
  }

  /** Another picture after a gap, whatever made it. @param edges of the scene before it */
  doubt(edges: Edges): void {
    this.#oldView.doubt(edges);
  }

  /** Once a frame. @returns true when it was found that another view came with a gap */
  look(view: ModelView, how: LookedAt): boolean {
    this.#movedS += how.dtS;
    const score = this.#oldView.look(view, how);
    if (score > 0) this.#tell(score);
    return score > 0;
  }

  snapshot(edges: Edges, stride: number): KeptView {
    return { ...this.#oldView.snapshot(edges, stride), score: this.score };
  }

  /** To be called before the first frame. */
  restore({ score, ...view }: KeptView, stride: number): void {
    this.#oldView.restore(view, stride);
    this.score = score;
  }

  #tell(score: number): void {
    this.#movedS = 0;
    this.score = score;
  }
}

/** Whether a snapshot's text says what is needed; places outside a picture show nothing. */
export function isKeptView(kept: unknown): kept is KeptView {
  if (typeof kept !== "object" || kept === null) return false;
  const { away, score, x, y, rememberedX, rememberedY, edges } = kept as Partial<
    KeptView
  >;
  const places = [x, y, rememberedX, rememberedY];
  return typeof away === "boolean" && Number.isFinite(score) &&
    places.every(Number.isSafeInteger) && Array.isArray(edges) &&
    edges.length % 4 === 0 && edges.every(Number.isSafeInteger);
}
