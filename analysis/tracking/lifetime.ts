/**
 * When a track ends, and whether it may come back as itself.
 * Judges one track; the list of tracks is `tracker.ts`.
 * @module
 */
import type { PlaneShape } from "../regions.ts";
import type { Track } from "./track.ts";

/** How long a settled track waits for evidence, and a new one. */
const PATIENCE_S = 2.5;
const PATIENCE_NEW_S = 0.3;
/** What the picture's edge cut when it was seen last has left sooner than we know. */
const PATIENCE_AT_EDGE_S = 1;
/** Settled: seen for this long. */
const SETTLED_S = 0.8;
/** A track that is not confirmed by then must be seen in every second frame. */
const FRESH_HITS = 3;
/** Weak support in a group for this long ends it; less if hardly seen alone. */
const WEAK_S = 2;
const WEAK_HARDLY_KNOWN_S = 0.4;
const WELL_KNOWN_SOLO_S = 1;
/** Never seen alone in this time: it was a part of something else. */
const NEVER_ALONE_S = 2.5;
const ALONE_S_MIN = 0.4;
/** Middle or box this far outside the picture, in pixels: gone. */
const OUTSIDE_PX = 2;
/** Near the edge, in box sizes: what is lost there has left. */
const EDGE_WIDTHS = 1.2;
const EDGE_HEIGHTS = 0.3;

export function hasEnded(track: Track, shape: PlaneShape): boolean {
  if (track.discarded || isOutside(track, shape)) return true;
  if (track.hits < FRESH_HITS && track.coast > 1) return true;
  const weakMax = track.soloS >= WELL_KNOWN_SOLO_S ? WEAK_S : WEAK_HARDLY_KNOWN_S;
  if (track.weakS > weakMax) return true;
  if (track.soloS < ALONE_S_MIN - 1e-6 && track.seenS > NEVER_ALONE_S) return true;
  return track.missedS > patienceFor(track) + 1e-6;
}

function patienceFor(track: Track): number {
  if (!isSettled(track)) return PATIENCE_NEW_S;
  return track.cut ? PATIENCE_AT_EDGE_S : PATIENCE_S;
}

/** Lost inside the picture and known well enough to be recognised. */
export function isWorthRemembering(track: Track, shape: PlaneShape): boolean {
  return !track.discarded && isSettled(track) && !isNearEdge(track, shape);
}

function isSettled(track: Track): boolean {
  return track.seenS >= SETTLED_S - 1e-6;
}

function isOutside(track: Track, shape: PlaneShape): boolean {
  return track.x < -OUTSIDE_PX || track.x > shape.width + OUTSIDE_PX ||
    track.foot - track.h / 2 > shape.height || track.foot < 0;
}

function isNearEdge(track: Track, shape: PlaneShape): boolean {
  const margin = EDGE_WIDTHS * track.w;
  return track.x < margin || track.x > shape.width - margin ||
    track.top < EDGE_HEIGHTS * track.h ||
    track.foot > shape.height - EDGE_HEIGHTS * track.h;
}
