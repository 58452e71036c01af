/**
 * Which track claims which region: overlap of predicted boxes with regions, and the
 * rules by which a weak claim yields. Places nothing; that is `tracker.ts`.
 * @module
 */
import { type RegionFinder, REGIONS_MAX } from "../regions.ts";
import type { PlaneShape } from "../regions.ts";
import type { SizeModel } from "./size_model.ts";
import { CLAIMS_MAX, type Track } from "./track.ts";

/** The predicted box is looked at a little larger than it is. */
const LOOK_WIDTH = 1.2;
const LOOK_HEIGHT = 1.1;
/** A claim needs this share of the region's or of the object's pixels. */
const CLAIM_SHARE_MIN = 0.12;
/** Boxes of more pixels than this are counted on every second pixel of every second row. */
const DENSE_PX_MAX = 4_096;
/** A claim below this share of the strongest one on the same region yields. */
const WEAK_SHARE = 0.25;
/** A track seen for less than this gives way to a settled one in the same region, … */
const YOUNG_S = 1.5;
/** … if it is smaller than this share of its part of the region. */
const SMALL_SHARE = 0.6;
const SMALL_SHARE_WITH_SIZES = 0.3;

/** Counts of owners per region, valid until the next `claim`. */
export class Association {
  /** Tracks that claim the region. */
  readonly owners = new Int32Array(REGIONS_MAX);
  /** Foreground pixels of the smallest owner. */
  readonly smallestOwner = new Float64Array(REGIONS_MAX);
  readonly #pixels = new Int32Array(REGIONS_MAX + 1);

  claim(tracks: readonly Track[], regions: RegionFinder, shape: PlaneShape): void {
    for (const track of tracks) this.#look(track, regions, shape);
    this.#count(tracks, regions);
    for (let region = 0; region < regions.count; region++) {
      if (this.owners[region]! > 1) this.#dropWeak(region, tracks);
    }
    this.#count(tracks, regions);
  }

  /** Takes claims from young, small tracks that share a region; those tracks end. */
  dropYoung(tracks: readonly Track[], regions: RegionFinder, sizes: SizeModel): void {
    const share = sizes.valid ? SMALL_SHARE_WITH_SIZES : SMALL_SHARE;
    for (let region = 0; region < regions.count; region++) {
      const owners = this.owners[region]!;
      if (owners < 2) continue;
      const senior = seniorOwner(region, tracks);
      const small = share * regions.area[region]! / owners;
      for (const track of tracks) {
        if (track === senior || claimOf(track, region) < 0) continue;
        if (track.seenS < YOUNG_S && track.area < small) track.discarded = true;
      }
    }
    this.#count(tracks, regions);
  }

  /** Counts again after claims were removed elsewhere. */
  recount(tracks: readonly Track[], regions: RegionFinder): void {
    this.#count(tracks, regions);
  }

  #look(track: Track, regions: RegionFinder, shape: PlaneShape): void {
    const w = track.w * LOOK_WIDTH;
    const h = track.h * LOOK_HEIGHT;
    const x0 = Math.max(0, Math.round(track.x - w / 2));
    const x1 = Math.min(shape.width, Math.round(track.x + w / 2) + 1);
    const y0 = Math.max(0, Math.round(track.foot - h));
    const y1 = Math.min(shape.height, Math.round(track.foot) + 1);
    if (x1 <= x0 || y1 <= y0) return;
    const every = (x1 - x0) * (y1 - y0) > DENSE_PX_MAX ? 2 : 1;
    regions.countLabels(
      { left: x0, top: y0, right: x1, bottom: y1 },
      every,
      this.#pixels,
    );
    for (let region = 0; region < regions.count; region++) {
      const seen = this.#pixels[region + 1]! * every * every;
      this.#pixels[region + 1] = 0;
      if (seen === 0) continue;
      if (seen < CLAIM_SHARE_MIN * Math.min(regions.area[region]!, track.area)) continue;
      if (track.claims === CLAIMS_MAX) continue;
      track.claimRegion[track.claims] = region;
      track.claimPixels[track.claims] = seen;
      track.claims++;
    }
  }

  #count(tracks: readonly Track[], regions: RegionFinder): void {
    this.owners.fill(0, 0, regions.count);
    this.smallestOwner.fill(Infinity, 0, regions.count);
    for (const track of tracks) {
      if (track.discarded) continue;
      for (let claim = 0; claim < track.claims; claim++) {
        const region = track.claimRegion[claim]!;
        this.owners[region]!++;
        if (track.area < this.smallestOwner[region]!) {
          this.smallestOwner[region] = track.area;
        }
      }
    }
  }

  #dropWeak(region: number, tracks: readonly Track[]): void {
    let strongest = 0;
    for (const track of tracks) {
      const claim = claimOf(track, region);
      if (claim >= 0) strongest = Math.max(strongest, track.claimPixels[claim]!);
    }
    for (const track of tracks) {
      const claim = claimOf(track, region);
      if (claim < 0) continue;
      const pixels = track.claimPixels[claim]!;
      if (pixels < WEAK_SHARE * strongest) removeClaim(track, claim);
    }
  }
}

/** Index of the track's claim to `region`, or -1. */
export function claimOf(track: Track, region: number): number {
  if (track.discarded) return -1;
  for (let claim = 0; claim < track.claims; claim++) {
    if (track.claimRegion[claim] === region) return claim;
  }
  return -1;
}

export function removeClaim(track: Track, claim: number): void {
  track.claims--;
  for (let next = claim; next < track.claims; next++) {
    track.claimRegion[next] = track.claimRegion[next + 1]!;
    track.claimPixels[next] = track.claimPixels[next + 1]!;
  }
}

/** The owner seen for long comes first, then the larger, then the older id. */
function seniorOwner(region: number, tracks: readonly Track[]): Track | undefined {
  let senior: Track | undefined;
  for (const track of tracks) {
    if (claimOf(track, region) < 0) continue;
    if (senior === undefined || isSenior(track, senior)) senior = track;
  }
  return senior;
}

function isSenior(track: Track, other: Track): boolean {
  const settled = track.seenS >= YOUNG_S;
  if (settled !== other.seenS >= YOUNG_S) return settled;
  return track.area > other.area;
}
