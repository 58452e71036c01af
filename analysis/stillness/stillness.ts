/**
 * Looks after what stands: keeps it from being learned, gives it to the scene when it
 * has stood for long enough, knows it again when it leaves, and tells what was left or
 * taken. Finds no tracks and moves none; whether an outline is the frame's or the
 * model's is `presence.ts`, who carried what is `carried.ts`.
 * @module
 */
import type { Patch, Shape, WorkBox } from "../background_ground.ts";
import { fixed } from "../dsl/fixed.ts";
import type { CauseLine } from "../dsl/observation.ts";
import type { ModelView } from "../foreground.ts";
import type { Life, LifeEvent } from "../motion_events.ts";
import type { PlaneShape } from "../regions.ts";
import { sightingOf } from "../tracking/sighting.ts";
import type { Moment, Track } from "../tracking/track.ts";
import type { Tracker } from "../tracking/tracker.ts";
import {
  type Absorbed,
  type AbsorbedSnapshot,
  AbsorbedThings,
  boxOf,
  groundNow,
  ringLumaOf,
  shapeOf,
} from "./absorbed.ts";
import { carrierOf } from "./carried.ts";
import { Handed } from "./handed.ts";
import { type Bounds, Presence } from "./presence.ts";
import { Reference } from "./reference.ts";
import { type Standing, StandingTracks } from "./standing.ts";
import { type StillRegion, Unexplained } from "./unexplained.ts";

/** Nothing that is followed is absorbed sooner, whatever the setting, s. */
export const ABSORB_AFTER_S_MIN = 120;
/** The usual time, s: long enough for a delivery, short enough for a parked car. */
export const ABSORB_AFTER_S = 300;

/** A new track this much inside an absorbed thing's box, and this large beside it, is it. */
const INSIDE_MIN = 0.7;
const MOVING_PART_MIN = 0.12;
/** This share of a thing's pixels shows the ground before it: it has gone. */
const GONE_MIN = 0.6;
/** Things whose ground is looked at are looked at this often, s. */
const LOOK_EVERY_S = 0.5;

/** The model of the still scene, as far as it is asked here. */
export interface Ground {
  groundOf(box: WorkBox): Patch;
  absorb(box: WorkBox, shape?: Shape): void;
  putGround(patch: Patch, shape?: Shape): void;
  likenessTo(patch: Patch, shape?: Shape): number;
}

export interface StillnessParts {
  readonly ground: Ground;
  readonly tracker: Tracker;
  /** Seconds of standing after which a thing is a part of the scene. */
  readonly absorbAfterS: number;
}

/** One frame. */
export interface StillnessStep {
  readonly dtS: number;
  readonly moment: Moment;
  readonly lives: { lifeOf(track: number): Life | undefined };
}

export class Stillness {
  readonly #shape: PlaneShape;
  readonly #parts: StillnessParts;
  readonly #absorbAfterS: number;
  readonly #things = new AbsorbedThings();
  readonly #standing: StandingTracks;
  readonly #unexplained: Unexplained;
  readonly #handed = new Handed();
  readonly #reference: Reference;
  #causes: CauseLine[] = [];
  /** Since the scene was another. */
  #learnedS = 0;
  #sinceLookS = 0;

  constructor(shape: PlaneShape, parts: StillnessParts) {
    this.#shape = shape;
    this.#parts = parts;
    this.#absorbAfterS = Math.max(ABSORB_AFTER_S_MIN, parts.absorbAfterS);
    const presence = new Presence();
    this.#standing = new StandingTracks(presence);
    this.#unexplained = new Unexplained(presence);
    this.#reference = new Reference(shape);
  }

  /** After tracks were followed and judged, before new ones are confirmed. */
  look(view: ModelView, step: StillnessStep): void {
    const { tracker } = this.#parts;
    this.#things.passTime(step.dtS);
    this.#learnedS += step.dtS;
    this.#reference.refresh(view, step.dtS);
    this.#standing.look(view, tracker.tracks, step);
    this.#wakeAbsorbed(view, step);
    const { regions, tracks } = tracker;
    this.#unexplained.look(view, { regions, tracks, ...step });
    for (const region of this.#unexplained.all) this.#judgeThing(region, view);
    this.#handed.passTime(step.dtS);
    for (const track of [...tracker.tracks]) {
      const standing = this.#standing.of(track);
      if (standing === undefined) continue;
      if (standing.isNew) standing.carrier = this.#carrierOf(track);
      if (!track.confirmed) this.#doubtGhost(track, standing, view);
      else if (track.suppressed === undefined) {
        this.#lookAfter(track, standing, { view, step });
      }
    }
  }

  takeEvents(): LifeEvent[] {
    return this.#handed.takeEvents();
  }

  takeCauses(): CauseLine[] {
    const causes = this.#causes;
    if (causes.length > 0) this.#causes = [];
    return causes;
  }

  /** Another scene: what was absorbed into the last one is gone. */
  forgetScene(): void {
    this.#things.forgetAll();
    this.#unexplained.forgetAll();
    this.#learnedS = 0;
    this.#reference.forget();
  }

  snapshot(): AbsorbedSnapshot[] {
    return this.#things.snapshot();
  }

  restore(kept: readonly AbsorbedSnapshot[]): void {
    this.#things.restore(kept);
  }

  /** Sets `hold` where somebody known stands or walks, and clears it elsewhere. */
  writeHold(hold: Uint8Array, stride: number): void {
    hold.fill(0);
    const { width, height } = this.#shape;
    for (const track of this.#parts.tracker.tracks) {
      if (!this.#isReal(track) || (this.#standing.of(track)?.stillS ?? 0) <= 0) continue;
      const left = Math.max(0, Math.floor(track.left) - HOLD_RIM_PX);
      const right = Math.min(width, Math.ceil(track.right) + HOLD_RIM_PX);
      const bottom = Math.min(height, Math.ceil(track.foot) + HOLD_RIM_PX);
      if (right <= left) continue;
      for (let y = Math.max(0, Math.floor(track.top) - HOLD_RIM_PX); y < bottom; y++) {
        hold.fill(1, y * stride + left, y * stride + right);
      }
    }
  }

  /** It travelled here, or its outline is in the frame: no left-over of the model. */
  #isReal(track: Track): boolean {
    if (!track.confirmed || track.suppressed !== undefined) return false;
    return track.travel >= TRAVELLED || (this.#standing.of(track)?.presence ?? 0) > THERE;
  }

  /** What the model still shows and the frame does not is no object, and gets no id. */
  #doubtGhost(track: Track, standing: Standing, view: ModelView): void {
    const isGhost = standing.presence < -THERE;
    if (isGhost) track.suspect = true;
    else if (standing.wasGhost) track.suspect = false;
    standing.wasGhost = isGhost;
    const isSure = standing.presence < -SURE && standing.forS >= GHOST_S;
    if (!isSure || standing.isTold) return;
    standing.isTold = true;
    track.suppressed ??= { cause: "absorbed", score: fixed(-standing.presence, 2) };
    const { carrier } = standing;
    this.#takeIf(carrier, { box: boundsOf(track), since: track.first }, view);
  }

  /** It was taken if it lay there before anybody came; else somebody left his own ghost. */
  #takeIf(
    carrier: number | undefined,
    taken: { readonly box: Bounds; readonly since: Moment },
    view: ModelView,
  ): void {
    if (carrier === undefined || this.#learnedS < GROUND_KNOWN_S) return;
    if (this.#reference.wasThere(view, taken.box)) {
      this.#handed.take({ ...taken, carrier });
    }
  }

  #lookAfter(track: Track, standing: Standing, { view, step }: Seen): void {
    if (!standing.isTold && isLeft(track, standing)) {
      standing.isTold = true;
      const { carrier } = standing;
      const given = { thing: track.id, box: boundsOf(track), since: track.first };
      if (carrier !== undefined) this.#handed.drop({ ...given, carrier });
    }
    const stands = step.lives.lifeOf(track.id)?.moving === false && track.coast === 0;
    if (stands && standing.stillS >= this.#absorbAfterS) this.#absorb(track, view);
  }

  #carrierOf(track: Track): number | undefined {
    const thing = { box: boundsOf(track), sinceMs: track.first.tMs, track };
    return carrierOf(this.#parts.tracker.tracks, thing)?.id;
  }

  /** What lies there for long enough is followed; where something lay is told. */
  #judgeThing(region: StillRegion, view: ModelView): void {
    const { presence, ageS, carrier, since, isTold } = region;
    if (isTold || !isCompact(region)) return;
    const lyingS = carrier === undefined ? FOUND_AFTER_S : LAIN_FOR_S;
    if (presence > SURE && ageS >= lyingS && region.besideS === 0) {
      region.isTold = true;
      const track = this.#parts.tracker.bearThing(sightingOf(region, this.#shape), since);
      if (track) this.#standing.meet(track, { carrier, presence });
    } else if (presence < -SURE && ageS >= GHOST_S) {
      region.isTold = true;
      this.#takeIf(carrier, { box: region, since }, view);
    }
  }

  #absorb(track: Track, view: ModelView): void {
    const { ground, tracker } = this.#parts;
    const box = boxOf(track, view);
    const shape = shapeOf(view, box);
    const pixels = shape.reduce((sum, one) => sum + (one === 0 ? 0 : 1), 0);
    const { id, x, foot, w, h, area, cut } = track;
    this.#things.add({
      ...{ id, seen: { x, foot, w, h, area, cut }, pixels, shape, ageS: 0 },
      ground: ground.groundOf(box),
      ringLuma: ringLumaOf(view, box),
    });
    ground.absorb(box, shape);
    this.#standing.forget(track);
    tracker.release(track);
    this.#causes.push({ cause: "absorbed", score: 1, blob: id, suppressed: false });
  }

  /** What was absorbed and stirs is itself again; what is gone leaves no ghost. */
  #wakeAbsorbed(view: ModelView, step: StillnessStep): void {
    if (this.#things.all.length === 0) return;
    for (const thing of this.#things.all) {
      const stirs = this.#parts.tracker.tracks.find((track) => isPartOf(track, thing));
      if (stirs) this.#wake(thing, view, step.moment);
    }
    this.#sinceLookS += step.dtS;
    if (this.#sinceLookS < LOOK_EVERY_S) return;
    this.#sinceLookS = 0;
    for (const thing of this.#things.all) this.#lookForGone(thing, view, step.moment);
  }

  #wake(thing: Absorbed, view: ModelView, moment: Moment): void {
    this.#things.remove(thing);
    this.#parts.ground.putGround(groundNow(thing, view), thing.shape);
    this.#parts.tracker.adopt(thing.id, thing.seen, moment);
  }

  /** It went in one piece, or was carried off: its ground shows again. */
  #lookForGone(thing: Absorbed, view: ModelView, moment: Moment): void {
    if (!isStirred(view, thing)) return;
    const now = groundNow(thing, view);
    if (this.#parts.ground.likenessTo(now, thing.shape) < GONE_MIN) return;
    this.#things.remove(thing);
    this.#parts.ground.putGround(now, thing.shape);
    const { left, top, width, height } = thing.ground;
    const box = { left, top, right: left + width, bottom: top + height };
    const carrier = carrierOf(this.#parts.tracker.tracks, { box, sinceMs: moment.tMs });
    const taken = { thing: thing.id, box, since: moment };
    if (carrier) this.#handed.take({ ...taken, carrier: carrier.id });
  }
}

/** It came here by itself over this many of its own sizes. */
const TRAVELLED = 0.5;
/** More of the outline than this must be the frame's, or the model's, to say so. */
const THERE = 0.1;
/** A left-over of the model that holds still this long is told as one, s. */
const GHOST_S = 0.4;
const HOLD_RIM_PX = 2;
/** Of a region that nobody is, more is asked. */
const SURE = 0.35;
/** It lies this long before it is followed, s: longer when nobody was seen to leave it. */
const LAIN_FOR_S = 3;
const FOUND_AFTER_S = 8;
/** What was there before is known after this long, s. */
const GROUND_KNOWN_S = 10;
/** Shadows and rims are long and thin, or frayed. */
const FILL_MIN = 0.5;
const ASPECT_MAX = 4;
const THING_SIDE_PX_MIN = 5;
const GROWN_MAX = 1.5;

function isCompact({ left, top, right, bottom, area }: StillRegion): boolean {
  const w = right - left;
  const h = bottom - top;
  return Math.min(w, h) >= THING_SIDE_PX_MIN && Math.max(w / h, h / w) <= ASPECT_MAX &&
    area >= FILL_MIN * w * h;
}

interface Seen {
  readonly view: ModelView;
  readonly step: StillnessStep;
}

function isLeft(track: Track, { presence, forS }: Standing): boolean {
  const lay = track.isThing || forS >= LAIN_FOR_S;
  return lay && presence > SURE && track.travel < TRAVELLED && hasItsSize(track);
}

function boundsOf({ left, top, right, foot }: Track) {
  return { left, top, right, bottom: foot };
}

/** What comes straight towards the camera stays where it is and grows. */
function hasItsSize({ w, h, origin }: Track): boolean {
  const grown = (w * h) / (origin.w * origin.h);
  return Math.max(grown, 1 / grown) <= GROWN_MAX;
}

/** A new track inside the thing's box, and no speck of it. */
function isPartOf(track: Track, { ground, pixels }: Absorbed): boolean {
  if (track.confirmed || track.coast > 0 || track.area < MOVING_PART_MIN * pixels) {
    return false;
  }
  const w = Math.min(track.right, ground.left + ground.width) -
    Math.max(track.left, ground.left);
  const h = Math.min(track.foot, ground.top + ground.height) -
    Math.max(track.top, ground.top);
  return w > 0 && h > 0 && w * h >= INSIDE_MIN * track.w * track.h;
}

/** Foreground lies on a good part of it. */
function isStirred(
  { mask, stride }: ModelView,
  { ground, shape, pixels }: Absorbed,
): boolean {
  let covered = 0;
  for (let row = 0; row < ground.height; row++) {
    const from = (ground.top + row) * stride + ground.left;
    for (let column = 0; column < ground.width; column++) {
      if (shape[row * ground.width + column] !== 0 && mask[from + column] !== 0) {
        covered++;
      }
    }
  }
  return covered >= 0.25 * pixels;
}
