/**
 * What a recorded camera showed at a moment: blobs, trails, the picture under them. Pure.
 * @module
 */
import { blobsAt, type Past } from "../past.ts";
import { NO_OVERLAY, type Overlay } from "../pictures.ts";
import { trailsAt } from "../trails.ts";
import type { RecordedCamera, RecordedFrame, RecordedStill } from "./recording.ts";

export interface Moment {
  readonly overlay: Overlay;
  /** Undefined before the first. */
  readonly still: RecordedStill | undefined;
  readonly motionPct: number | undefined;
}

/** A trail, and as much again for its smoothing. */
const WINDOW_MS = 8_000;
/** Frames further apart say nothing of what was between: old ones are thinned. */
const HOLE_MS = 12_000;
/** Nor does a blob come half-way to its first frame out of a quiet time. */
const BETWEEN_MS = 1_500;
/** The blobs are drawn on the picture that is nearest, be it a little later. */
const STILL_AHEAD_MS = 400;

/** @param atMs moment of the recording, UTC epoch ms */
export function momentOf({ frames, stills }: RecordedCamera, atMs: number): Moment {
  const next = countUntil(frames, atMs);
  const before = frames[next - 1];
  const still = stills[countUntil(stills, atMs + STILL_AHEAD_MS) - 1] ?? stills[0];
  const isHole = before === undefined || atMs - before.tMs > HOLE_MS;
  const near = isHole ? [] : nearFrames(frames, { atMs, next });
  return {
    overlay: overlayAt(atMs, near),
    still,
    motionPct: isHole ? undefined : before.motionPct,
  };
}

function overlayAt(atMs: number, near: readonly RecordedFrame[]): Overlay {
  const past = near.map(({ tMs, blobs }) => ({ ptsUs: tMs * 1_000, blobs }));
  const [ptsUs, newest] = [atMs * 1_000, past.at(-1)];
  if (newest === undefined || newest.ptsUs >= ptsUs) return overlayFor(ptsUs, past);
  // Nothing was written down since: it is as it was, and the trails fade.
  return overlayFor(ptsUs, [...past, { ...newest, ptsUs }]);
}

function overlayFor(ptsUs: number, past: Past): Overlay {
  return past.length === 0
    ? NO_OVERLAY
    : { blobs: blobsAt(past, ptsUs), trails: trailsAt(past, ptsUs) };
}

/** How many of `list`, which is in order of time, are not after `atMs`. */
export function countUntil(
  list: readonly { readonly tMs: number }[],
  atMs: number,
): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.tMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of the last seconds and the one after, which is on the way. */
function nearFrames(
  frames: readonly RecordedFrame[],
  { atMs, next }: { readonly atMs: number; readonly next: number },
): readonly RecordedFrame[] {
  const first = countUntil(frames, atMs - WINDOW_MS);
  // The last one before may be older than a trail: it is what stands there still.
  const past = frames.slice(Math.min(first, next - 1), next);
  const after = frames[next];
  const before = frames[next - 1]!;
  return after && after.tMs - before.tMs <= BETWEEN_MS ? [...past, after] : past;
}
