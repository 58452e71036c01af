/**
 * Clears from a mask what does not last: in rain, snow and noise a place of eight by
 * eight pixels must have been foreground for a tenth of a second, or touch one that was,
 * to count. What walks overlaps with where it was; a drop does not.
 * Judges no weather: that is `weather.ts`.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import { settle } from "../time_step.ts";

const SIDE = 8;
const SETTLE_S = 0.25;
/** Share of the place, smoothed, that makes it last: at least, … */
const LASTS = 0.28;
/** … and so many times what strong noise leaves all over the picture, and a little. */
const BEYOND_USUAL = 1.6;
const BEYOND_MORE = 0.12;
/** A place with more of it has an object; noise alone is not held for one. */
const OBJECT = 0.6;

export class Persistence {
  readonly #columns: number;
  readonly #rows: number;
  readonly #level: Float32Array;
  #lastsFrom = LASTS;

  constructor(shape: { readonly width: number; readonly height: number }) {
    this.#columns = Math.ceil(shape.width / SIDE);
    this.#rows = Math.ceil(shape.height / SIDE);
    this.#level = new Float32Array(this.#columns * this.#rows);
  }

  /** Takes the mask in; with `clears` it takes from it what did not last. */
  step(picture: Foreground, dtS: number, clears: boolean): void {
    const part = settle(dtS, SETTLE_S);
    const columns = this.#columns;
    let usual = 0;
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < columns; column++) {
        const place = row * columns + column;
        const share = shareOf(picture, column * SIDE, row * SIDE);
        this.#level[place]! += part * (share - this.#level[place]!);
        usual += Math.min(OBJECT, this.#level[place]!);
      }
    }
    usual /= this.#level.length;
    this.#lastsFrom = Math.min(
      OBJECT,
      Math.max(LASTS, BEYOND_USUAL * usual + BEYOND_MORE),
    );
    if (clears) this.#clear(picture);
  }

  reset(): void {
    this.#level.fill(0);
  }

  #clear({ mask, width, height, stride }: Foreground): void {
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        if (this.#lasts(column, row)) continue;
        const left = column * SIDE;
        const right = Math.min(width, left + SIDE);
        const bottom = Math.min(height, row * SIDE + SIDE);
        for (let y = row * SIDE; y < bottom; y++) {
          mask.fill(0, y * stride + left, y * stride + right);
        }
      }
    }
  }

  #lasts(column: number, row: number): boolean {
    for (let y = Math.max(0, row - 1); y <= Math.min(this.#rows - 1, row + 1); y++) {
      const from = y * this.#columns;
      const end = Math.min(this.#columns - 1, column + 1);
      for (let x = Math.max(0, column - 1); x <= end; x++) {
        if (this.#level[from + x]! >= this.#lastsFrom) return true;
      }
    }
    return false;
  }
}

/** Part of every second pixel of a place that is set. */
function shareOf(
  { mask, width, height, stride }: Foreground,
  x0: number,
  y0: number,
): number {
  const x1 = Math.min(width, x0 + SIDE);
  const y1 = Math.min(height, y0 + SIDE);
  let set = 0;
  let count = 0;
  for (let y = y0; y < y1; y += 2) {
    for (let i = y * stride + x0; i < y * stride + x1; i += 2) {
      count++;
      if (mask[i] !== 0) set++;
    }
  }
  return count === 0 ? 0 : set / count;
}
