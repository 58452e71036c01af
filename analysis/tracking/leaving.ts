/**
 * Objects on their way over the picture's edge, which leaves less and less of them, and
 * that in pieces. Judges; that they are gone is told by `lifetime.ts`.
 * @module
 */
import type { Sighting } from "./sighting.ts";
import type { Track } from "./track.ts";

/** Where the picture's edge cuts it, this little of the most seen is its shadow, or nothing. */
const GONE_SHARE = 0.12;
/** A piece is smaller than this share of it, … */
const PIECE_SHARE = 0.5;
/** … within its width, and within its height and this share more, … */
const REACH_SHARE = 0.15;
/** … and it was there this long ago at most. */
const JUST_SEEN_S = 0.5;

/** What is left of it at the edge is no evidence of it, and no other object. */
export function hasLeft(track: Track, seen: Sighting): boolean {
  return seen.cut && seen.area < GONE_SHARE * track.whole.area;
}

/** Beside one who leaves: what is no larger than a piece is one of his. */
export function isPieceOfLeaving(seen: Sighting, tracks: readonly Track[]): boolean {
  return tracks.some((track) => isPieceOf(seen, track));
}

function isPieceOf(seen: Sighting, track: Track): boolean {
  const { whole } = track;
  if (!track.cut || whole.cut || !track.confirmed) return false;
  if (track.missedS > JUST_SEEN_S || seen.area > PIECE_SHARE * whole.area) return false;
  const reachY = REACH_SHARE * whole.h;
  return Math.abs(seen.x - track.x) < whole.w && seen.foot < whole.foot + reachY &&
    seen.foot - seen.h > whole.foot - whole.h - reachY;
}
