/**
 * Tells whether the picture has colour: night cameras and thermal ones have none.
 * Knows nothing of what is done about it.
 * @module
 */
import type { Foreground } from "./foreground.ts";

/** Every so many columns and rows is asked. */
const STEP = 8;
/** Chroma this far from the picture's mean, U and V together, is colour. */
const COLOUR = 5;
/** One point in so many may have it by chance: a lamp, a broken pixel. */
const POINTS_PER_COLOUR = 100;
/** So long the picture must be otherwise before it counts as that. */
const SETTLE_MS = 1_000;

export class GreyWatch {
  #grey = false;
  #otherMs = 0;
  #fresh = true;

  /** As it was settled last. */
  get grey(): boolean {
    return this.#grey;
  }

  /** The next frame settles it at once. */
  restart(): void {
    this.#fresh = true;
  }

  /** One frame, `ms` after the last one. True when it is another way than before. */
  step(picture: Foreground, ms: number): boolean {
    const grey = isGrey(picture);
    this.#otherMs = grey === this.#grey ? 0 : this.#otherMs + ms;
    const settled = this.#fresh || this.#otherMs > SETTLE_MS;
    this.#fresh = false;
    if (grey === this.#grey || !settled) return false;
    this.#grey = grey;
    this.#otherMs = 0;
    return true;
  }
}

function isGrey({ width, height, stride, u, v }: Foreground): boolean {
  let points = 0;
  let sumU = 0;
  let sumV = 0;
  for (let row = 0; row < height; row += STEP) {
    for (let i = row * stride; i < row * stride + width; i += STEP) {
      sumU += u[i]!;
      sumV += v[i]!;
      points++;
    }
  }
  const meanU = Math.round(sumU / points);
  const meanV = Math.round(sumV / points);
  let coloured = 0;
  for (let row = 0; row < height; row += STEP) {
    for (let i = row * stride; i < row * stride + width; i += STEP) {
      if (Math.abs(u[i]! - meanU) + Math.abs(v[i]! - meanV) >= COLOUR) coloured++;
    }
    // In most pictures with colour a few rows show it.
    if (coloured * POINTS_PER_COLOUR > points) return false;
  }
  return true;
}
