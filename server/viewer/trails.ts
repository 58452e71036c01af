/**
 * Where each blob's foot was in the last seconds, for the fading line behind it. Pure.
 * @module
 */
import type { Blob } from "../../analysis/dsl/observation.ts";

/** Coordinates are 0..1 of the picture; `atMs` is the page's time. */
export interface TrailPoint {
  readonly x: number;
  readonly y: number;
  readonly atMs: number;
}

/** By blob id, oldest point first. */
export type Trails = ReadonlyMap<number, readonly TrailPoint[]>;

/** How long a point stays; long enough to see where somebody came from. */
export const TRAIL_MS = 4_000;
/** At most this many points a blob: 60 frames a second would give 240. */
const POINTS_MAX = 120;

export const NO_TRAILS: Trails = new Map();

/** Adds the blobs of a frame; forgets what is older than `TRAIL_MS`. */
export function extendTrails(
  was: Trails,
  blobs: readonly Blob[],
  nowMs: number,
): Trails {
  const next = new Map<number, readonly TrailPoint[]>();
  for (const [id, points] of was) {
    const young = points.filter(({ atMs }) => nowMs - atMs < TRAIL_MS);
    if (young.length > 0) next.set(id, young);
  }
  for (const { id, x, y, h } of blobs) {
    const point = { x, y: Math.min(1, y + h / 2), atMs: nowMs };
    next.set(id, [...(next.get(id) ?? []), point].slice(-POINTS_MAX));
  }
  return next;
}
