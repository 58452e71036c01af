/**
 * Tells a row of people from one wide thing by the upper outline of a region: heads
 * stand out with valleys between them, a car has one roof.
 * Looks at one region of one frame; what is done about it is the caller's.
 * @module
 */
import type { RegionFinder } from "../regions.ts";

/** The outline is smoothed over this share of a person's width to either side. */
const SMOOTH_SHARE = 0.15;
/** A valley lies at least this share of a person's height below both its heads. */
const VALLEY_SHARE = 0.12;

/** People side by side have this many widths of room each, and most of them show heads. */
const ROOM = 1.25;
const HEADS_SHARE = 0.6;

/** A person as large as they are there, work pixels. */
export interface PersonSize {
  readonly w: number;
  readonly h: number;
}

/** One region of a frame and what a person there would measure. */
export interface HeadSearch {
  readonly region: number;
  readonly person: PersonSize;
  /** Pixels per row of the labels. */
  readonly width: number;
}

/** Reads outlines; one for all regions of an owner: it is filled anew each time. */
export class HeadFinder {
  /** Per column of the region its topmost row, and the mean around it. */
  #outline = new Uint16Array();
  #smoothed = new Float64Array();

  /**
   * Where one head ends and the next begins: columns of the picture, from the left.
   * Empty when the region shows one head or none.
   */
  valleysOf(regions: RegionFinder, search: HeadSearch): number[] {
    const { region, person, width } = search;
    const columns = this.#readOutline(regions, region, width);
    this.#smooth(columns, Math.max(1, Math.round(SMOOTH_SHARE * person.w)));
    const depth = Math.max(2, VALLEY_SHARE * person.h);
    const valleys: number[] = [];
    let head = Infinity;
    let valley = -Infinity;
    let valleyAt = 0;
    for (let i = 0; i < columns; i++) {
      const y = this.#smoothed[i]!;
      if (y > valley) {
        valley = y;
        valleyAt = i;
      }
      if (y < valley - depth && valley > head + depth) {
        valleys.push(regions.left[region]! + valleyAt);
        head = y;
        valley = -Infinity;
      } else if (y < head) {
        head = y;
        valley = -Infinity;
      }
    }
    return valleys;
  }

  /** Gives the region's columns. */
  #readOutline(regions: RegionFinder, region: number, width: number): number {
    const { labels } = regions;
    const left = regions.left[region]!;
    const bottom = regions.bottom[region]!;
    const columns = regions.right[region]! - left;
    if (columns > this.#outline.length) {
      this.#outline = new Uint16Array(columns);
      this.#smoothed = new Float64Array(columns);
    }
    for (let i = 0; i < columns; i++) {
      let y = regions.top[region]!;
      let at = y * width + left + i;
      for (; y < bottom && labels[at] !== region + 1; y++) at += width;
      this.#outline[i] = y;
    }
    return columns;
  }

  /** Means over so many columns to either side. */
  #smooth(columns: number, radius: number): void {
    const outline = this.#outline;
    let sum = 0;
    let from = 0;
    let to = 0;
    for (let i = 0; i < columns; i++) {
      const end = Math.min(columns, i + radius + 1);
      for (; to < end; to++) sum += outline[to]!;
      for (; from < i - radius; from++) sum -= outline[from]!;
      this.#smoothed[i] = sum / (to - from);
    }
  }
}

/**
 * True when a region with so many valleys is a row of people: there are about as many
 * heads as people would have room, where a car has a windscreen for its one valley.
 */
export function isRow(valleys: number, widthPx: number, person: PersonSize): boolean {
  return valleys > 0 && valleys + 1 >= HEADS_SHARE * widthPx / (ROOM * person.w);
}
