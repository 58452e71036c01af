/**
 * One object followed over frames: where it is, how it moves, what is known of it.
 * Holds state and its motion filter; who owns which region is `association.ts`.
 *
 * Units: work pixels (x right, y down), seconds, work pixels per second.
 * @module
 */
import type { Cause } from "../dsl/observation.ts";
import { settle } from "../time_step.ts";
import { PathHistory } from "./path_history.ts";
import type { FootBox, Sighting } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";
import { Template } from "./template.ts";

/** When there was evidence: what events are back-dated to. */
export interface Moment {
  readonly tMs: number;
  readonly frame: number;
}

/** Regions one track may claim in a frame; the first ones found are kept. */
export const CLAIMS_MAX = 24;

/**
 * Alpha-beta filter with a bandwidth that does not depend on the frame rate: at 10
 * frames a second its gains are .6 and .25, the best of those tried on a campus road.
 */
const POSITION_SETTLE_S = 0.109;
const VELOCITY_GAIN_AT_10_FPS = 0.25;
const VELOCITY_GAIN_MAX = 0.6;
/** Vertical velocity is damped: a foot point jitters more than a centre. */
const VERTICAL_VELOCITY_SHARE = 0.6;
/** In a group the position is less sure: part of the gains. */
const GROUP_POSITION_SHARE = 0.8;
const GROUP_VELOCITY_SHARE = 0.8;
/** Size follows the region within this time, faster while the track is new. */
const SIZE_SETTLE_S = 0.45;
const SIZE_SETTLE_NEW_S = 0.14;
/** Pull towards the size expected at the foot point. */
const PRIOR_SETTLE_S = 0.6;
/** A coasting track loses its speed: half in about .7 s. */
const COAST_DRAG_S = 0.95;
/** Seconds of evidence after which a track counts as settled. */
const NEW_S = 0.5;
/** An adopted object counts as seen in so many frames and for so long. */
const KNOWN_HITS = 10;
const KNOWN_S = 2;

export class Track {
  /** Order of birth among all that was followed, noise included. */
  readonly serial: number;
  /** Given when it is confirmed; 0 before. Never given twice. */
  id = 0;
  /** When and where it was first seen, or seen again: tells whether it came over an edge. */
  first: Moment;
  origin: FootBox;
  last: Moment;

  x: number;
  foot: number;
  w: number;
  h: number;
  vx = 0;
  vy = 0;
  /** Speed when there was evidence last: coasting loses it. */
  seenVx = 0;
  seenVy = 0;
  /** Foreground pixels when seen alone, smoothed. */
  area: number;
  /** Where it was, and how much of it, when most of it was seen since it was last whole. */
  whole: Sighting;

  /** Frames and seconds with evidence. */
  hits = 0;
  seenS = 0;
  /** Seconds seen alone in its region. */
  soloS = 0;
  /** Seconds without evidence; less when hidden behind others. */
  missedS = 0;
  /** Frames without evidence. */
  coast = 0;
  ageS = 0;
  /** Found by its template, within or beside others, in the last frame with evidence. */
  grouped = false;
  /** The picture's edge cut it when it was seen alone last. */
  cut = false;
  /** Smoothed share of the template on foreground that no nearer object explains. */
  support = 1;
  /** Seconds of weak support, of being too large, too small, a double of another. */
  weakS = 0;
  oversizeS = 0;
  undersizeS = 0;
  doubleS = 0;
  /** Seconds seen alone as a wide thing, whole and as large as it was. */
  rigidS = 0;
  /** How surely it is one thing wider than a person, smoothed, 0..1. */
  wideness = 0;
  /** Seconds of showing two heads. */
  pairS = 0;
  /** Longest way from the origin so far, in its own box sizes. */
  travel = 0;
  /** To be removed at the end of the step without a word. */
  discarded = false;
  /** A judge asks for more time before it is confirmed; see `SUSPECT_S`. */
  suspect = false;
  /** A judge takes it for no object, so far: it gets no id while this lasts. */
  withheld = false;
  /** Why it is no object to be told of, once a judge is sure; score 0..1. */
  suppressed: { readonly cause: Cause; readonly score: number } | undefined = undefined;
  /** It was known before it was seen here: a parked car that drives off again. */
  adopted = false;
  /** A thing that lies there: the size of people says nothing of it. */
  isThing = false;
  /** Where it was with evidence in the last seconds. */
  readonly path = new PathHistory();

  readonly template = new Template();
  /** Regions claimed in this frame and how many of their pixels. */
  readonly claimRegion = new Int32Array(CLAIMS_MAX);
  readonly claimPixels = new Int32Array(CLAIMS_MAX);
  claims = 0;
  /** Explained in this frame. */
  done = false;

  constructor(serial: number, box: Sighting, moment: Moment) {
    this.serial = serial;
    this.first = moment;
    this.last = moment;
    this.origin = { x: box.x, foot: box.foot, w: box.w, h: box.h };
    this.x = box.x;
    this.foot = box.foot;
    this.w = box.w;
    this.h = box.h;
    this.area = box.area;
    this.whole = box;
  }

  /** `serial` of the track that it came out of, until that is told; 0: of none. */
  bornIn = 0;

  /** It has shown to be an object. */
  get confirmed(): boolean {
    return this.id > 0;
  }

  /** A car, not a person: the size of people says nothing of it. */
  get isWide(): boolean {
    return this.wideness > 0.5;
  }

  get left(): number {
    return this.x - this.w / 2;
  }

  get top(): number {
    return this.foot - this.h;
  }

  get right(): number {
    return this.x + this.w / 2;
  }

  predict(dtS: number): void {
    this.x += this.vx * dtS;
    this.foot += this.vy * dtS;
    this.ageS += dtS;
    this.claims = 0;
    this.done = false;
  }

  /** Evidence of its own: the region is this object and nothing else. */
  seeAlone(box: Sighting, step: Step): void {
    const alpha = settle(step.dtS, POSITION_SETTLE_S);
    this.#move(box, alpha, velocityGain(step.dtS), step.dtS);
    const quick = box.cut || this.seenS < NEW_S;
    const size = settle(step.dtS, quick ? SIZE_SETTLE_NEW_S : SIZE_SETTLE_S);
    this.w += size * (box.w - this.w);
    this.h += size * (box.h - this.h);
    this.area += size * (box.area - this.area);
    if (!box.cut || box.area > this.whole.area) this.whole = box;
    if (!box.cut) this.#leanOnPrior(step, false);
    this.#evidence(step);
    this.cut = box.cut;
    this.grouped = false;
    this.support = 1;
    this.soloS += step.dtS;
    this.weakS = 0;
    this.doubleS = 0;
  }

  /** Evidence by template, among others; `support` 0..1. */
  seeInGroup(
    place: { readonly x: number; readonly foot: number },
    support: number,
    step: Step,
  ): void {
    const trust = Math.min(1, support);
    const alpha = settle(step.dtS, POSITION_SETTLE_S) * GROUP_POSITION_SHARE * trust;
    const beta = velocityGain(step.dtS) * GROUP_VELOCITY_SHARE * trust;
    this.#move(place, alpha, beta, step.dtS);
    this.#leanOnPrior(step, true);
    this.#evidence(step);
    this.grouped = true;
  }

  /** Found again elsewhere: it starts from there, with what is known of it. */
  revive(box: Sighting, moment: Moment): void {
    this.first = moment;
    this.path.clear();
    this.origin = { x: box.x, foot: box.foot, w: box.w, h: box.h };
    this.x = box.x;
    this.foot = box.foot;
    this.w = box.w;
    this.h = box.h;
    this.area = box.area;
    this.whole = box;
    this.vx = 0;
    this.vy = 0;
    this.missedS = 0;
    this.weakS = 0;
    this.oversizeS = 0;
    this.undersizeS = 0;
    this.doubleS = 0;
  }

  /** It was a group, and is one of its parts from now on. */
  become(part: Sighting): void {
    this.x = part.x;
    this.foot = part.foot;
    this.w = part.w;
    this.h = part.h;
    this.area = part.area;
    this.template.forget();
  }

  /** It is a known object: shown at once, and waited for like one seen for long. */
  adopt(id: number): void {
    this.id = id;
    this.adopted = true;
    this.#becomeKnown();
  }

  /** It has lain there for seconds before it was followed. */
  becomeThing(): void {
    this.isThing = true;
    this.#becomeKnown();
  }

  #becomeKnown(): void {
    this.hits = Math.max(this.hits, KNOWN_HITS);
    this.seenS = Math.max(this.seenS, KNOWN_S);
    this.soloS = Math.max(this.soloS, KNOWN_S);
    this.ageS = Math.max(this.ageS, KNOWN_S);
  }

  /** The picture lies elsewhere: it has not moved. */
  shiftBy(dx: number, dy: number): void {
    this.x += dx;
    this.foot += dy;
    this.origin = { ...this.origin, x: this.origin.x + dx, foot: this.origin.foot + dy };
  }

  /** No evidence in this frame. `ageing` 0..1: how much of the time counts. */
  miss(dtS: number, ageing: number): void {
    this.coast++;
    this.missedS += dtS * ageing;
    const kept = Math.exp(-dtS / COAST_DRAG_S);
    this.vx *= kept;
    this.vy *= kept;
  }

  /** The first few places count as in a line through all of them, then the filter's gains. */
  #move(
    to: { readonly x: number; readonly foot: number },
    alpha: number,
    beta: number,
    dtS: number,
  ): void {
    const n = this.hits;
    const place = Math.max(alpha, 2 * (2 * n + 1) / ((n + 1) * (n + 2)));
    const speed = Math.max(beta, n === 0 ? 0 : 6 / ((n + 1) * (n + 2))) / dtS;
    const dx = to.x - this.x;
    const dy = to.foot - this.foot;
    this.x += Math.min(1, place) * dx;
    this.foot += Math.min(1, place) * dy;
    this.vx += speed * dx;
    this.vy += speed * dy * (n > 2 ? VERTICAL_VELOCITY_SHARE : 1);
  }

  #leanOnPrior(step: Step, always: boolean): void {
    if (!step.sizes.valid || this.isWide || this.isThing) return;
    const pull = settle(step.dtS, PRIOR_SETTLE_S);
    const h = step.sizes.heightAt(this.foot);
    const w = step.sizes.widthAt(this.foot);
    if (always || this.h < 0.8 * h || this.h > 1.25 * h) this.h += pull * (h - this.h);
    if (always || this.w < 0.6 * w || this.w > 1.5 * w) this.w += pull * (w - this.w);
  }

  #evidence(step: Step): void {
    this.hits++;
    this.seenS += step.dtS;
    this.missedS = 0;
    this.coast = 0;
    this.done = true;
    this.last = step.moment;
    this.seenVx = this.vx;
    this.seenVy = this.vy;
    this.path.add(step.moment.tMs, this, this.area);
    const { origin } = this;
    const size = Math.sqrt(Math.max(this.w * this.h, origin.w * origin.h));
    const dx = this.x - origin.x;
    const dy = this.foot - this.h / 2 - origin.foot + origin.h / 2;
    this.travel = Math.max(this.travel, Math.hypot(dx, dy) / size);
  }
}

/** What every part of one tracking step shares. */
export interface Step {
  readonly dtS: number;
  readonly moment: Moment;
  readonly sizes: SizeModel;
}

/** The gain grows with the square of the time step: the same filter at every rate. */
function velocityGain(dtS: number): number {
  const steps = dtS / 0.1;
  return Math.min(VELOCITY_GAIN_MAX, VELOCITY_GAIN_AT_10_FPS * steps * steps);
}
