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
const NEXT_X = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const NEXT_Y = [0, 1, 1, 1, 0, -1, -1, -1] as const;

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

  /** Counts the foreground; starts in the row with the most of it, at its left end. */
  #findArea(picture: Foreground, box: PixelBox): number {
    let area = 0;
    let widest = 0;
    for (let y = box.top; y < box.bottom; y++) {
      const base = y * picture.stride;
      let inRow = 0;
      let first = -1;
      for (let x = box.left; x < box.right; x++) {
        if (picture.mask[base + x] === 0) continue;
        if (first < 0) first = x;
        inRow++;
      }
      area += inRow;
      if (inRow <= widest) continue;
      widest = inRow;
      this.#startX = first;
      this.#startY = y;
    }
    return area;
  }

  /** Moore's border following, clockwise; gives the length in pixels. */
  #follow(picture: Foreground, box: PixelBox): number {
    let x = this.#startX;
    let y = this.#startY;
    // The pixel to the left of the start is background: begin to look just after it.
    let look = 5;
    let perimeter = 0;
    this.#length = 0;
    do {
      this.#x[this.#length] = x;
      this.#y[this.#length] = y;
      this.#length++;
      let turn = 0;
      while (turn < 8 && !isOn(picture, box, x + NEXT_X[look]!, y + NEXT_Y[look]!)) {
        look = (look + 1) & 7;
        turn++;
      }
      if (turn === 8) return Math.PI; // a single pixel
      x += NEXT_X[look]!;
      y += NEXT_Y[look]!;
      perimeter += (look & 1) === 1 ? Math.SQRT2 : 1;
      look = (look + 6) & 7;
    } while (this.#length < BORDER_MAX && (x !== this.#startX || y !== this.#startY));
    return perimeter;
  }

  /** Area of the polygon through the border pixels' middles, half a rim added. */
  #enclosed(): number {
    let twice = 0;
    for (let i = 0, last = this.#length - 1; i < this.#length; last = i++) {
      twice += this.#x[last]! * this.#y[i]! - this.#x[i]! * this.#y[last]!;
    }
    return Math.abs(twice) / 2;
  }

  /** Douglas-Peucker from the first border pixel to the farthest one and back. */
  #vertices(stray: number): number {
    if (this.#length < 3) return this.#length;
    let far = 0;
    let distance = -1;
    for (let i = 1; i < this.#length; i++) {
      const d = Math.hypot(this.#x[i]! - this.#x[0]!, this.#y[i]! - this.#y[0]!);
      if (d > distance) {
        distance = d;
        far = i;
      }
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
    const last = end % this.#length;
    const dx = this.#x[last]! - this.#x[start]!;
    const dy = this.#y[last]! - this.#y[start]!;
    const chord = Math.max(1, Math.hypot(dx, dy));
    let most = stray * chord;
    let split = -1;
    for (let i = start + 1; i < end; i++) {
      const off = Math.abs(
        dx * (this.#y[i]! - this.#y[start]!) - dy * (this.#x[i]! - this.#x[start]!),
      );
      if (off <= most) continue;
      most = off;
      split = i;
    }
    return split;
  }
}

function isOn(picture: Foreground, box: PixelBox, x: number, y: number): boolean {
  if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) return false;
  return picture.mask[y * picture.stride + x] !== 0;
}
