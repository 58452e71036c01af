/**
 * Looks after what stands: keeps it from being learned, gives it to the scene when it
 * has stood for long enough, knows it again when it leaves, and tells what was left or
 * taken. Finds no tracks and moves none; whether an outline is the frame's or the
 * model's is `presence.ts`, who carried what is `carried.ts`.
 * @module
 */
import type { Patch, Shape, WorkBox } from "../background_ground.ts";
import { isPassing } from "../causes/evidence.ts";
import type { CauseLine } from "../dsl/observation.ts";
import type { ModelView } from "../foreground.ts";
import type { Life, LifeEvent } from "../motion_events.ts";
import type { PlaneShape } from "../regions.ts";
import { HELD } from "../held_light.ts";
import { sightingOf } from "../tracking/sighting.ts";
import type { Moment, Track } from "../tracking/track.ts";
import type { Tracker } from "../tracking/tracker.ts";
import {
  type AbsorbedSnapshot,
  AbsorbedThings,
  boxOf,
  ringLumaOf,
  shapeOf,
} from "./absorbed.ts";
import { carrierOf } from "./carried.ts";
import { Handed } from "./handed.ts";
import { type Bounds, Presence } from "./presence.ts";
import { Reference } from "./reference.ts";
import { Returning } from "./returning.ts";
import { type Standing, StandingTracks } from "./standing.ts";
import { type StillRegion, Unexplained } from "./unexplained.ts";

/** Nothing that is followed is absorbed sooner, whatever the setting, s. */
export const ABSORB_AFTER_S_MIN = 120;
/** The usual time, s: long enough for a delivery, short enough for a parked car. */
export const ABSORB_AFTER_S = 300;

/** The model of the still scene, as far as it is asked here. */
export interface Ground {
  groundOf(box: WorkBox): Patch;
  absorb(box: WorkBox, shape?: Shape): void;
  putGround(patch: Patch, shape?: Shape): void;
  frameOf(box: WorkBox): Patch;
  followLight(box: WorkBox): void;
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
  readonly #returning: Returning;
  #causes: CauseLine[] = [];
  /** Since the scene was another. */
  #learnedS = 0;
  /** Since the light was followed where somebody stands. */
  #sinceLightS = 0;

  constructor(shape: PlaneShape, parts: StillnessParts) {
    this.#shape = shape;
    this.#parts = parts;
    this.#absorbAfterS = Math.max(ABSORB_AFTER_S_MIN, parts.absorbAfterS);
    const presence = new Presence();
    this.#standing = new StandingTracks(presence);
    this.#unexplained = new Unexplained(presence);
    this.#reference = new Reference(shape);
    this.#returning = new Returning({
      ...parts,
      things: this.#things,
      handed: this.#handed,
    });
  }

  /** After tracks were followed and judged, before new ones are confirmed. */
  look(view: ModelView, step: StillnessStep): void {
    const { tracker } = this.#parts;
    this.#things.passTime(step.dtS);
    this.#learnedS += step.dtS;
    this.#sinceLightS += step.dtS;
    this.#reference.refresh(view, step.dtS);
    this.#standing.look(view, tracker.tracks, step);
    this.#returning.look(view, step.moment);
    const { regions, tracks } = tracker;
    this.#unexplained.look(view, { regions, tracks, ...step });
    for (const region of this.#unexplained.all) this.#judgeThing(region, view);
    this.#handed.passTime(step.dtS);
    for (const track of [...tracker.tracks]) {
      const standing = this.#standing.of(track);
      if (standing === undefined) continue;
      if (standing.isNew) standing.carrier = this.#carrierOf(track);
      if (!track.confirmed) {
        if (!isPassing(track)) this.#doubtGhost(track, standing, view);
      } else if (track.suppressed === undefined) {
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

  /** The picture lies elsewhere, by whole work pixels: so does what is remembered of it. */
  shiftBy(dx: number, dy: number): void {
    this.#things.shiftBy(dx, dy);
    this.#unexplained.forgetAll();
    this.#reference.forget();
  }

  snapshot(): AbsorbedSnapshot[] {
    return this.#things.snapshot();
  }

  restore(kept: readonly AbsorbedSnapshot[]): void {
    this.#things.restore(kept);
  }

  /**
   * Sets `hold` where somebody known has stood for a while, and clears it elsewhere; what
   * is held follows the light.
   */
  writeHold(hold: Uint8Array, stride: number): void {
    hold.fill(0);
    const boxes: WorkBox[] = [];
    for (const track of this.#parts.tracker.tracks) {
      const stillS = this.#standing.of(track)?.stillS ?? 0;
      if (stillS < HOLD_AFTER_S || !this.#isReal(track)) continue;
      const box = boxOf(track, this.#shape);
      if (box.width > 0) boxes.push(box);
      for (let y = box.top; y < box.top + box.height; y++) {
        hold.fill(HELD, y * stride + box.left, y * stride + box.left + box.width);
      }
    }
    if (this.#sinceLightS < LIGHT_EVERY_S) return;
    this.#sinceLightS = 0;
    for (const box of boxes) this.#parts.ground.followLight(box);
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
    if (standing.presence > -SURE) return;
    // The model gives it back within a second: it is nobody, and nothing is told of it.
    track.withheld = true;
    if (standing.isTold) return;
    standing.isTold = true;
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
    } else if (presence < -SURE) {
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
      look: ground.frameOf(box),
      ringLuma: ringLumaOf(view, box),
    });
    ground.absorb(box, shape);
    this.#standing.forget(track);
    tracker.release(track);
    this.#causes.push({ cause: "absorbed", score: 1, blob: id, suppressed: false });
  }
}

/** It came here by itself over this many of its own sizes. */
const TRAVELLED = 0.5;
/** More of the outline than this must be the frame's, or the model's, to say so. */
const THERE = 0.1;
/** What stands for less is kept from being learned by its own mask, s. */
const HOLD_AFTER_S = 3;
/** Dusk is slow: between two looks at the light on what is held, s. */
const LIGHT_EVERY_S = 0.4;
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
/** What is not held against the size of so long ago, ms, keeps no size. */
const SIZE_KNOWN_MS = 2_000;
const GROWN_MAX = 1.4;

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
function hasItsSize({ path }: Track): boolean {
  if (path.count === 0) return false;
  const now = path.slot(0);
  const then = path.slot(path.count - 1);
  const grown = (path.w[now]! * path.h[now]!) / (path.w[then]! * path.h[then]!);
  return path.tMs[now]! - path.tMs[then]! >= SIZE_KNOWN_MS &&
    Math.max(grown, 1 / grown) <= GROWN_MAX;
}
