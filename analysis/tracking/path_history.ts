/**
 * Where one track was in the last few seconds: a ring of places with evidence, for those
 * who judge a path as a whole. Judges nothing itself.
 * @module
 */
import type { FootBox } from "./sighting.ts";

/** Places kept; a further one takes the place of the oldest. */
export const PATH_PLACES_MAX = 64;
/** Time that a full ring covers at least, whatever the frame rate, ms. */
export const PATH_MS = 4_000;
/** Places nearer in time than this are not kept apart. */
const SPACING_MS = PATH_MS / PATH_PLACES_MAX;

/**
 * All arrays are indexed by `slot(back)`. Work pixels and milliseconds. A ring's memory
 * is made once with it.
 */
export class PathHistory {
  /** Places held, 0 … `PATH_PLACES_MAX`. */
  count = 0;
  readonly tMs = new Float64Array(PATH_PLACES_MAX);
  readonly x = new Float32Array(PATH_PLACES_MAX);
  readonly foot = new Float32Array(PATH_PLACES_MAX);
  readonly w = new Float32Array(PATH_PLACES_MAX);
  readonly h = new Float32Array(PATH_PLACES_MAX);
  /** Foreground pixels. */
  readonly area = new Float32Array(PATH_PLACES_MAX);
  #next = 0;

  /** Index of the place `back` places ago; 0 is the newest, below `count`. */
  slot(back: number): number {
    return (this.#next - 1 - back + PATH_PLACES_MAX) % PATH_PLACES_MAX;
  }

  /** Keeps a place if enough time has passed since the newest. */
  add(tMs: number, box: FootBox, area: number): void {
    if (this.count > 0 && Math.abs(tMs - this.tMs[this.slot(0)]!) < SPACING_MS) return;
    const at = this.#next;
    this.tMs[at] = tMs;
    this.x[at] = box.x;
    this.foot[at] = box.foot;
    this.w[at] = box.w;
    this.h[at] = box.h;
    this.area[at] = area;
    this.#next = (at + 1) % PATH_PLACES_MAX;
    this.count = Math.min(PATH_PLACES_MAX, this.count + 1);
  }

  clear(): void {
    this.count = 0;
  }
}
