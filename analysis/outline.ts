/**
 * The outline of one blob: follows the border of its foreground inside its box and
 * tells how many vertices it takes to draw it and how frayed it is.
 * Draws nothing and keeps no points between calls.
 * @module
 */
import type { Foreground } from "./foreground.ts";

/** A box in work pixels: left and top inside, right and bottom one past. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Outline {
  /** Vertices left when straight stretches are joined. */
  readonly points: number;
  /** Foreground inside the box, work pixels. */
  readonly area: number;
  /** 0 a disc … 1 all fringe: 1 - 4 pi area / perimeter^2. */
  readonly complexity: number;
}

/** Border pixels followed at most; a longer border is cut off there. */
const BORDER_MAX = 4_096;
/** A vertex may stray this share of the border's length from the true outline. */
const STRAY_SHARE = 0.01;
const STRAY_PX_MIN = 1;

/** The eight neighbours, clockwise from the right. */
const NEXT_X = Int8Array.of(1, 1, 0, -1, -1, -1, 0, 1);
const NEXT_Y = Int8Array.of(0, 1, 1, 1, 0, -1, -1, -1);

export class OutlineTracer {
  readonly #x = new Int16Array(BORDER_MAX);
  readonly #y = new Int16Array(BORDER_MAX);
  /** Open stretches while vertices are counted: pairs of border indices. */
  readonly #stack = new Int32Array(2 * 64);
  #length = 0;

  /** The largest border met first from the top; no foreground gives zeros. */
  trace(picture: Foreground, box: PixelBox): Outline {
    const area = this.#findArea(picture, box);
    if (area === 0) return { points: 0, area: 0, complexity: 0 };
    const perimeter = this.#follow(picture, box);
    const roundness = 4 * Math.PI * this.#enclosed() / (perimeter * perimeter);
    return {
      points: this.#vertices(Math.max(STRAY_PX_MIN, STRAY_SHARE * perimeter)),
      area,
      complexity: Math.min(1, Math.max(0, 1 - roundness)),
    };
  }

  #startX = 0;
  #startY = 0;
  #bytes: Uint8Array | undefined;
  #words: Int32Array = new Int32Array();

  /** Four pixels in each; empty where the mask does not begin at a whole word. */
  #wordsOf(mask: Uint8Array): Int32Array {
    if (this.#bytes === mask) return this.#words;
    this.#bytes = mask;
    const isWhole = mask.byteOffset % 4 === 0;
    const length = isWhole ? mask.length >> 2 : 0;
    this.#words = new Int32Array(mask.buffer, isWhole ? mask.byteOffset : 0, length);
    return this.#words;
  }

  /** Counts the foreground; starts in the row with the most of it, at its left end. */
  #findArea(picture: Foreground, box: PixelBox): number {
    const { mask, stride } = picture;
    const words = this.#wordsOf(mask);
    let area = 0;
    let widest = 0;
    for (let y = box.top; y < box.bottom; y++) {
      const inRow = countSet(mask, words, y * stride + box.left, y * stride + box.right);
      area += inRow;
      if (inRow <= widest) continue;
      widest = inRow;
      this.#startY = y;
    }
    if (area === 0) return 0;
    const row = this.#startY * stride;
    this.#startX = mask.indexOf(255, row + box.left) - row;
    return area;
  }

  /** Moore's border following, clockwise; gives the length in pixels. */
  #follow(picture: Foreground, box: PixelBox): number {
    const { mask, stride } = picture;
    const { left, top, right, bottom } = box;
    const startX = this.#startX;
    const startY = this.#startY;
    let x = startX;
    let y = startY;
    // The pixel to the left of the start is background: begin to look just after it.
    let look = 5;
    let perimeter = 0;
    this.#length = 0;
    do {
      this.#x[this.#length] = x;
      this.#y[this.#length] = y;
      this.#length++;
      let turn = 0;
      for (; turn < 8; turn++) {
        const nextX = x + NEXT_X[look]!;
        const nextY = y + NEXT_Y[look]!;
        const isInside = nextX >= left && nextX < right && nextY >= top && nextY < bottom;
        if (isInside && mask[nextY * stride + nextX] !== 0) break;
        look = (look + 1) & 7;
      }
      if (turn === 8) return Math.PI; // a single pixel
      x += NEXT_X[look]!;
      y += NEXT_Y[look]!;
      perimeter += (look & 1) === 1 ? Math.SQRT2 : 1;
      look = (look + 6) & 7;
    } while (this.#length < BORDER_MAX && (x !== startX || y !== startY));
    return perimeter;
  }

  /** Area of the polygon through the border pixels' middles, half a rim added. */
  #enclosed(): number {
    const borderX = this.#x;
    const borderY = this.#y;
    const length = this.#length;
    let twice = 0;
    for (let i = 0, last = length - 1; i < length; last = i++) {
      twice += borderX[last]! * borderY[i]! - borderX[i]! * borderY[last]!;
    }
    return Math.abs(twice) / 2;
  }

  /** Douglas-Peucker from the first border pixel to the farthest one and back. */
  #vertices(stray: number): number {
    if (this.#length < 3) return this.#length;
    const borderX = this.#x;
    const borderY = this.#y;
    let far = 0;
    let farSquared = -1;
    for (let i = 1; i < this.#length; i++) {
      const dx = borderX[i]! - borderX[0]!;
      const dy = borderY[i]! - borderY[0]!;
      const squared = dx * dx + dy * dy;
      if (squared <= farSquared) continue;
      farSquared = squared;
      far = i;
    }
    return 2 + this.#between(0, far, stray) + this.#between(far, this.#length, stray);
  }

  /** Vertices needed strictly between two border pixels; `to` may be one past the end. */
  #between(from: number, to: number, stray: number): number {
    const stack = this.#stack;
    let depth = 0;
    let vertices = 0;
    stack[depth++] = from;
    stack[depth++] = to;
    while (depth > 0) {
      const end = stack[--depth]!;
      const start = stack[--depth]!;
      const split = this.#farthest(start, end, stray);
      if (split < 0) continue;
      vertices++;
      if (depth + 4 > stack.length) continue; // deep enough: finer detail is left out
      stack[depth++] = start;
      stack[depth++] = split;
      stack[depth++] = split;
      stack[depth++] = end;
    }
    return vertices;
  }

  /** The border pixel that strays most from the chord, or -1 when none strays enough. */
  #farthest(start: number, end: number, stray: number): number {
    const borderX = this.#x;
    const borderY = this.#y;
    const startX = borderX[start]!;
    const startY = borderY[start]!;
    const last = end % this.#length;
    const dx = borderX[last]! - startX;
    const dy = borderY[last]! - startY;
    let most = stray * Math.max(1, Math.sqrt(dx * dx + dy * dy));
    let split = -1;
    for (let i = start + 1; i < end; i++) {
      const off = Math.abs(dx * (borderY[i]! - startY) - dy * (borderX[i]! - startX));
      if (off <= most) continue;
      most = off;
      split = i;
    }
    return split;
  }
}

/** One bit of each of four bytes. */
const ONES = 0x01010101;
/** So many of them may be added up before a byte overflows. */
const WORDS_MAX = 255;

/** Pixels set from `from` up to `to`: what is set is 255. */
function countSet(
  mask: Uint8Array,
  words: Int32Array,
  from: number,
  to: number,
): number {
  let count = 0;
  let at = from;
  for (; at < to && (at & 3) !== 0; at++) count += mask[at]! & 1;
  const last = Math.min(words.length, to >> 2);
  for (let word = at >> 2; word < last;) {
    const stop = Math.min(last, word + WORDS_MAX);
    at += 4 * (stop - word);
    let four = 0;
    for (; word < stop; word++) four = (four + (words[word]! & ONES)) | 0;
    const pairs = (four & 0xff00ff) + ((four >>> 8) & 0xff00ff);
    count += (pairs & 0xffff) + (pairs >>> 16);
  }
  for (; at < to; at++) count += mask[at]! & 1;
  return count;
}
