/**
 * Is what stands there, or was it? A thing that is there has its outline in the frame; what
 * is gone has left it in the model. Looks at one box in one frame; remembers nothing.
 *
 * The same question as the kernels' ghost pass (`kernels/ghosts.ts`), asked of one track:
 * contrast across the border of the mask, from 3 pixels outside to 2 inside, summed over
 * Y, U and V, in the frame and in the model.
 * @module
 */
import type { ModelView } from "../foreground.ts";

const OUTSIDE = 3;
const INSIDE = 2;
/** A difference below this votes for neither. */
const CONTRAST_MARGIN = 10;
/** Fewer votes mean nothing. */
const VOTES_MIN = 12;

/** Bounds in work pixels; right and bottom are one past. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Votes of one box; one is enough for a whole analysis: it is filled anew each time. */
export class Presence {
  #taken = 0;
  #forFrame = 0;
  #forModel = 0;

  /**
   * -1 the outline is the model's: it has gone … 1 it is the frame's: it is there. 0 when
   * there is too little border to tell.
   */
  of(view: ModelView, { left, top, right, bottom }: Bounds): number {
    this.#taken = this.#forFrame = this.#forModel = 0;
    const { mask, stride, width, height } = view;
    const words = this.#wordsOf(mask, stride);
    const x1 = Math.min(width - OUTSIDE, Math.ceil(right));
    const y1 = Math.min(height - OUTSIDE, Math.ceil(bottom));
    for (let y = Math.max(OUTSIDE, Math.floor(top)); y < y1; y++) {
      const row = y * stride;
      for (let x = Math.max(OUTSIDE, Math.floor(left)); x < x1; x++) {
        const i = row + x;
        if ((i & 3) === 0 && isPlain(words, i, stride)) {
          x += 3;
          continue;
        }
        if (mask[i] === 0) continue;
        if (mask[i - 1] === 0) this.#vote(view, i, -1);
        else if (mask[i + 1] === 0) this.#vote(view, i, 1);
        if (mask[i - stride] === 0) this.#vote(view, i, -stride);
        else if (mask[i + stride] === 0) this.#vote(view, i, stride);
      }
    }
    if (this.#taken < VOTES_MIN) return 0;
    return (this.#forFrame - this.#forModel) / this.#taken;
  }

  #bytes: Uint8Array | undefined;
  #words: Int32Array = new Int32Array();

  /** Four pixels in each; empty where rows do not begin at whole words. */
  #wordsOf(mask: Uint8Array, stride: number): Int32Array {
    if (this.#bytes === mask) return this.#words;
    this.#bytes = mask;
    const isWhole = mask.byteOffset % 4 === 0 && stride % 4 === 0;
    const length = isWhole ? mask.length >> 2 : 0;
    this.#words = new Int32Array(mask.buffer, isWhole ? mask.byteOffset : 0, length);
    return this.#words;
  }

  /** @param out step from the pixel to the outside */
  #vote(view: ModelView, i: number, out: number): void {
    const { y, u, v, backY, meanU, meanV } = view;
    const far = i + OUTSIDE * out;
    const near = i - INSIDE * out;
    if (near < 0 || near >= y.length || far < 0 || far >= y.length) return;
    const frame = Math.abs(y[far]! - y[near]!) + Math.abs(u[far]! - u[near]!) +
      Math.abs(v[far]! - v[near]!);
    const model = Math.abs(backY[far]! - backY[near]!) +
      Math.abs((meanU[far]! >> 8) - (meanU[near]! >> 8)) +
      Math.abs((meanV[far]! >> 8) - (meanV[near]! >> 8));
    this.#taken++;
    if (frame > model + CONTRAST_MARGIN) this.#forFrame++;
    else if (model > frame + CONTRAST_MARGIN) this.#forModel++;
  }
}

/** No border among four pixels: none of them is set, or they and all around them are. */
function isPlain(words: Int32Array, i: number, stride: number): boolean {
  const at = i >> 2;
  const here = words[at];
  if (here === 0) return true;
  if (here !== -1) return false;
  const rowWords = stride >> 2;
  return words[at - rowWords] === -1 && words[at + rowWords] === -1 &&
    words[at - 1]! >>> 24 !== 0 && (words[at + 1]! & 255) !== 0;
}
