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

/** Even intervals that make a beat; of quick beats more are asked for. */
const TICKS_MIN = 3;
const TICKS_QUICK = 6;
const QUICK_S = 0.6;
/** A cell with this many may be one: what begins there is doubted. */
const TICKS_DOUBT = 2;
/** The text has this much contrast against its ground, grey levels. */
const CONTRAST_MIN = 45;
/** An overlay is no large part of the picture. */
const PART_MAX = 0.06;
/** Cells to each side of a ticking one that the text may go on in. */
const BESIDE = 2;

export class Overlay {
  /** 1 where the camera writes. */
  readonly known: Uint8Array;
  /** Cells known. */
  count = 0;
  readonly #cells: Cells;
  readonly #activity: Activity;

  constructor(cells: Cells, activity: Activity) {
    this.#cells = cells;
    this.#activity = activity;
    this.known = new Uint8Array(cells.count);
  }

  /** True in the frame in which text was found. */
  look(picture: ModelView): boolean {
    const { ticks, changed, looked, changes } = this.#activity;
    const { count } = this.#cells;
    if (!looked || changes === 0 || changes > PART_MAX * count) return false;
    let found = false;
    for (let cell = 0; cell < count; cell++) {
      if (changed[cell] === 0 || this.known[cell] !== 0) continue;
      if (ticks[cell]! < this.#ticksAsked(cell)) continue;
      if (!this.#isQuietAround(cell)) continue;
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

  #ticksAsked(cell: number): number {
    return this.#activity.period[cell]! < QUICK_S ? TICKS_QUICK : TICKS_MIN;
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
