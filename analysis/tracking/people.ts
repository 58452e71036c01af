/**
 * People side by side in one region, told apart by their heads: the region's upper
 * outline is cut at its valleys, and each part is measured on its own. Needs no size
 * model, only the region's own height; with one it is surer.
 * Looks at one region of one frame; following is `tracker.ts`.
 * @module
 */
import type { PlaneShape, RegionFinder } from "../regions.ts";
import { isRow } from "./heads.ts";
import { type Cover, type Sighting, sightingOf } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";

/** Parts of one region; what lies further right is left out. */
export const PARTS_MAX = 48;

/** A person is about this much narrower than high. */
const USUAL_ASPECT = 0.4;
/** Most columns of a row of people are this high: this share of the columns is lower. */
const HEIGHT_RANK = 0.75;
/** Fewer columns, this many times higher, are one person; the rest is a shadow. */
const TALLEST_RANK = 0.95;
const LONE_TIMES = 2;
/** The outline is smoothed over this share of a person's height to either side. */
const SMOOTH_SHARE = 0.05;
/** A valley lies at least this share of a person's height below both its heads. */
const VALLEY_SHARE = 0.08;
/** The floor of a valley is as flat as this; it is cut in its middle. */
const FLAT_PX = 0.5;
/** A part narrower or lower than this is no person: an arm, a bag, a ghost's rest. */
const NARROW_SHARE = 0.35;
const LOW_SHARE = 0.5;
/** Without a size model, parts are people if at least two of them have such a shape. */
const ASPECT_MIN = 0.15;
const ASPECT_MAX = 0.72;
/** With one, a part this many times wider than a person is several side by side. */
const SEVERAL_WIDTHS = 1.9;
const COLUMN_WIDTH = 1.25;
/** So much higher than a person: the lower end belongs to somebody nearer. */
const TALL = 1.35;
/** Least rows and columns of anything that has a head. */
const SIDE_PX_MIN = 8;

export class PeopleFinder {
  /** Parts found by the last `find`. */
  count = 0;
  readonly parts: Sighting[] = [];
  readonly #shape: PlaneShape;
  readonly #top: Int32Array;
  readonly #bottom: Int32Array;
  readonly #smooth: Float64Array;
  readonly #sums: Float64Array;
  readonly #heights: Int32Array;
  readonly #valleys = new Int32Array(PARTS_MAX + 1);
  readonly #cover: Cover = { left: 0, top: 0, right: 0, bottom: 0, area: 0 };

  constructor(shape: PlaneShape) {
    this.#shape = shape;
    this.#top = new Int32Array(shape.width);
    this.#bottom = new Int32Array(shape.width);
    this.#smooth = new Float64Array(shape.width);
    this.#sums = new Float64Array(shape.width + 1);
    this.#heights = new Int32Array(shape.width);
  }

  /**
   * Finds the people in a region; gives their number, 0 when it shows one thing or
   * nothing that looks like several people.
   */
  find(regions: RegionFinder, region: number, sizes: SizeModel): number {
    this.count = 0;
    this.parts.length = 0;
    const left = regions.left[region]!;
    const width = regions.right[region]! - left;
    const height = regions.bottom[region]! - regions.top[region]!;
    if (width < SIDE_PX_MIN || height < SIDE_PX_MIN) return 0;
    const person = sizes.valid ? sizes.heightAt(regions.bottom[region]!) : Infinity;
    const aspect = sizes.valid ? sizes.aspect : USUAL_ASPECT;
    if (width < 1.3 * aspect * Math.min(height, person)) return 0;
    this.#trace(regions, region);
    const h = Math.min(person, this.#usualHeight(width));
    this.#soften(width, Math.max(1, Math.round(SMOOTH_SHARE * h)));
    const cuts = this.#cut(width, Math.max(2, VALLEY_SHARE * h));
    if (cuts === 0) return 0;
    if (sizes.valid && !isRow(cuts, width, { w: aspect * h, h })) return 0;
    this.#valleys[cuts + 1] = width;
    for (let part = 0; part <= cuts; part++) {
      const from = left + (part === 0 ? 0 : this.#valleys[part]!);
      const to = left + this.#valleys[part + 1]!;
      this.#measure(regions, region, { from, to, h, w: aspect * h, sizes });
    }
    if (!sizes.valid && !this.#arePeople()) this.parts.length = 0;
    this.count = this.parts.length;
    return this.count;
  }

  /** Per column of the region its topmost and bottommost row, one past. */
  #trace(regions: RegionFinder, region: number): void {
    const { labels } = regions;
    const { width } = this.#shape;
    const left = regions.left[region]!;
    const top = regions.top[region]!;
    const bottom = regions.bottom[region]!;
    const columns = regions.right[region]! - left;
    for (let i = 0; i < columns; i++) {
      let y = top;
      let at = top * width + left + i;
      while (y < bottom && labels[at] !== region + 1) {
        y++;
        at += width;
      }
      this.#top[i] = y;
      let end = bottom;
      at = (bottom - 1) * width + left + i;
      while (end > y && labels[at] !== region + 1) {
        end--;
        at -= width;
      }
      this.#bottom[i] = end;
    }
  }

  #usualHeight(columns: number): number {
    for (let i = 0; i < columns; i++) this.#heights[i] = this.#bottom[i]! - this.#top[i]!;
    this.#heights.subarray(0, columns).sort();
    const usual = this.#heights[Math.floor(HEIGHT_RANK * (columns - 1))]!;
    const high = this.#heights[Math.floor(TALLEST_RANK * (columns - 1))]!;
    return Math.max(1, high > LONE_TIMES * usual ? high : usual);
  }

  #soften(columns: number, radius: number): void {
    this.#sums[0] = 0;
    for (let i = 0; i < columns; i++) this.#sums[i + 1] = this.#sums[i]! + this.#top[i]!;
    for (let i = 0; i < columns; i++) {
      const from = Math.max(0, i - radius);
      const to = Math.min(columns, i + radius + 1);
      this.#smooth[i] = (this.#sums[to]! - this.#sums[from]!) / (to - from);
    }
  }

  /** Fills `#valleys` from 1; gives how many. */
  #cut(columns: number, depth: number): number {
    let cuts = 0;
    let head = Infinity;
    let valley = -Infinity;
    let valleyAt = 0;
    let valleyEnd = 0;
    for (let i = 0; i < columns && cuts < PARTS_MAX - 1; i++) {
      const y = this.#smooth[i]!;
      if (y > valley) {
        valley = y;
        valleyAt = i;
        valleyEnd = i;
      } else if (y > valley - FLAT_PX && i === valleyEnd + 1) valleyEnd = i;
      if (y < valley - depth && valley > head + depth) {
        this.#valleys[++cuts] = (valleyAt + valleyEnd + 1) >> 1;
        head = y;
        valley = -Infinity;
      } else if (y < head) {
        head = y;
        valley = -Infinity;
      }
    }
    return cuts;
  }

  /** Measures the part between two columns, and adds it if it may be a person. */
  #measure(
    regions: RegionFinder,
    region: number,
    of: { from: number; to: number; h: number; w: number; sizes: SizeModel },
  ): void {
    const { from, to, sizes } = of;
    if (to - from < NARROW_SHARE * of.w) return;
    const columns = to - from > (sizes.valid ? SEVERAL_WIDTHS : 2) * of.w
      ? Math.max(1, Math.round((to - from) / (COLUMN_WIDTH * of.w)))
      : 1;
    const step = (to - from) / columns;
    for (let column = 0; column < columns; column++) {
      if (this.parts.length === PARTS_MAX) return;
      const seen = this.#sighting(
        regions,
        region,
        Math.round(from + column * step),
        Math.round(from + (column + 1) * step),
      );
      if (seen === undefined || (seen.h < LOW_SHARE * of.h && !seen.cut)) continue;
      this.parts.push(withOwnFoot(seen, sizes));
    }
  }

  #sighting(
    regions: RegionFinder,
    region: number,
    from: number,
    to: number,
  ): Sighting | undefined {
    const { labels } = regions;
    const first = regions.left[region]!;
    const { width } = this.#shape;
    const cover = this.#cover;
    cover.left = to;
    cover.right = from;
    cover.top = this.#shape.height;
    cover.bottom = 0;
    cover.area = 0;
    for (let x = from; x < to; x++) {
      const top = this.#top[x - first]!;
      const bottom = this.#bottom[x - first]!;
      if (bottom <= top) continue;
      cover.left = Math.min(cover.left, x);
      cover.right = Math.max(cover.right, x + 1);
      cover.top = Math.min(cover.top, top);
      cover.bottom = Math.max(cover.bottom, bottom);
      for (let y = top; y < bottom; y++) {
        if (labels[y * width + x] === region + 1) cover.area++;
      }
    }
    return cover.area === 0 ? undefined : sightingOf(cover, this.#shape);
  }

  #arePeople(): boolean {
    let upright = 0;
    for (const { w, h } of this.parts) {
      if (w > ASPECT_MIN * h && w < ASPECT_MAX * h) upright++;
    }
    return upright >= 2;
  }
}

/** Of a part that is too high the head is right, and its foot follows from the size model. */
function withOwnFoot(seen: Sighting, sizes: SizeModel): Sighting {
  if (!sizes.valid) return seen;
  const expected = sizes.heightAt(seen.foot);
  if (seen.h <= TALL * expected) return seen;
  const foot = Math.min(seen.foot, sizes.footUnder(seen.foot - seen.h));
  const h = foot - (seen.foot - seen.h);
  return { ...seen, foot, h, area: seen.area * h / seen.h };
}
