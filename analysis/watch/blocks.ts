/**
 * Looks for what a damaged video stream leaves in a picture: steps of luma exactly along
 * the borders of its blocks of 16 by 16 pixels, where the scene has none. Counted over
 * all borders, against the last clean picture and against a grid where nothing ends.
 * Keeps the clean picture's borders; when to look is `decode_loss.ts`.
 *
 * A border is torn when, at all four rows (columns) that are looked at, luma steps across
 * it, and by much more than on either side of it (Wu and Yuen, A generalized block-edge
 * impairment metric, 1997, uses the same difference as a measure of blockiness).
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";

const BLOCK = 16;
/** Where no block of 16, 8 or 4 pixels ends. */
const CONTROL = 6;
const ROWS = 4;
/** Grey levels: mean step across a border beyond the steps beside it, and least step. */
const STEP_MEAN = 9;
const STEP_MIN = 4;

export class Blocks {
  readonly #width: number;
  readonly #across: number;
  readonly #down: number;
  readonly #clean: Uint8Array;
  /** Part of the borders torn in the last look that were whole, on the grid and beside it. */
  torn = 0;
  control = 0;

  constructor(format: FrameFormat) {
    this.#width = format.width;
    this.#across = Math.max(0, Math.floor(format.width / BLOCK) - 1);
    this.#down = Math.max(0, Math.floor(format.height / BLOCK) - 1);
    this.#clean = new Uint8Array(4 * this.#across * this.#down);
  }

  /** Remembers what steps in a picture that is whole. `pixels`: luma first. */
  remember(pixels: Uint8Array): void {
    this.#count(pixels, true, 0);
    this.#count(pixels, true, CONTROL);
  }

  /** Sets `torn` and `control`. */
  look(pixels: Uint8Array): void {
    const borders = Math.max(1, 2 * this.#across * this.#down);
    this.torn = this.#count(pixels, false, 0) / borders;
    this.control = this.#count(pixels, false, CONTROL) / borders;
  }

  #count(pixels: Uint8Array, remember: boolean, offset: number): number {
    const width = this.#width;
    const clean = this.#clean;
    let border = offset === 0 ? 0 : 2 * this.#across * this.#down;
    let torn = 0;
    for (let row = 1; row <= this.#down; row++) {
      const y = row * BLOCK;
      for (let column = 1; column <= this.#across; column++) {
        const x = column * BLOCK;
        const upright = isTorn(pixels, y * width + x + offset, {
          across: 1,
          along: width,
        });
        const level = isTorn(pixels, (y + offset) * width + x, {
          across: width,
          along: 1,
        });
        if (remember) {
          clean[border] = upright ? 1 : 0;
          clean[border + 1] = level ? 1 : 0;
        } else {
          if (upright && clean[border] === 0) torn++;
          if (level && clean[border + 1] === 0) torn++;
        }
        border += 2;
      }
    }
    return torn;
  }
}

function isTorn(
  pixels: Uint8Array,
  corner: number,
  { across, along }: { across: number; along: number },
): boolean {
  let beyond = 0;
  for (let row = 0; row < ROWS; row++) {
    const i = corner + (2 + row * 4) * along;
    const here = pixels[i]!;
    const before = pixels[i - across]!;
    const step = here > before ? here - before : before - here;
    if (!(step >= STEP_MIN)) return false;
    const after = pixels[i + across]! - here;
    const earlier = before - pixels[i - 2 * across]!;
    const beside = (after < 0 ? -after : after) + (earlier < 0 ? -earlier : earlier);
    beyond += 2 * step - beside;
  }
  return beyond >= 2 * ROWS * STEP_MEAN;
}
