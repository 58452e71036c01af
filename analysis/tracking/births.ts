/**
 * What no track explains: boxes of foreground that may be new objects.
 * Proposes; whether a proposal is an old acquaintance is `memory.ts`.
 * @module
 */
import { HeadFinder, isRow } from "./heads.ts";
import { type Mask, type PlaneShape, RegionFinder } from "../regions.ts";
import { PeopleFinder } from "./people.ts";
import type { SizeModel } from "./size_model.ts";
import { type Sighting, sightingOf } from "./sighting.ts";

/** What a proposal has to be measured against. */
export interface Surroundings {
  readonly regions: RegionFinder;
  /** Per region: pixels of the smallest track that claims it, Infinity for none. */
  readonly smallestOwner: Float64Array;
  /** Per region: 1 if it is one thing wider than a person, and followed as such. */
  readonly widening: Uint8Array;
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
/** Lower than this share of a person: a shadow, or the edge of something known. */
const LOW = 0.5;
/** A wide thing fills this share of its box; the edge of a patch of light does not. */
const WIDE_FILL_MIN = 0.4;
/** Only what is nearly a person high is split: low and wide is no row of people. */
const SPLIT_HEIGHT_MIN = 0.6;
const COLUMN_ROWS_MIN = 4;
/** A region this many times higher than a person is several, one behind the other. */
const TALL = 1.35;
/** Without a size model: smaller than this beside a track is a part of that track. */
const PART_SHARE = 0.7;

export class Births {
  readonly #shape: PlaneShape;
  readonly #left: RegionFinder;
  readonly #people: PeopleFinder;
  readonly #heads = new HeadFinder();

  constructor(shape: PlaneShape, areaMin: number) {
    this.#shape = shape;
    this.#people = new PeopleFinder(shape);
    this.#left = new RegionFinder(shape, { areaMin, runMin: SLIVER_PX });
  }

  /** `free`: foreground that is not explained. */
  propose(free: Mask, around: Surroundings): Sighting[] {
    const found = this.#left;
    found.find(free);
    const proposals: Sighting[] = [];
    for (let region = 0; region < found.count; region++) {
      if (this.#isPartOfWide(region, around)) continue;
      if (!around.sizes.valid && this.#people.find(found, region, around.sizes) > 1) {
        proposals.push(...this.#people.parts);
      } else if (around.sizes.valid) this.#proposePeople(region, around.sizes, proposals);
      else if (!this.#isPartOfOwned(region, around)) {
        proposals.push(this.#wholeOf(region));
      }
    }
    return proposals;
  }

  #proposePeople(region: number, sizes: SizeModel, into: Sighting[]): void {
    const found = this.#left;
    const whole = this.#wholeOf(region);
    const expected = PERSON_SHARE_MIN * sizes.areaAt(whole.foot);
    const share = whole.cut ? EDGE_SHARE : 1;
    if (!whole.cut && whole.h < LOW * sizes.heightAt(whole.foot)) return;
    if (sizes.isWide(whole) && whole.area < WIDE_FILL_MIN * whole.w * whole.h) return;
    if (whole.area < expected * share) return;
    const columns = this.#columnsOf(region, whole, sizes);
    if (columns === 1) {
      into.push(nearestOf(whole, sizes));
      return;
    }
    const width = whole.w / columns;
    for (let column = 0; column < columns; column++) {
      const left = found.left[region]! + column * width;
      const part = this.#columnOf(region, left, width);
      if (part !== undefined) into.push(nearestOf(part, sizes));
    }
  }

  /** How many people side by side a region may be; 1 for one thing of any width. */
  #columnsOf(region: number, whole: Sighting, sizes: SizeModel): number {
    const person = sizes.personAt(whole.foot);
    if (whole.h < SPLIT_HEIGHT_MIN * person.h) return 1;
    const columns = Math.max(1, Math.round(whole.w / (COLUMN_WIDTH * person.w)));
    if (columns === 1) return columns;
    const { width } = this.#shape;
    const valleys = this.#heads.valleysOf(this.#left, { region, person, width }).length;
    if (!sizes.isWide(whole, whole.cut)) return valleys > 0 ? columns : 1;
    return isRow(valleys, whole.w, person) ? columns : 1;
  }

  /** The part of a region between two columns, trimmed to its own rows. */
  #columnOf(region: number, left: number, width: number): Sighting | undefined {
    const { labels, top, bottom, right } = this.#left;
    const from = Math.floor(left);
    const to = Math.min(right[region]!, Math.floor(left + width) + 1);
    const cover = { left, right: left + width, top: -1, bottom: -1, area: 0 };
    for (let y = top[region]!; y < bottom[region]!; y++) {
      const base = y * this.#shape.width;
      let inRow = 0;
      for (let x = from; x < to; x++) if (labels[base + x] === region + 1) inRow++;
      if (inRow === 0) continue;
      if (cover.top < 0) cover.top = y;
      cover.bottom = y + 1;
      cover.area += inRow;
    }
    if (cover.bottom - cover.top < COLUMN_ROWS_MIN) return undefined;
    return sightingOf(cover, this.#shape);
  }

  /** What a followed wide thing's box leaves over of it is no object of its own. */
  #isPartOfWide(region: number, around: Surroundings): boolean {
    const under = this.#regionUnder(region, around);
    return under >= 0 && around.widening[under] === 1;
  }

  #isPartOfOwned(region: number, around: Surroundings): boolean {
    const under = this.#regionUnder(region, around);
    if (under < 0) return false;
    const smallest = around.smallestOwner[under]!;
    return Number.isFinite(smallest) &&
      this.#left.area[region]! < PART_SHARE * smallest;
  }

  /** All its pixels lie in one region of the mask: the first one tells in which; or -1. */
  #regionUnder(region: number, around: Surroundings): number {
    around.regions.startRow(this.#left.top[region]!);
    return around.regions.labelAt(this.#left.firstColumnOf(region)) - 1;
  }

  #wholeOf(region: number): Sighting {
    const { left, right, top, bottom, area } = this.#left;
    const cover = {
      left: left[region]!,
      right: right[region]!,
      top: top[region]!,
      bottom: bottom[region]!,
      area: area[region]!,
    };
    return sightingOf(cover, this.#shape);
  }
}

/** Of people one behind the other, the nearest; the rest is proposed when that is explained. */
function nearestOf(proposal: Sighting, sizes: SizeModel): Sighting {
  if (sizes.isWide(proposal, proposal.cut)) return proposal;
  const h = sizes.heightAt(proposal.foot);
  if (proposal.h <= TALL * h) return proposal;
  return { ...proposal, h, area: proposal.area * h / proposal.h };
}
