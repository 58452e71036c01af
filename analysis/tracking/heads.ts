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

/**
 * Where one head ends and the next begins: columns of the picture, from the left.
 * Empty when the region shows one head or none.
 */
export function valleysOf(regions: RegionFinder, search: HeadSearch): number[] {
  const { region, person, width } = search;
  const outline = smooth(
    outlineOf(regions, region, width),
    Math.max(1, Math.round(SMOOTH_SHARE * person.w)),
  );
  const depth = Math.max(2, VALLEY_SHARE * person.h);
  const valleys: number[] = [];
  let head = Infinity;
  let valley = -Infinity;
  let valleyAt = 0;
  for (let i = 0; i < outline.length; i++) {
    const y = outline[i]!;
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

/**
 * True when a region with so many valleys is a row of people: there are about as many
 * heads as people would have room, where a car has a windscreen for its one valley.
 */
export function isRow(valleys: number, widthPx: number, person: PersonSize): boolean {
  return valleys > 0 && valleys + 1 >= HEADS_SHARE * widthPx / (ROOM * person.w);
}

/** Per column of the region its topmost row. */
function outlineOf(regions: RegionFinder, region: number, width: number): Float64Array {
  const { labels } = regions;
  const left = regions.left[region]!;
  const bottom = regions.bottom[region]!;
  const outline = new Float64Array(regions.right[region]! - left).fill(bottom);
  for (let i = 0; i < outline.length; i++) {
    let at = regions.top[region]! * width + left + i;
    for (let y = regions.top[region]!; y < bottom; y++, at += width) {
      if (labels[at] !== region + 1) continue;
      outline[i] = y;
      break;
    }
  }
  return outline;
}

function smooth(values: Float64Array, radius: number): Float64Array {
  return values.map((_, i) => {
    const from = Math.max(0, i - radius);
    const to = Math.min(values.length, i + radius + 1);
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at]!;
    return sum / (to - from);
  });
}
