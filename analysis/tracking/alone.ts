/**
 * An object seen alone: which of its regions are its parts, and whether together they
 * are as large as it should be. Judges; moving the track is `tracker.ts`.
 * @module
 */
import type { RegionFinder } from "../regions.ts";
import { removeClaim } from "./association.ts";
import type { SizeModel } from "./size_model.ts";
import { isEntering } from "./wide.ts";
import type { Cover, Sighting } from "./sighting.ts";
import type { Step, Track } from "./track.ts";

/** A region below this share of the object is a part of it, if it is near: an arm, a shadow. */
const SMALL_SHARE = 0.3;
/** Near: the box of all is at most this much larger than their own boxes. */
const SPREAD_SMALL_MAX = 1.5;
/** Larger parts must fit into what the object may measure; without a size model … */
const OVERSIZE_WIDTH = 1.45;
const OVERSIZE_HEIGHT = 1.35;
const OVERSIZE_PX = 2;
/** … a car its own size. */
const OVERSIZE_WIDE = 1.2;
/** A car that is a person for this long is gone. */
const NARROW_S = 0.5;
/** … they must lie above each other and nearer still: a car is not cut upright. */
const SPREAD_MAX = 1.35;
/** Less than this share of its usual foreground is a remnant, no evidence of it. */
const REMNANT_SHARE = 0.35;
/** A region lower than this share of the object: it is partly hidden. */
const UNDERSIZE_HEIGHT = 0.7;
/** A wrong size that lasts is the right size. */
const SIZE_ACCEPTED_S = 3;
const SIZE_ACCEPTED_RIGID_S = 20;
/** So long whole and of one size: a car, which does not grow; somebody stands beside it. */
const RIGID_S = 1;
const SIZE_ACCEPTED_WITHOUT_MODEL_S = 0.8;
/** Size is judged once the track has been seen this long. */
const SIZE_JUDGED_S = 0.5;

/** What the judgement rests on. */
export interface Ground {
  readonly regions: RegionFinder;
  readonly sizes: SizeModel;
}

/**
 * Brings together the claimed regions that are parts of the object, from the one it
 * overlaps most. The others are released: their claims are removed.
 */
export function gather(track: Track, into: Cover, ground: Ground): void {
  const { regions } = ground;
  const main = mainRegion(track);
  into.left = regions.left[main]!;
  into.top = regions.top[main]!;
  into.right = regions.right[main]!;
  into.bottom = regions.bottom[main]!;
  into.area = regions.area[main]!;
  for (let claim = track.claims - 1; claim >= 0; claim--) {
    const region = track.claimRegion[claim]!;
    if (region === main) continue;
    if (isPart(track, into, region, ground)) extend(into, regions, region);
    else removeClaim(track, claim);
  }
}

/** Too little of the object is left to speak of evidence. */
export function isRemnant(track: Track, seen: Sighting): boolean {
  return seen.area < REMNANT_SHARE * track.area;
}

/**
 * False while the sighting is too large or too low to be this object alone. A box that
 * the picture's edge cuts may be low.
 */
export function acceptsSize(track: Track, seen: Sighting, step: Step): boolean {
  const { sizes, dtS } = step;
  const judged = track.seenS >= SIZE_JUDGED_S - 1e-6;
  const { w, h, foot } = seen;
  const wide = sizes.valid && track.isWide;
  if (wide && judged && !seen.cut && isNarrow(track, seen, sizes)) {
    track.undersizeS += dtS;
    if (track.undersizeS > NARROW_S) track.discarded = true;
    return false;
  }
  const growing = sizes.valid && isEntering(track, seen);
  const oversize = judged && sizes.valid && !growing &&
    (wide
      ? w > OVERSIZE_WIDE * track.w || h > OVERSIZE_WIDE * track.h
      : w > widthMax(track, foot, sizes) || h > heightMax(track, foot, sizes));
  track.oversizeS = oversize ? track.oversizeS + dtS : 0;
  const isRigid = wide && track.rigidS > RIGID_S;
  if (oversize && track.oversizeS < (isRigid ? SIZE_ACCEPTED_RIGID_S : SIZE_ACCEPTED_S)) {
    return false;
  }
  const expected = sizes.valid ? Math.min(track.h, sizes.heightAt(foot)) : track.h;
  const undersize = judged && !seen.cut && h < UNDERSIZE_HEIGHT * expected;
  track.undersizeS = undersize ? track.undersizeS + dtS : 0;
  const acceptedS = sizes.valid ? SIZE_ACCEPTED_S : SIZE_ACCEPTED_WITHOUT_MODEL_S;
  if (wide && !oversize && !undersize && !seen.cut) track.rigidS += dtS;
  return !undersize || track.undersizeS >= acceptedS;
}

/** As narrow as a person; somebody beside a car makes it higher, and no person of it. */
function isNarrow(track: Track, seen: Sighting, sizes: SizeModel): boolean {
  return !sizes.isWide(seen) && seen.w < track.w / OVERSIZE_WIDE;
}

function mainRegion(track: Track): number {
  let main = 0;
  for (let claim = 1; claim < track.claims; claim++) {
    if (track.claimPixels[claim]! > track.claimPixels[main]!) main = claim;
  }
  return track.claimRegion[main]!;
}

function isPart(track: Track, cover: Cover, region: number, ground: Ground): boolean {
  const { regions, sizes } = ground;
  const small = regions.area[region]! < SMALL_SHARE * cover.area;
  const w = Math.max(cover.right, regions.right[region]!) -
    Math.min(cover.left, regions.left[region]!);
  const bottom = Math.max(cover.bottom, regions.bottom[region]!);
  const h = bottom - Math.min(cover.top, regions.top[region]!);
  if (sizes.valid && !small) {
    return w <= widthMax(track, bottom, sizes) && h <= heightMax(track, bottom, sizes);
  }
  const own = (regions.right[region]! - regions.left[region]!) *
    (regions.bottom[region]! - regions.top[region]!);
  const others = (cover.right - cover.left) * (cover.bottom - cover.top);
  if (small) return w * h <= SPREAD_SMALL_MAX * (own + others);
  const beside = regions.left[region]! >= cover.right ||
    regions.right[region]! <= cover.left;
  return !beside && w * h <= SPREAD_MAX * (own + others);
}

function widthMax(track: Track, foot: number, sizes: SizeModel): number {
  return OVERSIZE_WIDTH * Math.max(track.w, sizes.widthAt(foot)) + OVERSIZE_PX;
}

function heightMax(track: Track, foot: number, sizes: SizeModel): number {
  return OVERSIZE_HEIGHT * Math.max(track.h, sizes.heightAt(foot)) + OVERSIZE_PX;
}

function extend(cover: Cover, regions: RegionFinder, region: number): void {
  cover.left = Math.min(cover.left, regions.left[region]!);
  cover.top = Math.min(cover.top, regions.top[region]!);
  cover.right = Math.max(cover.right, regions.right[region]!);
  cover.bottom = Math.max(cover.bottom, regions.bottom[region]!);
  cover.area += regions.area[region]!;
}
