/**
 * Foreground that nobody is, and that lies still: a bag on the ground, or the place where
 * one was. The tracker leaves what is far smaller than people alone; here it is watched
 * until it has lain for long enough to be a thing. Gives no ids.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { RegionFinder } from "../regions.ts";
import { settle } from "../time_step.ts";
import type { Moment, Track } from "../tracking/track.ts";
import { carrierOf } from "./carried.ts";
import type { Bounds, Presence } from "./presence.ts";

/** Watched at once; what comes when they are full is not. */
const WATCHED_MAX = 32;
/** A side may lie this far from where it was, px, or this share of the size. */
const STILL_PX = 2;
const STILL_SHARE = 0.12;
/** What was not seen for so long has gone, s; hidden behind somebody it waits. */
const GONE_S = 1;
/** Who stands this near, in widths and heights of his own, may own it as a piece … */
const BESIDE_WIDTH = 0.4;
const BESIDE_HEIGHT = 0.15;
/** … for so long after, s. */
const BESIDE_S = 1;
const LOOK_EVERY_S = 0.2;
const PRESENCE_SETTLE_S = 0.4;

/** A still region that no track explains. */
export interface StillRegion extends Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Foreground pixels. */
  area: number;
  readonly since: Moment;
  /** Id of the one who was in reach when it was seen first. */
  readonly carrier: number | undefined;
  /** Seconds since then. */
  ageS: number;
  unseenS: number;
  /** Seconds that it was a piece of somebody beside it, of the last ones. */
  besideS: number;
  /** What it is was decided. */
  isTold: boolean;
  sinceLookS: number;
  /** -1 its outline is the model's … 1 the frame's, smoothed. */
  presence: number;
}

/** One frame. */
export interface UnexplainedStep {
  readonly regions: RegionFinder;
  readonly tracks: readonly Track[];
  readonly dtS: number;
  readonly moment: Moment;
}

export class Unexplained {
  #watched: StillRegion[] = [];
  readonly #presence: Presence;

  constructor(presence: Presence) {
    this.#presence = presence;
  }

  get all(): readonly StillRegion[] {
    return this.#watched;
  }

  forgetAll(): void {
    this.#watched = [];
  }

  look(view: ModelView, step: UnexplainedStep): void {
    for (const known of this.#watched) {
      known.ageS += step.dtS;
      known.unseenS += step.dtS;
      known.sinceLookS += step.dtS;
      if (isCovered(step.tracks, known)) known.unseenS = 0;
      const beside = hasBeside(step.tracks, known);
      known.besideS = beside ? BESIDE_S : Math.max(0, known.besideS - step.dtS);
    }
    for (let region = 0; region < step.regions.count; region++) {
      this.#see(view, region, step);
    }
    if (this.#watched.some(hasGone)) {
      this.#watched = this.#watched.filter((one) => !hasGone(one));
    }
  }

  #see(view: ModelView, region: number, step: UnexplainedStep): void {
    const { regions, tracks, moment } = step;
    const left = regions.left[region]!;
    const top = regions.top[region]!;
    const right = regions.right[region]!;
    const bottom = regions.bottom[region]!;
    const known = this.#knownAt(left, top, right, bottom);
    if (known) {
      this.#lookAt(view, known);
      known.area = regions.area[region]!;
      return;
    }
    if (this.#watched.length >= WATCHED_MAX) return;
    const box = { left, top, right, bottom };
    if (isCovered(tracks, box)) return;
    this.#watched.push({
      ...box,
      ...{
        area: regions.area[region]!,
        since: moment,
        ageS: 0,
        unseenS: 0,
        besideS: 0,
        isTold: false,
      },
      ...{ sinceLookS: 0, presence: this.#presence.of(view, widened(box)) },
      carrier: carrierOf(tracks, { box, sinceMs: moment.tMs })?.id,
    });
  }

  #knownAt(
    left: number,
    top: number,
    right: number,
    bottom: number,
  ): StillRegion | undefined {
    for (const one of this.#watched) {
      if (liesAt(one, left, top, right, bottom)) return one;
    }
    return undefined;
  }

  #lookAt(view: ModelView, known: StillRegion): void {
    known.unseenS = 0;
    if (known.sinceLookS < LOOK_EVERY_S) return;
    const seen = this.#presence.of(view, widened(known));
    known.presence += settle(known.sinceLookS, PRESENCE_SETTLE_S) *
      (seen - known.presence);
    known.sinceLookS = 0;
  }
}

function liesAt(
  one: Bounds,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  const x = Math.max(STILL_PX, STILL_SHARE * (one.right - one.left));
  const y = Math.max(STILL_PX, STILL_SHARE * (one.bottom - one.top));
  return Math.abs(one.left - left) <= x && Math.abs(one.right - right) <= x &&
    Math.abs(one.top - top) <= y && Math.abs(one.bottom - bottom) <= y;
}

function hasGone({ unseenS }: StillRegion): boolean {
  return unseenS > GONE_S;
}

function isCovered(tracks: readonly Track[], box: Bounds): boolean {
  for (const track of tracks) if (covers(track, box)) return true;
  return false;
}

function hasBeside(tracks: readonly Track[], box: Bounds): boolean {
  for (const track of tracks) if (isBeside(track, box)) return true;
  return false;
}

/** A track is where the middle of the box is. */
function covers(track: Track, { left, top, right, bottom }: Bounds): boolean {
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  return x > track.left && x < track.right && y > track.top && y < track.foot;
}

function isBeside(track: Track, { left, top, right, bottom }: Bounds): boolean {
  const across = BESIDE_WIDTH * track.w;
  const along = BESIDE_HEIGHT * track.h;
  return track.left - across < right && left < track.right + across &&
    track.top - along < bottom && top < track.foot + along;
}

function widened({ left, top, right, bottom }: Bounds): Bounds {
  return { left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 };
}
