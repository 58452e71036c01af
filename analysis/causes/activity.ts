/**
 * Where the picture changes from one look to the next, whatever the model has learned of
 * it: per cell, how often it changes, whether it does so as a clock ticks, and whether
 * what comes is brighter than the scene. What that means is judged by `sway.ts` and
 * `overlay.ts`.
 *
 * Looks at one pixel in four, at most about twelve times a second, so that 10 and 25
 * frames a second give the same numbers.
 * @module
 */
import type { Cells } from "./cells.ts";
import type { ModelView } from "../foreground.ts";
import { settle } from "../time_step.ts";

/** Looks are at least so far apart, s. */
const LOOK_S = 0.075;
/** A pixel has changed by this many deviations of the noise, and grey levels. */
const NOISES = 5;
const CHANGE_MIN = 10;
/** All changes in a cell together make it a changed one, grey levels. */
const SUM_MIN = 40;
/** How often a cell changes is smoothed over this time. */
const BUSY_SETTLE_S = 2.5;
/** Smoothing of what kind of change it is, per change. */
const KIND_SHARE = 0.1;
/** Ticks kept are at least and at most so far apart, s. */
const TICK_MIN_S = 0.2;
const TICK_MAX_S = 3;
const SPREAD = 0.35;
export const AGO_MAX_S = 2 * TICK_MAX_S;
/** Half seconds: in how many of the last eight a cell changed. */
export const WINDOW_S = 0.5;
/** More of the picture changing at once is no single thing: exposure, shake, rain. */
const CROWD_SHARE = 0.5;

export class Activity {
  /** Part of the looks in which the cell changed, 0..1, smoothed. */
  readonly busy: Float32Array;
  /** Of the changed pixels the part that is brighter than the model, 0..1. */
  readonly bright: Float32Array;
  /** One bit for each of the last eight half seconds: did it change on its own account? */
  readonly windows: Uint8Array;
  /** Seconds since its last change before this look, at most `AGO_MAX_S`. */
  readonly agoS: Float32Array;
  /** Whether the cell changed in the last look. */
  readonly changed: Uint8Array;
  /** Ticks in a row that came evenly, with stillness between; 0 to 255. */
  readonly ticks: Uint8Array;
  /** Time between its ticks, s. */
  readonly period: Float32Array;
  /** True when this frame was looked at. */
  looked = false;
  /** Seconds between the last two looks. */
  passedS = LOOK_S;
  /** Cells that changed in the last look. */
  changes = 0;
  readonly #cells: Cells;
  readonly #last: Uint8Array;
  /** Per cell: all change of this look, and the part brighter than the model. */
  readonly #sum: Uint32Array;
  readonly #more: Uint32Array;
  readonly #wide: number;
  #hasLast = false;
  #dueS = 0;
  #windowS = 0;

  constructor(cells: Cells) {
    const { count, width, height } = cells;
    this.#cells = cells;
    this.#wide = (width + 1) >> 1;
    this.#last = new Uint8Array(this.#wide * ((height + 1) >> 1));
    this.#sum = new Uint32Array(count);
    this.#more = new Uint32Array(count);
    this.busy = new Float32Array(count);
    this.bright = new Float32Array(count).fill(0.5);
    this.changed = new Uint8Array(count);
    this.ticks = new Uint8Array(count);
    this.period = new Float32Array(count);
    this.agoS = new Float32Array(count).fill(AGO_MAX_S);
    this.windows = new Uint8Array(count);
  }

  /** @param passed non-zero where something goes its way just now */
  look(picture: ModelView, passed: Uint8Array, dtS: number): void {
    this.#dueS += dtS;
    this.looked = this.#dueS >= LOOK_S;
    if (!this.looked) return;
    const passedS = this.#dueS;
    this.passedS = passedS;
    this.#dueS = 0;
    this.#compare(picture);
    if (this.changes > CROWD_SHARE * this.#cells.count) return;
    const part = settle(passedS, BUSY_SETTLE_S);
    this.#windowS += passedS;
    const shift = this.#windowS >= WINDOW_S ? 1 : 0;
    if (shift > 0) this.#windowS -= WINDOW_S;
    for (let cell = 0; cell < this.#cells.count; cell++) {
      const changed = this.changed[cell]!;
      this.busy[cell] = this.busy[cell]! + part * (changed - this.busy[cell]!);
      this.windows[cell] = (this.windows[cell]! << shift) |
        (passed[cell] === 0 ? changed : 0);
      const agoS = this.agoS[cell]! + passedS;
      if (changed === 0) this.agoS[cell] = Math.min(AGO_MAX_S, agoS);
      else this.#tick(cell, agoS, passedS);
    }
  }

  /** One pass over every second pixel of every second row. */
  #compare(picture: ModelView): void {
    const { rows, columns, height, sigma } = this.#cells;
    const least = Math.max(CHANGE_MIN, NOISES * sigma);
    this.#sum.fill(0);
    this.#more.fill(0);
    for (let y = 0; y < height; y += 2) {
      this.#compareRow(picture, y, { least, base: (y >> 3) * columns });
    }
    this.changes = 0;
    for (let cell = 0; cell < rows * columns; cell++) {
      const sum = this.#sum[cell]!;
      const changed = sum < SUM_MIN ? 0 : 1;
      this.changed[cell] = changed;
      if (changed === 0) continue;
      this.changes++;
      const more = this.#more[cell]! / sum;
      this.bright[cell] = this.bright[cell]! + KIND_SHARE * (more - this.bright[cell]!);
    }
    if (!this.#hasLast) this.changes = this.#cells.count;
    this.#hasLast = true;
  }

  /** Sums up what changed, and keeps what is seen for the next look. */
  #compareRow(
    { y, backY, stride }: ModelView,
    row: number,
    { least, base }: { readonly least: number; readonly base: number },
  ): void {
    const last = this.#last;
    const sums = this.#sum;
    const start = row * stride;
    const { width } = this.#cells;
    let kept = (row >> 1) * this.#wide;
    for (let x = 0; x < width; x += 2, kept++) {
      const now = y[start + x]!;
      const before = last[kept]!;
      const change = now > before ? now - before : before - now;
      if (change === 0) continue;
      last[kept] = now;
      if (change <= least) continue;
      const cell = base + (x >> 3);
      sums[cell] = sums[cell]! + change;
      if (now + before > 2 * backY[start + x]!) {
        this.#more[cell] = this.#more[cell]! + change;
      }
    }
  }

  /** A change `agoS` after the one before: does it come when it is due? */
  #tick(cell: number, agoS: number, stepS: number): void {
    this.agoS[cell] = 0;
    const period = this.period[cell]!;
    if (agoS < TICK_MIN_S || agoS > TICK_MAX_S) {
      this.ticks[cell] = 0;
      this.period[cell] = 0;
      return;
    }
    if (period > 0 && Math.abs(agoS - period) <= 1.1 * stepS) {
      this.ticks[cell] = Math.min(255, this.ticks[cell]! + 1);
      this.period[cell] = period + SPREAD * (agoS - period);
    } else {
      this.ticks[cell] = 1;
      this.period[cell] = agoS;
    }
  }
}
