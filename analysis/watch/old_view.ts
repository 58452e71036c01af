/**
 * Remembers the view that a camera was turned away from, and tells when it is back: zones,
 * masks and lines were drawn in it. Tells nothing of how it was left, and holds nothing
 * up: what goes through the new view is followed as usual.
 *
 * The old view is back where most of its edges are, each with its direction and a part of
 * its contrast, whatever light has come since: gradients, not tones. A push by less than
 * what zones are drawn to is no other view; several that add up are.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import type { Edges } from "./edges.ts";

/** Zones lie where they were drawn within this part of the picture's longer side. */
const NEAR_PART = 1 / 50;
/** The best place is looked for so much farther, so that one just outside is not taken for near. */
const BEYOND_PX = 3;
/** Edges compared. */
const EDGES_USED = 150;
/** Part of an edge's contrast that must be left, and least difference, grey levels. */
const KEPT_PART = 0.35;
const TRACE = 4;
/** Part of the edges that must be back: a scene elsewhere has a fifth of them by chance. */
const BACK = 0.6;
/** It is looked for so often, and is back when it was found as often as this in a row. */
const EVERY_S = 0.5;
const FOUND_MIN = 3;

export class OldView {
  readonly #nearPx: number;
  #at = new Int32Array(0);
  #along = new Int32Array(0);
  #size = new Int16Array(0);
  /** Where the picture lies against the old view, work pixels; and where when it was remembered. */
  #x = 0;
  #y = 0;
  #rememberedX = 0;
  #rememberedY = 0;
  #sinceS = 0;
  #found = 0;

  /** The picture shows another view than zones were drawn in. */
  away = false;

  constructor({ width, height }: PlaneShape) {
    this.#nearPx = Math.round(Math.max(width, height) * NEAR_PART);
  }

  /** @param edges of the view that is left now, for one that lies elsewhere */
  leave(edges: Edges): void {
    this.#remember(edges);
    this.away = true;
  }

  /** The picture lies `dx`, `dy` work pixels farther for good. @param edges of the view until now */
  push(edges: Edges, { dx, dy }: { dx: number; dy: number }): void {
    if (this.away) return;
    this.#remember(edges);
    this.#x += dx;
    this.#y += dy;
    this.away = !this.#isNear(this.#x, this.#y);
  }

  /** A frame of the new view, in order of time. */
  look(view: ModelView, dtS: number): void {
    if (!this.away) return;
    this.#sinceS += dtS;
    if (this.#sinceS < EVERY_S) return;
    this.#sinceS = 0;
    this.#found = this.#isHere(view) ? this.#found + 1 : 0;
    if (this.#found < FOUND_MIN) return;
    this.away = false;
    this.#x = 0;
    this.#y = 0;
  }

  #remember({ at, along, size, count }: Edges): void {
    if (this.away) return;
    const step = Math.max(1, Math.floor(count / EDGES_USED));
    const used = Math.ceil(count / step);
    this.#at = new Int32Array(used);
    this.#along = new Int32Array(used);
    this.#size = new Int16Array(used);
    for (let i = 0; i < used; i++) {
      this.#at[i] = at[i * step]!;
      this.#along[i] = along[i * step]!;
      this.#size[i] = size[i * step]!;
    }
    this.#rememberedX = this.#x;
    this.#rememberedY = this.#y;
    this.#found = 0;
  }

  #isNear(x: number, y: number): boolean {
    return Math.abs(x) <= this.#nearPx && Math.abs(y) <= this.#nearPx;
  }

  /** Whether most edges are in their places, at a shift within which zones still fit. */
  #isHere(view: ModelView): boolean {
    const around = this.#nearPx + BEYOND_PX;
    let most = 0;
    let near = false;
    for (let y = -around; y <= around; y++) {
      for (let x = -around; x <= around; x++) {
        const kept = this.#keptAt(view, x - this.#rememberedX, y - this.#rememberedY);
        if (kept <= most) continue;
        most = kept;
        near = this.#isNear(x, y);
      }
    }
    return near && most >= BACK;
  }

  #keptAt({ y, width, height, stride }: ModelView, dx: number, dy: number): number {
    const by = dy * stride + dx;
    let kept = 0;
    let used = 0;
    for (let edge = 0; edge < this.#at.length; edge++) {
      const i = this.#at[edge]!;
      const along = this.#along[edge]!;
      const row = Math.floor(i / stride) + dy;
      const column = i % stride + dx;
      const reach = along < stride ? along : along / stride;
      if (row < reach || row >= height - reach) continue;
      if (column < reach || column >= width - reach) continue;
      used++;
      const was = this.#size[edge]!;
      const steep = y[i + by + along]! - y[i + by - along]!;
      const same = was > 0 ? steep : -steep;
      const least = KEPT_PART * (was > 0 ? was : -was);
      if (same >= (least > TRACE ? least : TRACE)) kept++;
    }
    return 2 * used < this.#at.length ? 0 : kept / used;
  }
}
