/**
 * Where things were in the last seconds, by the source's own time: a picture is drawn
 * with the boxes of its own moment, however late it comes. Pure.
 * @module
 */
import type { Blob } from "../../analysis/dsl/observation.ts";

/** What is drawn of a blob: its speed per second, not per frame. */
export type ShownBlob = Omit<Blob, "vx" | "vy">;

/** The blobs of a frame that was taken at `ptsUs`, the source's own time. */
export interface PastFrame {
  readonly ptsUs: number;
  readonly blobs: readonly ShownBlob[];
}

/** Oldest first, in rising order of time. */
export type Past = readonly PastFrame[];

export const NO_PAST: Past = [];

/** A trail, and a picture that is late by as much again. */
const PAST_US = 8_000_000;
/** At most this many frames: four seconds at 60 a second. */
const FRAMES_MAX = 240;
/** A picture of a moment that lies outside of what is known takes the nearest. */
const APART_US_MAX = 250_000;

/** Adds a frame. A time that is not later means that the source began anew. */
export function extendPast(was: Past, { ptsUs, blobs }: PastFrame): Past {
  const last = was.at(-1);
  if (last && ptsUs <= last.ptsUs) return [{ ptsUs, blobs }];
  const young = was.filter((frame) => ptsUs - frame.ptsUs < PAST_US);
  return [...young, { ptsUs, blobs }].slice(-FRAMES_MAX);
}

/**
 * The last frame that was taken at a moment or before it; undefined when that is longer
 * ago than frames are apart.
 */
export function frameUpTo(past: Past, ptsUs: number): PastFrame | undefined {
  const at = past.findLastIndex((frame) => frame.ptsUs <= ptsUs);
  const [before, last] = [past[at - 1], past[at]];
  if (!last) return undefined;
  const periodUs = before ? last.ptsUs - before.ptsUs : 0;
  const isNear = ptsUs - last.ptsUs <= Math.max(APART_US_MAX, 1.5 * periodUs);
  return isNear ? last : undefined;
}

/**
 * The blobs at a moment: those of its own frame, or, when that was not analysed, on
 * their way between its neighbours.
 */
export function blobsAt(past: Past, ptsUs: number): readonly ShownBlob[] {
  const before = past.findLast((frame) => frame.ptsUs <= ptsUs);
  const after = past.find((frame) => frame.ptsUs >= ptsUs);
  if (before && after) return blobsBetween(before, after, ptsUs);
  const nearest = before ?? after;
  return nearest && Math.abs(nearest.ptsUs - ptsUs) <= APART_US_MAX ? nearest.blobs : [];
}

function blobsBetween(
  before: PastFrame,
  after: PastFrame,
  ptsUs: number,
): readonly ShownBlob[] {
  if (before === after) return before.blobs;
  const share = (ptsUs - before.ptsUs) / (after.ptsUs - before.ptsUs);
  // What is in one of both only is drawn when that one is nearer.
  const nearer = share < 0.5 ? before : after;
  return nearer.blobs.map((blob) => {
    const from = before.blobs.find(({ id }) => id === blob.id);
    const to = after.blobs.find(({ id }) => id === blob.id);
    if (!from || !to) return blob;
    const mix = (a: number, b: number) => a + (b - a) * share;
    return {
      ...blob,
      x: mix(from.x, to.x),
      y: mix(from.y, to.y),
      w: mix(from.w, to.w),
      h: mix(from.h, to.h),
    };
  });
}
