/**
 * Who left this, who took that: a thing is small beside the one who carries it, and was
 * within reach of that one when it came to lie, or went. Looks at paths; the ground is
 * `presence.ts`.
 * @module
 */
import type { PathHistory } from "../tracking/path_history.ts";
import type { Track } from "../tracking/track.ts";
import type { Bounds } from "./presence.ts";

/** A thing covers at most this share of its carrier's box, and of its height. */
const THING_AREA_MAX = 0.45;
const THING_HEIGHT_MAX = 0.75;
/** The carrier's box, widened by this share of its width to either side, reached it. */
const REACH_WIDTH = 0.4;
/** How long before it was first seen alone its carrier may have let go of it, ms. */
const LET_GO_MS = 4_000;
/** It was in reach for so long, ms: a car that passes takes nothing. */
const REACHED_FOR_MS = 500;

/** What lies there, and since when. */
export interface Thing {
  readonly box: Bounds;
  /** When it was first seen apart. */
  readonly sinceMs: number;
  /** The thing's own track: nobody carries itself. */
  readonly track?: Track;
}

/** The largest known one in whose reach the thing was, of those it is small beside. */
export function carrierOf(tracks: readonly Track[], thing: Thing): Track | undefined {
  let best: Track | undefined;
  for (const track of tracks) {
    if (!track.confirmed || track.suppressed || track === thing.track) continue;
    if (!isSmallBeside(thing.box, track) || !wasInReach(thing, track)) continue;
    if (best === undefined || track.w * track.h > best.w * best.h) best = track;
  }
  return best;
}

function isSmallBeside(box: Bounds, track: Track): boolean {
  const w = box.right - box.left;
  const h = box.bottom - box.top;
  return w * h <= THING_AREA_MAX * track.w * track.h && h <= THING_HEIGHT_MAX * track.h;
}

function wasInReach({ box, sinceMs }: Thing, { path }: Track): boolean {
  let from = Infinity;
  let to = -Infinity;
  for (let back = 0; back < path.count; back++) {
    const at = path.slot(back);
    const agoMs = sinceMs - path.tMs[at]!;
    if (Math.abs(agoMs) > LET_GO_MS || !reaches(path, at, box)) continue;
    from = Math.min(from, path.tMs[at]!);
    to = Math.max(to, path.tMs[at]!);
  }
  return to - from >= REACHED_FOR_MS;
}

function reaches(path: PathHistory, at: number, box: Bounds): boolean {
  const reach = (0.5 + REACH_WIDTH) * path.w[at]! + (box.right - box.left) / 2;
  const foot = path.foot[at]!;
  return Math.abs((box.left + box.right) / 2 - path.x[at]!) <= reach &&
    foot > box.top && box.bottom > foot - path.h[at]!;
}
