/**
 * Two tracks near each other: on one object, so that the one seen for less time goes;
 * or the one came out of the other. Compares boxes only.
 * @module
 */
import type { FootBox } from "./sighting.ts";
import type { Track } from "./track.ts";

/** Two tracks that share this much of the smaller box are one object, … */
const DOUBLE_SHARE = 0.75;
/** … after this long; sooner if the younger is new. */
const DOUBLE_S = 4;
const DOUBLE_NEW_S = 0.3;
const DOUBLE_NEW_SEEN_S = 1.5;

/** The edges of a box, work pixels. */
export interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

export function edgesOf({ x, foot, w, h }: FootBox): Edges {
  return { left: x - w / 2, right: x + w / 2, top: foot - h, foot };
}

/** Square pixels that both boxes cover. */
export function sharedArea(a: Edges, b: Edges): number {
  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const h = Math.min(a.foot, b.foot) - Math.max(a.top, b.top);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Discards the younger of two tracks that were on one place for long. */
export function markDoubles(tracks: readonly Track[], dtS: number): void {
  for (let i = 0; i < tracks.length; i++) {
    for (let j = i + 1; j < tracks.length; j++) {
      const a = tracks[i]!;
      const b = tracks[j]!;
      if (
        Math.abs(a.x - b.x) >= (a.w + b.w) / 2 || Math.abs(a.foot - b.foot) >= a.h + b.h
      ) {
        continue;
      }
      if (sharedArea(a, b) <= DOUBLE_SHARE * Math.min(a.w * a.h, b.w * b.h)) continue;
      const younger = a.seenS < b.seenS ? a : b;
      younger.doubleS += dtS;
      const limit = younger.seenS < DOUBLE_NEW_SEEN_S ? DOUBLE_NEW_S : DOUBLE_S;
      if (younger.doubleS > limit) younger.discarded = true;
    }
  }
}

/** A new track this near to a settled one's box came out of it: pixels and its widths. */
const NEAR_PX = 2;
const NEAR_SHARE = 0.1;
const SETTLED_SOLO_S = 0.5;

/** `serial` of the settled track that a new one's box touches most, or 0. */
export function originOf(track: Track, tracks: readonly Track[]): number {
  let most = 0;
  let origin = 0;
  for (const other of tracks) {
    if (other === track || other.soloS < SETTLED_SOLO_S) continue;
    const near = NEAR_PX + NEAR_SHARE * other.w;
    const { x, foot, w, h } = track;
    const reach = { x, foot: foot + near, w: w + 2 * near, h: h + 2 * near };
    const shared = sharedArea(other, edgesOf(reach));
    if (shared <= most) continue;
    most = shared;
    origin = other.serial;
  }
  return origin;
}
