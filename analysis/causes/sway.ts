/**
 * What moves and stays where it is: trees, flags, water, a thread before the lens. Such
 * cells change again and again while nothing that goes its way passes there; a few
 * seconds of it make them known. What is no larger than what was seen there before is
 * then taken out of the mask, so that the model learns it while it moves; anything
 * larger, or anything that goes its way, is still seen.
 *
 * Glints are its bright half: what comes is brighter than the scene, and nothing darker.
 * @module
 */
import { type Activity, WINDOW_S } from "./activity.ts";
import type { Cells } from "./cells.ts";
import { isSolid } from "./evidence.ts";
import type { ModelView } from "../foreground.ts";
import type { RegionFinder } from "../regions.ts";
import type { Track } from "../tracking/track.ts";
import { settle } from "../time_step.ts";

/** A cell, or those beside it, change in so many of the last eight half seconds … */
const WINDOWS_MIN = 7;
/** … the cell itself in so many … */
const WINDOWS_OWN = 3;
/** … and in so many before something began there: it is doubted. */
const WINDOWS_BEFORE = 3;
/** So many counted pixels unlike the model, in this part of the time, smoothed over this. */
const STIR_RAW = 2;
const STIR_MIN = 0.15;
const STIR_SETTLE_S = 4;
/** What changes as evenly as this is a clock. */
const TICKS_MAX = 2;
/** … and for this long: it sways. */
const KNOWN_S = 0.4;
const FULL_S = 4;
/** It stays known for this long after the wind has gone. */
const FORGET_RATE = 0.1;
/** This many touching cells are a place that sways; and fewer than this share of all. */
const PLACE_CELLS = 4;
const PART_MAX = 0.45;
/** Regions up to this much larger than those seen there are of it. */
const LARGER = 1.6;
/** Most of a region lies in cells that sway. */
const INSIDE_SHARE = 0.7;
/** How fast the size of what sways there is forgotten. */
const SIZE_SETTLE_S = 20;
/** It is told after so long. */
const SURE_S = 0.8;
/** A thread goes over this part of the picture's height, and is so many cells wide at most. */
const THREAD_PART = 0.7;
const THREAD_CELLS = 5;
/** Changes that are brighter than the scene in this share are glints. */
const GLINT_BRIGHT = 0.8;

export class Sway {
  /** Seconds for which a cell has swayed, 0 … `FULL_S`. */
  readonly swaysS: Float32Array;
  /** Cells known to sway; of those, and others, that do so now. */
  count = 0;
  now = 0;
  /** Mean of `Activity.bright` over them. */
  bright = 0.5;
  /** Mean of `Activity.busy` over them. */
  busy = 0;
  /** Rows from the first swaying cell to the last. */
  #rows = 0;
  #presentS = 0;
  readonly #cells: Cells;
  readonly #activity: Activity;
  /** How often it was unlike the model, 0..1. */
  readonly #stirred: Float32Array;
  /** Area of the largest region seen in a cell while it swayed, work pixels. */
  readonly #sizes: Float32Array;

  constructor(cells: Cells, activity: Activity) {
    this.#cells = cells;
    this.#activity = activity;
    this.#stirred = new Float32Array(cells.count);
    this.swaysS = new Float32Array(cells.count);
    this.#sizes = new Float32Array(cells.count);
  }

  /** One frame, before regions are taken out. */
  look(): void {
    if (!this.#activity.looked) return;
    const { busy, bright, changes, passedS } = this.#activity;
    const { count } = this.#cells;
    if (changes > PART_MAX * count) return;
    this.#stir(passedS);
    this.count = 0;
    this.now = 0;
    this.busy = 0;
    let sum = 0;
    let first = count;
    let last = 0;
    for (let cell = 0; cell < count; cell++) {
      const was = this.swaysS[cell]!;
      if (this.#swaysNow(cell)) {
        this.swaysS[cell] = Math.min(FULL_S, was + passedS);
        this.now++;
      } else if (was > 0) {
        this.swaysS[cell] = Math.max(0, was - FORGET_RATE * passedS);
      }
      if (this.swaysS[cell]! < KNOWN_S) continue;
      this.count++;
      first = Math.min(first, cell);
      last = cell;
      sum += bright[cell]!;
      this.busy += busy[cell]!;
    }
    this.#rows = Math.floor(last / this.#cells.columns) -
      Math.floor(first / this.#cells.columns) + 1;
    const seen = this.count >= PLACE_CELLS && this.now >= PLACE_CELLS &&
      this.count < PART_MAX * count;
    this.#presentS = seen ? this.#presentS + passedS : 0;
    this.bright = sum / Math.max(1, this.count);
    this.busy /= Math.max(1, this.count);
  }

  /** True when a place of some size sways, and has done so for a while. */
  get present(): boolean {
    return this.#presentS >= SURE_S;
  }

  /** A few cells wide from top to bottom: it hangs before the lens. */
  get isThread(): boolean {
    const { rows } = this.#cells;
    return this.#rows > THREAD_PART * rows && this.count < THREAD_CELLS * rows;
  }

  get isGlint(): boolean {
    return this.bright > GLINT_BRIGHT;
  }

  isKnown(cell: number): boolean {
    return this.swaysS[cell]! >= KNOWN_S;
  }

  /** Takes regions out of the mask that are of what sways. */
  clear(
    { mask, stride }: ModelView,
    { regions, tracks, dtS }: {
      readonly regions: RegionFinder;
      readonly tracks: readonly Track[];
      readonly dtS: number;
    },
  ): boolean {
    if (this.count === 0) return false;
    let cleared = false;
    for (let region = 0; region < regions.count; region++) {
      const { size, share } = this.#under(regions, region);
      if (share < INSIDE_SHARE || isOfKnown(regions, region, tracks)) continue;
      const area = regions.area[region]!;
      if (size > 0 && area > LARGER * size) continue;
      this.#learnSize(regions, region, dtS);
      clearRegion(regions, region, { mask, stride, width: this.#cells.width });
      cleared = true;
    }
    return cleared;
  }

  /**
   * The same for a picture that is looked at by itself: only what is known in size, and
   * nothing is learned of it.
   */
  clearKnown({ mask, stride }: ModelView, regions: RegionFinder): boolean {
    if (this.count === 0) return false;
    let cleared = false;
    for (let region = 0; region < regions.count; region++) {
      const { size, share } = this.#under(regions, region);
      if (share < INSIDE_SHARE || regions.area[region]! > LARGER * size) continue;
      clearRegion(regions, region, { mask, stride, width: this.#cells.width });
      cleared = true;
    }
    return cleared;
  }

  /** Part of the cells under a box that sway, 0..1. */
  partOf(box: { left: number; right: number; top: number; foot: number }): number {
    if (this.count === 0) return 0;
    const { columns } = this.#cells;
    const first = this.#cells.cellAt(box.left, box.top);
    const last = this.#cells.cellAt(box.right - 1, box.foot - 1);
    let sways = 0;
    let all = 0;
    for (let row = first - first % columns; row <= last; row += columns) {
      for (let cell = row + first % columns; cell <= row + last % columns; cell++) {
        all++;
        if (this.isKnown(cell)) sways++;
      }
    }
    return sways / Math.max(1, all);
  }

  /** Whether it was lately unlike what the model knows: shimmer of the codec is not. */
  #stir(passedS: number): void {
    const part = settle(passedS, STIR_SETTLE_S);
    const { raw, count } = this.#cells;
    for (let cell = 0; cell < count; cell++) {
      const was = this.#stirred[cell]!;
      if (was === 0 && raw[cell] === 0) continue;
      const now = raw[cell]! >= STIR_RAW ? 1 : 0;
      const next = was + part * (now - was);
      this.#stirred[cell] = next < 0.01 ? 0 : next;
    }
  }

  #swaysNow(cell: number): boolean {
    if (this.#stirred[cell]! < STIR_MIN) return false;
    const { windows } = this.#activity;
    const own = windows[cell]!;
    if (own === 0 || bitsOf(own) < WINDOWS_OWN) return false;
    if (this.#activity.ticks[cell]! >= TICKS_MAX) return false;
    return bitsOf(this.#windowsAround(cell)) >= WINDOWS_MIN;
  }

  /** Of a cell and its four neighbours. */
  #windowsAround(cell: number): number {
    const { windows } = this.#activity;
    const { columns, count } = this.#cells;
    const column = cell % columns;
    let all = windows[cell]!;
    if (column > 0) all |= windows[cell - 1]!;
    if (column < columns - 1) all |= windows[cell + 1]!;
    if (cell >= columns) all |= windows[cell - columns]!;
    if (cell + columns < count) all |= windows[cell + columns]!;
    return all;
  }

  /**
   * Part of the cells under a box that changed again and again before `ageS` seconds ago:
   * what began there then may be more of the same.
   */
  partBefore(
    box: { left: number; right: number; top: number; foot: number },
    ageS: number,
  ): number {
    const { columns } = this.#cells;
    const back = Math.ceil(ageS / WINDOW_S) + 1;
    const first = this.#cells.cellAt(box.left, box.top);
    const last = this.#cells.cellAt(box.right - 1, box.foot - 1);
    let before = 0;
    let all = 0;
    for (let row = first - first % columns; row <= last; row += columns) {
      for (let cell = row + first % columns; cell <= row + last % columns; cell++) {
        all++;
        if (bitsOf(this.#windowsAround(cell) >> back) >= WINDOWS_BEFORE) before++;
      }
    }
    return before / Math.max(1, all);
  }

  readonly #found = { size: 0, share: 0 };

  #under(regions: RegionFinder, region: number): { size: number; share: number } {
    const { columns } = this.#cells;
    const first = this.#cells.cellAt(regions.left[region]!, regions.top[region]!);
    const last = this.#cells.cellAt(
      regions.right[region]! - 1,
      regions.bottom[region]! - 1,
    );
    let sways = 0;
    let all = 0;
    let size = 0;
    for (let row = first - first % columns; row <= last; row += columns) {
      for (let cell = row + first % columns; cell <= row + last % columns; cell++) {
        if (this.#cells.mask[cell] === 0) continue;
        all++;
        if (!this.isKnown(cell)) continue;
        sways++;
        size = Math.max(size, this.#sizes[cell]!);
      }
    }
    this.#found.size = size;
    this.#found.share = sways / Math.max(1, all);
    return this.#found;
  }

  #learnSize(regions: RegionFinder, region: number, dtS: number): void {
    const { columns } = this.#cells;
    const first = this.#cells.cellAt(regions.left[region]!, regions.top[region]!);
    const last = this.#cells.cellAt(
      regions.right[region]! - 1,
      regions.bottom[region]! - 1,
    );
    const area = regions.area[region]!;
    for (let row = first - first % columns; row <= last; row += columns) {
      for (let cell = row + first % columns; cell <= row + last % columns; cell++) {
        const was = this.#sizes[cell]!;
        const part = area > was ? 1 : settle(dtS, SIZE_SETTLE_S);
        this.#sizes[cell] = was + part * (area - was);
      }
    }
  }
}

function bitsOf(byte: number): number {
  let bits = byte - ((byte >> 1) & 0x55);
  bits = (bits & 0x33) + ((bits >> 2) & 0x33);
  return (bits + (bits >> 4)) & 0x0f;
}

/** It lies in the box of something confirmed, or of something that goes its way. */
function isOfKnown(
  regions: RegionFinder,
  region: number,
  tracks: readonly Track[],
): boolean {
  const left = regions.left[region]!;
  const right = regions.right[region]!;
  const top = regions.top[region]!;
  const bottom = regions.bottom[region]!;
  for (const track of tracks) {
    if (track.suppressed !== undefined || !(track.confirmed || isSolid(track))) continue;
    const over = right > track.left && left < track.right && bottom > track.top &&
      top < track.foot;
    if (over) return true;
  }
  return false;
}

function clearRegion(
  regions: RegionFinder,
  region: number,
  { mask, stride, width }: {
    readonly mask: Uint8Array;
    readonly stride: number;
    readonly width: number;
  },
): void {
  const { labels } = regions;
  for (let y = regions.top[region]!; y < regions.bottom[region]!; y++) {
    for (let x = regions.left[region]!; x < regions.right[region]!; x++) {
      if (labels[y * width + x] === region + 1) mask[y * stride + x] = 0;
    }
  }
}
