/**
 * What no track explains: boxes of foreground that may be new objects.
 * Proposes; whether a proposal is an old acquaintance is `memory.ts`.
 * @module
 */
import { type Mask, type PlaneShape, RegionFinder } from "../regions.ts";
import type { SizeModel } from "./size_model.ts";
import type { FootBox } from "./track.ts";

export interface Proposal extends FootBox {
  /** Foreground pixels. */
  readonly area: number;
}

/** What a proposal has to be measured against. */
export interface Surroundings {
  readonly regions: RegionFinder;
  /** Per region: pixels of the smallest track that claims it, Infinity for none. */
  readonly smallestOwner: Float64Array;
  readonly sizes: SizeModel;
}

/** Narrower slivers, left beside explained boxes, are not looked at. */
const SLIVER_PX = 3;
/** A new person shows at least this share of the area expected at the foot point, … */
const PERSON_SHARE_MIN = 0.5;
/** … less where the picture's edge cuts it. */
const EDGE_SHARE = 0.6;
/** A region this many times wider than a person is split into columns. */
const COLUMN_WIDTH = 1.25;
/** Only what is nearly a person high is split: low and wide is no row of people. */
const SPLIT_HEIGHT_MIN = 0.6;
const COLUMN_ROWS_MIN = 4;
/** Without a size model: smaller than this beside a track is a part of that track. */
const PART_SHARE = 0.7;

export class Births {
  readonly #shape: PlaneShape;
  readonly #left: RegionFinder;

  constructor(shape: PlaneShape, areaMin: number) {
    this.#shape = shape;
    this.#left = new RegionFinder(shape, { areaMin, runMin: SLIVER_PX });
  }

  /** `free`: foreground that is not explained. */
  propose(free: Mask, around: Surroundings): Proposal[] {
    const found = this.#left;
    found.find(free);
    const proposals: Proposal[] = [];
    for (let region = 0; region < found.count; region++) {
      if (around.sizes.valid) this.#proposePeople(region, around.sizes, proposals);
      else if (!this.#isPartOfOwned(region, around)) {
        proposals.push(wholeOf(found, region));
      }
    }
    return proposals;
  }

  #proposePeople(region: number, sizes: SizeModel, into: Proposal[]): void {
    const found = this.#left;
    const whole = wholeOf(found, region);
    const expected = PERSON_SHARE_MIN * sizes.areaAt(whole.foot);
    const share = this.#touchesEdge(region) ? EDGE_SHARE : 1;
    if (whole.area < expected * share) return;
    const tall = whole.h > SPLIT_HEIGHT_MIN * sizes.heightAt(whole.foot);
    const columns = tall
      ? Math.max(1, Math.round(whole.w / (COLUMN_WIDTH * sizes.widthAt(whole.foot))))
      : 1;
    if (columns === 1) {
      into.push(whole);
      return;
    }
    const width = whole.w / columns;
    for (let column = 0; column < columns; column++) {
      const left = found.left[region]! + column * width;
      const part = this.#columnOf(region, left, width);
      if (part !== undefined) into.push(part);
    }
  }

  /** The part of a region between two columns, trimmed to its own rows. */
  #columnOf(region: number, left: number, width: number): Proposal | undefined {
    const { labels, top, bottom, right } = this.#left;
    const from = Math.floor(left);
    const to = Math.min(right[region]!, Math.floor(left + width) + 1);
    let first = -1;
    let last = -1;
    let area = 0;
    for (let y = top[region]!; y < bottom[region]!; y++) {
      const base = y * this.#shape.width;
      let inRow = 0;
      for (let x = from; x < to; x++) if (labels[base + x] === region + 1) inRow++;
      if (inRow === 0) continue;
      if (first < 0) first = y;
      last = y;
      area += inRow;
    }
    if (last - first + 1 < COLUMN_ROWS_MIN || first < 0) return undefined;
    return { x: left + width / 2, foot: last + 1, w: width, h: last - first + 1, area };
  }

  #isPartOfOwned(region: number, around: Surroundings): boolean {
    const { labels, left, right, top, bottom, area } = this.#left;
    // All its pixels lie in one region of the mask: any pixel of its first row tells.
    const base = top[region]! * this.#shape.width;
    for (let x = left[region]!; x < right[region]!; x++) {
      if (labels[base + x] !== region + 1 || bottom[region]! <= top[region]!) continue;
      const under = around.regions.labels[base + x]!;
      if (under === 0) return false;
      return area[region]! < PART_SHARE * around.smallestOwner[under - 1]! &&
        Number.isFinite(around.smallestOwner[under - 1]!);
    }
    return false;
  }

  #touchesEdge(region: number): boolean {
    const { left, right, top, bottom } = this.#left;
    const { width, height } = this.#shape;
    return left[region]! <= 1 || top[region]! <= 1 ||
      right[region]! >= width - 1 || bottom[region]! >= height;
  }
}

function wholeOf(found: RegionFinder, region: number): Proposal {
  const w = found.right[region]! - found.left[region]!;
  const h = found.bottom[region]! - found.top[region]!;
  return {
    x: found.left[region]! + w / 2,
    foot: found.bottom[region]!,
    w,
    h,
    area: found.area[region]!,
  };
}
