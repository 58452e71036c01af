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
import type { SumChanges } from "../foreground.ts";
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
  readonly #sumChanges: SumChanges;
  #hasLast = false;
  #dueS = 0;
  #windowS = 0;

  constructor(cells: Cells, sumChanges: SumChanges) {
    const { count } = cells;
    this.#cells = cells;
    this.#sumChanges = sumChanges;
    this.busy = new Float32Array(count);
    this.bright = new Float32Array(count).fill(0.5);
    this.changed = new Uint8Array(count);
    this.ticks = new Uint8Array(count);
    this.period = new Float32Array(count);
    this.agoS = new Float32Array(count).fill(AGO_MAX_S);
    this.windows = new Uint8Array(count);
  }

  /** @param passed non-zero where something goes its way just now */
  look(passed: Uint8Array, dtS: number): void {
    this.#dueS += dtS;
    this.looked = this.#dueS >= LOOK_S;
    if (!this.looked) return;
    const passedS = this.#dueS;
    this.passedS = passedS;
    this.#dueS = 0;
    this.#compare();
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

  #compare(): void {
    const { count, sigma } = this.#cells;
    const { change, brighter } = this.#sumChanges(
      Math.floor(Math.max(CHANGE_MIN, NOISES * sigma)),
    );
    this.changes = 0;
    for (let cell = 0; cell < count; cell++) {
      const sum = change[cell]!;
      const changed = sum < SUM_MIN ? 0 : 1;
      this.changed[cell] = changed;
      if (changed === 0) continue;
      this.changes++;
      const more = brighter[cell]! / sum;
      this.bright[cell] = this.bright[cell]! + KIND_SHARE * (more - this.bright[cell]!);
    }
    if (!this.#hasLast) this.changes = count;
    this.#hasLast = true;
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
