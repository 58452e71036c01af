/**
 * What the camera itself writes over its picture: a clock that ticks, a mark that blinks.
 * Known by its place, its even beat with nothing in between, and its contrast. Once known
 * its cells are masked for good; cells beside them that change with them belong to it.
 * Reads nothing: what the text says is of no interest.
 * @module
 */
import type { Activity } from "./activity.ts";
import { CELL_PX, type Cells } from "./cells.ts";
import type { ModelView } from "../foreground.ts";

/**
 * An even interval tells as much as it could have been off by: the logarithm (base 2) of
 * the period in steps that would have passed for it. So much in all makes a beat.
 */
const EVIDENCE_MIN = 9;
/** An interval is even within so many looks to each side. */
const EVEN_LOOKS = 2.2;
/** So many uneven changes and it is no text after all. */
const UNEVEN_MAX = 8;
/** A cell with this many may be one: what begins there is doubted. */
const TICKS_DOUBT = 2;
/** The text has this much contrast against its ground, grey levels. */
const CONTRAST_MIN = 45;
/** Where so much of the picture changes at once it is light or the lens: no beat is trusted. */
const PART_MAX = 0.35;
/** Cells to each side of a ticking one that the text may go on in. */
const BESIDE = 2;

export class Overlay {
  /** 1 where the camera writes. */
  readonly known: Uint8Array;
  /** Cells known. */
  count = 0;
  readonly #cells: Cells;
  readonly #activity: Activity;
  readonly #uneven: Uint8Array;

  constructor(cells: Cells, activity: Activity) {
    this.#cells = cells;
    this.#activity = activity;
    this.#uneven = new Uint8Array(cells.count);
    this.known = new Uint8Array(cells.count);
  }

  /**
   * True in the frame in which text was found.
   * @param passed non-zero where something known is: no text is found there
   */
  look(picture: ModelView, passed: Uint8Array): boolean {
    const { changed, looked, changes } = this.#activity;
    const { count } = this.#cells;
    if (!looked || changes === 0 || changes > PART_MAX * count) return false;
    let found = false;
    for (let cell = 0; cell < count; cell++) {
      if (changed[cell] === 0) continue;
      if (this.known[cell] !== 0) {
        this.#watch(cell);
        continue;
      }
      if (passed[cell] !== 0 || !this.#isBeat(cell) || !this.#isQuietAround(cell)) {
        continue;
      }
      if (this.#contrastOf(cell, picture) < CONTRAST_MIN) continue;
      this.#learn(cell);
      found = true;
    }
    return found;
  }

  /** Clears the mask where the camera writes; true when any pixel was set. */
  clear({ mask, stride }: ModelView): boolean {
    if (this.count === 0) return false;
    const { active, activeCount } = this.#cells;
    let cleared = false;
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.known[cell] === 0) continue;
      if (this.#cells.paint(cell, mask, { stride, value: 0 })) cleared = true;
    }
    return cleared;
  }

  /** Part of the cells under a box that the camera writes in, or may: 0..1. */
  partOf(box: { left: number; right: number; top: number; foot: number }): number {
    const { columns } = this.#cells;
    const { ticks } = this.#activity;
    const first = this.#cells.cellAt(box.left, box.top);
    const last = this.#cells.cellAt(box.right - 1, box.foot - 1);
    let known = 0;
    let all = 0;
    for (let row = first - first % columns; row <= last; row += columns) {
      for (let cell = row + first % columns; cell <= row + last % columns; cell++) {
        all++;
        if (this.known[cell] !== 0 || ticks[cell]! >= TICKS_DOUBT) known++;
      }
    }
    return known / Math.max(1, all);
  }

  /** What is beside it changes with it, or does not change. */
  #isQuietAround(cell: number): boolean {
    const { columns, rows } = this.#cells;
    const { changed, period, agoS, passedS } = this.#activity;
    const beat = period[cell]! - 1.5 * passedS;
    const column = cell % columns;
    const row = (cell / columns) | 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        const at = r * columns + c;
        const even = changed[at] !== 0
          ? Math.abs(period[at]! - period[cell]!) < 1.5 * passedS || period[at] === 0
          : agoS[at]! >= beat;
        if (!even) return false;
      }
    }
    return true;
  }

  #isBeat(cell: number): boolean {
    const { ticks, period, passedS } = this.#activity;
    const looks = period[cell]! / (EVEN_LOOKS * passedS);
    return looks > 1 && ticks[cell]! * Math.log2(looks) >= EVIDENCE_MIN;
  }

  /** A known cell changes when it is not due: something else is there, or always was. */
  #watch(cell: number): void {
    if (this.#activity.ticks[cell]! > 1) {
      this.#uneven[cell] = 0;
      return;
    }
    this.#uneven[cell] = this.#uneven[cell]! + 1;
    if (this.#uneven[cell]! < UNEVEN_MAX) return;
    this.#uneven[cell] = 0;
    this.known[cell] = 0;
    this.count--;
  }

  /** The cell and those beside it that changed together with it. */
  #learn(cell: number): void {
    const { columns, rows } = this.#cells;
    const column = cell % columns;
    const row = (cell / columns) | 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      const c1 = Math.min(columns - 1, column + BESIDE);
      for (let c = Math.max(0, column - BESIDE); c <= c1; c++) {
        const at = r * columns + c;
        if (this.known[at] !== 0) continue;
        if (at !== cell && this.#activity.changed[at] === 0) continue;
        this.known[at] = 1;
        this.count++;
      }
    }
  }

  #contrastOf(cell: number, { y, stride }: ModelView): number {
    const { columns, width, height } = this.#cells;
    const left = (cell % columns) * CELL_PX;
    const top = ((cell / columns) | 0) * CELL_PX;
    let least = 255;
    let most = 0;
    for (let row = top; row < Math.min(height, top + CELL_PX); row++) {
      for (let x = left; x < Math.min(width, left + CELL_PX); x++) {
        const value = y[row * stride + x]!;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    return most - least;
  }
}
