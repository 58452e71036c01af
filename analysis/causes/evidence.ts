/**
 * What speaks for a real object, whatever else looks suspicious: it has gone its way
 * over the ground. Nothing that is `isSolid` is ever kept quiet by a weak score.
 * @module
 */
import type { Track } from "../tracking/track.ts";

/** Net way against its own size (root of the box's area), and against the path's length. */
const WAY_SIZES = 1.2;
const STRAIGHT_MIN = 0.6;
/** Of what only begins to go. */
const PASSING_SIZES = 0.4;
const PASSING_STRAIGHT = 0.75;
/** A person who was seen for this long and walked once stays one while he stands. */
const KNOWN_S = 2;
/** The width of the box at the end of the way against the beginning: a thing keeps it. */
const GROWTH_MAX = 3;

/** Net way, path length and oscillation of what a track's history holds, work pixels. */
export interface PathShape {
  /** From the oldest place to the newest. */
  net: number;
  /** Sum of all steps. */
  length: number;
  /** Root of the mean box area. */
  size: number;
  /** Turns of more than a right angle, of steps that are no jitter. */
  turns: number;
  /** Time that it covers. */
  spanS: number;
}

/** Reads a track's history into `into`: no allocation. */
export function measurePath(track: Track, into: PathShape): PathShape {
  const { path } = track;
  into.net = 0;
  into.length = 0;
  into.turns = 0;
  into.spanS = 0;
  into.size = Math.max(1, Math.sqrt(track.w * track.h));
  if (path.count < 2) return into;
  let lastDx = 0;
  let lastDy = 0;
  const newest = path.slot(0);
  const oldest = path.slot(path.count - 1);
  const jitter = Math.max(0.75, 0.04 * into.size);
  let fromX = path.x[oldest]!;
  let fromY = middle(path, oldest);
  for (let back = path.count - 2; back >= 0; back--) {
    const at = path.slot(back);
    const dx = path.x[at]! - fromX;
    const dy = middle(path, at) - fromY;
    const step = Math.hypot(dx, dy);
    if (step < jitter) continue;
    into.length += step;
    if (dx * lastDx + dy * lastDy < 0) into.turns++;
    lastDx = dx;
    lastDy = dy;
    fromX = path.x[at]!;
    fromY = middle(path, at);
  }
  const { net, spanS } = spanOf(path, oldest, newest);
  into.net = net;
  into.spanS = spanS;
  return into;
}

function spanOf(path: Track["path"], oldest: number, newest: number) {
  const net = Math.hypot(
    path.x[newest]! - path.x[oldest]!,
    middle(path, newest) - middle(path, oldest),
  );
  return { net, spanS: (path.tMs[newest]! - path.tMs[oldest]!) / 1_000 };
}

function middle(path: Track["path"], at: number): number {
  return path.foot[at]! - path.h[at]! / 2;
}

const shape: PathShape = { net: 0, length: 0, size: 1, turns: 0, spanS: 0 };

/** It went straight over the ground for more than its own size, or did so long ago. */
export function isSolid(track: Track): boolean {
  if (track.adopted) return true;
  if (track.suppressed !== undefined) return false;
  if (track.confirmed && track.seenS > KNOWN_S && track.travel > WAY_SIZES) return true;
  if (track.travel < WAY_SIZES || track.hits < 4) return false;
  const { net, length, size } = measurePath(track, shape);
  if (net < WAY_SIZES * size || net < STRAIGHT_MIN * length) return false;
  const { path } = track;
  const first = path.w[path.slot(path.count - 1)]!;
  return track.w < GROWTH_MAX * first && first < GROWTH_MAX * track.w;
}

/** It began to go its way: less is asked than of what is solid. */
export function isPassing(track: Track): boolean {
  if (track.suppressed !== undefined || track.hits < 2) return false;
  if (isSolid(track)) return true;
  const { net, length, size } = measurePath(track, shape);
  return net > PASSING_SIZES * size && net > PASSING_STRAIGHT * length;
}
