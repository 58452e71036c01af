/**
 * Absorbed things that stir, leave or are carried off: the ground under them comes back at
 * once, so that they are seen whole under their old id and leave no ghost. Judges places;
 * what is remembered of a thing is `absorbed.ts`.
 * @module
 */
import type { Patch, Shape } from "../background_ground.ts";
import type { ModelView } from "../foreground.ts";
import type { RegionFinder } from "../regions.ts";
import type { Moment, Track } from "../tracking/track.ts";
import type { Tracker } from "../tracking/tracker.ts";
import { type Absorbed, type AbsorbedThings, groundNow, uncovered } from "./absorbed.ts";
import { carrierOf } from "./carried.ts";
import type { Handed } from "./handed.ts";

/** This share of a thing shows its ground: it has gone. */
const GONE_MIN = 0.6;
/** This share, and something new is at its edge: it stirs. */
const STIRS_MIN = 0.08;
/** A new track this much inside a thing's box is a part of it, … */
const INSIDE_MIN = 0.7;
/** … if it is no speck of it. */
const PART_MIN = 0.12;
/** What is new beside it has this share of its pixels. */
const NEW_MIN = 0.05;
/** What is new begins at most so far from a thing, px, to be it. */
const BESIDE_PX = 4;
/** It is the same thing if its area differs by less than this factor. */
const ALIKE_AREA = 1.8;

export interface ReturningParts {
  readonly ground: { putGround(patch: Patch, shape?: Shape): void };
  readonly tracker: Tracker;
  readonly things: AbsorbedThings;
  readonly handed: Handed;
}

export class Returning {
  readonly #parts: ReturningParts;

  constructor(parts: ReturningParts) {
    this.#parts = parts;
  }

  /** After tracks were followed, before new ones are confirmed. */
  look(view: ModelView, moment: Moment): void {
    const { things, tracker } = this.#parts;
    for (const thing of things.all) {
      if (!isTouched(tracker.regions, thing)) continue;
      const shown = uncovered(thing, view);
      const part = tracker.tracks.find((track) => mayBe(track, thing));
      const stirs = (shown >= STIRS_MIN && this.#isNewBeside(thing)) ||
        (part !== undefined && isInside(part, thing));
      if (shown >= GONE_MIN) this.#go(thing, view, { part, moment });
      else if (stirs) this.#stir(thing, view, moment);
      else if (part !== undefined) part.suspect = true;
    }
  }

  /** Foreground at its place that nobody known is. */
  #isNewBeside(thing: Absorbed): boolean {
    const { regions, tracks } = this.#parts.tracker;
    for (let region = 0; region < regions.count; region++) {
      if (!touches(regions, region, thing)) continue;
      if (regions.area[region]! < NEW_MIN * thing.pixels) continue;
      const x = (regions.left[region]! + regions.right[region]!) / 2;
      const y = (regions.top[region]! + regions.bottom[region]!) / 2;
      const known = tracks.some((track) =>
        track.confirmed && x > track.left && x < track.right && y > track.top &&
        y < track.foot
      );
      if (!known) return true;
    }
    return false;
  }

  /** The next frame shows it whole. */
  #stir(thing: Absorbed, view: ModelView, moment: Moment): void {
    this.#leaveGround(thing, view);
    this.#parts.tracker.adopt(thing.id, thing.seen, moment);
  }

  /** What is new beside its place and as large is it; else somebody in reach took it. */
  #go(
    thing: Absorbed,
    view: ModelView,
    { part, moment }: { readonly part: Track | undefined; readonly moment: Moment },
  ): void {
    const { handed, tracker } = this.#parts;
    this.#leaveGround(thing, view);
    if (part !== undefined && isAsLarge(part, thing)) {
      const { x, foot, w, h, area, cut } = part;
      tracker.adopt(thing.id, { x, foot, w, h, area, cut }, moment);
      return;
    }
    const { left, top, width, height } = thing.ground;
    const box = { left, top, right: left + width, bottom: top + height };
    const carrier = carrierOf(tracker.tracks, { box, sinceMs: moment.tMs });
    if (carrier === undefined) return;
    handed.take({ thing: thing.id, box, since: moment, carrier: carrier.id });
  }

  #leaveGround(thing: Absorbed, view: ModelView): void {
    this.#parts.things.remove(thing);
    this.#parts.ground.putGround(groundNow(thing, view), thing.shape);
  }
}

/** Foreground lies on it or beside it. */
function isTouched(regions: RegionFinder, thing: Absorbed): boolean {
  for (let region = 0; region < regions.count; region++) {
    if (touches(regions, region, thing)) return true;
  }
  return false;
}

function touches(regions: RegionFinder, region: number, { ground }: Absorbed): boolean {
  const { left, top, width, height } = ground;
  return regions.left[region]! <= left + width + BESIDE_PX &&
    regions.right[region]! >= left - BESIDE_PX &&
    regions.top[region]! <= top + height + BESIDE_PX &&
    regions.bottom[region]! >= top - BESIDE_PX;
}

/** A new track that began at the thing's place. */
function mayBe(track: Track, { ground, pixels }: Absorbed): boolean {
  if (track.confirmed || track.coast > 0 || track.area < PART_MIN * pixels) return false;
  const { x, foot, w, h } = track.origin;
  return x - w / 2 <= ground.left + ground.width + BESIDE_PX &&
    x + w / 2 >= ground.left - BESIDE_PX && foot - h <= ground.top + ground.height &&
    foot >= ground.top;
}

function isInside(track: Track, { ground }: Absorbed): boolean {
  const w = Math.min(track.right, ground.left + ground.width) -
    Math.max(track.left, ground.left);
  const h = Math.min(track.foot, ground.top + ground.height) -
    Math.max(track.top, ground.top);
  return w > 0 && h > 0 && w * h >= INSIDE_MIN * track.w * track.h;
}

function isAsLarge({ area }: Track, { pixels }: Absorbed): boolean {
  return Math.max(area / pixels, pixels / area) <= ALIKE_AREA;
}
