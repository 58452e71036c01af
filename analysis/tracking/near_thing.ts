/**
 * What is so near that it fills much of the picture is one thing, however many heads its
 * outline has and whatever size people are: finds its region, and whose it is. Knows
 * nothing of why it is near; that it is, is told by the watch over the whole picture.
 * @module
 */
import type { PlaneShape, RegionFinder } from "../regions.ts";
import { claimOf, removeClaim } from "./association.ts";
import { type Sighting, sightingOf } from "./sighting.ts";
import type { Track } from "./track.ts";

/** Its region is the largest, and has this part of the picture. */
const PART_MIN = 0.22;
/** Another object with this part of the region makes it a group. */
const OTHER_MIN = 0.15;
/** … and one that was seen for so long is an object. */
const OBJECT_S = 0.5;
/** Whose region it is has been this part of it in the last frames: what is near grows, a crowd meets. */
const OWN_MIN = 0.4;

export class NearThing {
  readonly #shape: PlaneShape;
  /** Its region in this frame; -1: there is none. */
  region = -1;

  constructor(shape: PlaneShape) {
    this.#shape = shape;
  }

  /** Finds its region; `isNear` false: there is none. */
  find(regions: RegionFinder, isNear: boolean): void {
    this.region = -1;
    if (!isNear) return;
    let most = PART_MIN * this.#shape.width * this.#shape.height;
    for (let region = 0; region < regions.count; region++) {
      if (regions.area[region]! < most) continue;
      most = regions.area[region]!;
      this.region = region;
    }
  }

  /**
   * The largest known track that claims it, or the largest. Those that were no objects yet
   * are dropped as pieces of it; small objects before or behind it wait. Undefined, and
   * nothing is changed, where several objects make a group.
   */
  takeOwner(tracks: readonly Track[], regions: RegionFinder): Track | undefined {
    const least = OTHER_MIN * (regions.area[this.region] ?? 0);
    let owner: Track | undefined;
    let large = 0;
    for (const track of tracks) {
      if (track.discarded || claimOf(track, this.region) < 0) continue;
      const isObject = track.confirmed || track.seenS >= OBJECT_S;
      if (isObject && track.area >= least) large++;
      if (owner === undefined || isSooner(track, owner)) owner = track;
    }
    const own = OWN_MIN * (regions.area[this.region] ?? 0);
    if (large > 1 || owner === undefined || owner.area < own) {
      this.region = -1;
      return undefined;
    }
    for (const track of tracks) {
      const claim = claimOf(track, this.region);
      if (claim < 0 || track === owner) continue;
      if (track.confirmed) removeClaim(track, claim);
      else track.discarded = true;
    }
    this.#release(owner);
    return owner;
  }

  /** Whole, as it is seen in this frame. */
  sighting(regions: RegionFinder): Sighting {
    const { region } = this;
    return sightingOf({
      left: regions.left[region]!,
      top: regions.top[region]!,
      right: regions.right[region]!,
      bottom: regions.bottom[region]!,
      area: regions.area[region]!,
    }, this.#shape);
  }

  /** Takes its pixels out of what is left to explain, `width` a row. */
  clear(free: Uint8Array, { labels }: RegionFinder): void {
    if (this.region < 0) return;
    const label = this.region + 1;
    for (let i = 0; i < free.length; i++) if (labels[i] === label) free[i] = 0;
  }

  #release(owner: Track): void {
    for (let claim = owner.claims - 1; claim >= 0; claim--) {
      if (owner.claimRegion[claim] !== this.region) removeClaim(owner, claim);
    }
  }
}

function isSooner(track: Track, than: Track): boolean {
  if (track.confirmed !== than.confirmed) return track.confirmed;
  return track.w * track.h > than.w * than.h;
}
