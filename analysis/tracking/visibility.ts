/**
 * Which tracks are shown: when a new one counts as an object, and when a known one is
 * too unsure to draw. Changes nothing.
 * @module
 */
import type { SizeModel } from "./size_model.ts";
import type { Track } from "./track.ts";

/** Evidence before anything is shown, in frames and in seconds: noise rarely lasts. */
const HITS_MIN = 3;
const SEEN_S_MIN = 0.25;
/** What is as upright as a person and no speck is sooner an object. */
const UPRIGHT_SEEN_S_MIN = 0.12;
const UPRIGHT_ASPECT_MIN = 0.2;
const UPRIGHT_ASPECT_MAX = 0.7;
const UPRIGHT_PX_MIN = 16;
/** It has travelled this many of its own size (root of the box's area) … */
const TRAVEL_MIN = 0.25;
const UPRIGHT_TRAVEL_MIN = 0.15;
/** … or stood this long with evidence in most frames (a swaying branch comes and goes) … */
const STANDING_S = 1;
const STANDING_SHARE = 0.8;
/** … or is as high as a person there, within this share. */
const PERSON_TOLERANCE = 0.35;

/** A coasting box is shown for this many frames, once seen for this long. */
export const COAST_FRAMES_MAX = 3;
const COAST_SEEN_S = 2;
/** In a group only those are shown that were seen alone and are well supported. */
const GROUP_SOLO_S = 0.1;
const GROUP_SEEN_S = 0.2;
const GROUP_SUPPORT_MIN = 0.25;

/** True when the track has shown to be an object, seen in this frame. */
export function isObject(track: Track, sizes: SizeModel): boolean {
  if (track.coast > 0) return false;
  const upright = isUpright(track);
  const seenMin = upright ? UPRIGHT_SEEN_S_MIN : SEEN_S_MIN;
  if (track.hits < HITS_MIN || track.seenS < seenMin - 1e-6) return false;
  return track.travel >= (upright ? UPRIGHT_TRAVEL_MIN : TRAVEL_MIN) ||
    isStanding(track) ||
    isPersonSized(track, sizes);
}

function isUpright({ w, h, cut }: Track): boolean {
  return !cut && h >= UPRIGHT_PX_MIN && w >= UPRIGHT_ASPECT_MIN * h &&
    w <= UPRIGHT_ASPECT_MAX * h;
}

function isStanding(track: Track): boolean {
  return track.seenS >= STANDING_S && track.seenS >= STANDING_SHARE * track.ageS;
}

function isPersonSized(track: Track, sizes: SizeModel): boolean {
  if (!sizes.valid) return false;
  const expected = sizes.heightAt(track.foot);
  return Math.abs(track.h - expected) < PERSON_TOLERANCE * expected;
}

export function isShown(track: Track): boolean {
  return track.confirmed && !isUnsure(track);
}

/** Its place in this frame is a guess: coasting for long, or hardly seen in a group. */
export function isUnsure(track: Track): boolean {
  if (track.coast > (track.seenS >= COAST_SEEN_S ? COAST_FRAMES_MAX : 0)) return true;
  if (!track.grouped) return false;
  return track.soloS < GROUP_SOLO_S - 1e-6 || track.seenS < GROUP_SEEN_S - 1e-6 ||
    track.support < GROUP_SUPPORT_MIN;
}
