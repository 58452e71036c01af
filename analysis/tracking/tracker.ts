/**
 * Follows objects over frames: predicts, matches regions, looks into groups, and keeps
 * ids. Works on one picture and its mask; speaks no DSL and knows no wall-clock.
 *
 * Order of a step: regions; predict; claims; those alone; those in groups, nearest
 * first; births; ends. What a nearer object explains is taken from the rest.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import { type Mask, type PlaneShape, RegionFinder } from "../regions.ts";
import { acceptsSize, gather, isRemnant } from "./alone.ts";
import { Association } from "./association.ts";
import { Births } from "./births.ts";
import { edgesOf, markDoubles, originOf, sharedArea } from "./doubles.ts";
import { Kind } from "./kind.ts";
import { hasLeft, isPieceOfLeaving } from "./leaving.ts";
import { Lessons } from "./lessons.ts";
import { Parts } from "./parts.ts";
import { hasEnded, isWorthRemembering } from "./lifetime.ts";
import { Memory } from "./memory.ts";
import { NearThing } from "./near_thing.ts";
import { makePatch, samplePatch } from "./patch.ts";
import { type Cover, type FootBox, type Sighting, sightingOf } from "./sighting.ts";
import { SizeModel } from "./size_model.ts";
import { restoreTrack, snapshotTrack, type TrackerSnapshot } from "./snapshot.ts";
import { coloursOf } from "./template.ts";
import { TemplateSearch } from "./template_search.ts";
import { settle } from "../time_step.ts";
import { type Moment, type Step, Track } from "./track.ts";
import { WideThings } from "./wide.ts";
import { isObject, isUnsure } from "./visibility.ts";

/** Tracks followed at once. When full nothing is born until one ends. */
export const TRACKS_MAX = 128;

/** Smallest region, as a share of the picture: 40 pixels of 384x288. */
const REGION_SHARE_MIN = 40 / (384 * 288);
const REGION_PX_MIN = 12;

/** Around the box of an explained object this much more is taken as explained. */
const EXPLAINED_WIDTH = 1.15;
const EXPLAINED_HEIGHT = 1.08;
/** Least share of the template on unexplained foreground to count as evidence. */
const SUPPORT_MIN = 0.2;
const SUPPORT_WEAK = 0.45;
/** A worse fit is another object. */
const COST_MAX = 9;
const SUPPORT_SETTLE_S = 0.28;
/** An object whose place is foreground of others is hidden: its waiting counts less. */
const HIDDEN_SHARE = 0.4;
const HIDDEN_AGEING = 0.4;

/** A judge's doubt delays a track's id for this long at most. */
const SUSPECT_S = 2;
/** A new track that covers this much of an adopted object's box is that object. */
const ADOPT_SHARE = 0.5;

/** One step in time. */
export interface FollowStep {
  /** Seconds since the last step, above 0. */
  readonly dtS: number;
  readonly moment: Moment;
  /** False while the mask is doubtful: what is followed is followed, nothing is born. */
  readonly mayBear: boolean;
  /** Something is so near that it fills much of the picture. */
  readonly near?: boolean;
}

export class Tracker {
  readonly regions: RegionFinder;
  readonly sizes = new SizeModel();
  /** All that is followed; the `confirmed` ones are objects and have an id. */
  tracks: Track[] = [];
  /** Confirmed tracks that ended in the last step: left, or forgotten. */
  ended: Track[] = [];
  /** Confirmed tracks lost in the last step: each is found again, or in `ended` one day. */
  lost: Track[] = [];
  /** Tracks given to the scene by `release` since the last `follow` began. */
  absorbed: Track[] = [];

  readonly #shape: PlaneShape;
  readonly #association = new Association();
  readonly #search = new TemplateSearch();
  readonly #births: Births;
  readonly #wide: WideThings;
  readonly #near: NearThing;
  readonly #memory = new Memory();
  readonly #lessons = new Lessons(this.sizes);
  readonly #kind: Kind;
  readonly #parts: Parts;
  readonly #patch = makePatch();
  readonly #cover: Cover = { left: 0, top: 0, right: 0, bottom: 0, area: 0 };
  readonly #waiting: Track[] = [];
  readonly #free: Uint8Array;
  #nextId: number;
  #nextSerial = 1;

  /**
   * `firstId`: the smallest id a track may get. `regionFactor`: how many times the usual
   * area the smallest region has.
   */
  constructor(shape: PlaneShape, firstId: number, regionFactor = 1) {
    this.#shape = shape;
    this.#nextId = firstId;
    const areaMin = Math.max(
      REGION_PX_MIN,
      Math.round(regionFactor * REGION_SHARE_MIN * shape.width * shape.height),
    );
    this.regions = new RegionFinder(shape, { areaMin, runMin: 1 });
    this.#kind = new Kind(shape, this.regions);
    this.#parts = new Parts(shape, {
      regions: this.regions,
      association: this.#association,
      lessons: this.#lessons,
    });
    this.#births = new Births(shape, areaMin);
    this.#wide = new WideThings(shape, areaMin);
    this.#near = new NearThing(shape);
    this.#free = new Uint8Array(shape.width * shape.height);
  }

  /** The smallest id that the next new track may get. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Groups the mask; to be called before `follow`. */
  findRegions(picture: Mask): void {
    this.regions.find(picture);
  }

  /** One frame; its regions must have been found. */
  follow(picture: Foreground, given: FollowStep): void {
    const { dtS, moment, mayBear } = given;
    const step = { dtS, moment, mayBear, sizes: this.sizes };
    this.absorbed = [];
    this.ended = this.#memory.age(step.dtS);
    for (const track of this.tracks) track.predict(step.dtS);
    this.#association.claim(this.tracks, this.regions, this.#shape);
    this.#near.find(this.regions, given.near === true);
    this.#seeNear(picture, step);
    this.#association.dropYoung(this.tracks, this.regions, this.sizes);
    this.#wide.look(this.regions, this.sizes);
    this.#wide.dropPieces(this.tracks, this.regions, this.#association);
    this.#seeAlone(picture, step);
    this.#parts.see(this.tracks, picture, step);
    this.#seeInGroups(picture, step);
    this.#bear(picture, step);
    markDoubles(this.tracks, step.dtS);
    this.#end();
  }

  /**
   * Gives ids to tracks that have shown to be objects; to be called after `follow`.
   * What `mayConfirm` refuses is asked about again in the next frame.
   */
  confirm(mayConfirm: (track: Track) => boolean = () => true): void {
    for (const track of this.tracks) {
      if (track.confirmed || track.withheld || isUnsure(track)) continue;
      if (track.suspect && track.ageS < SUSPECT_S) continue;
      if (isObject(track, this.sizes) && mayConfirm(track)) track.id = this.#nextId++;
    }
  }

  /**
   * Goes on with a known object at a box: what is new there gets its id, or else a track
   * begins. Gives the track, or undefined when there is no room or the id is in use.
   */
  adopt(id: number, box: Sighting, moment: Moment): Track | undefined {
    if (this.tracks.some((track) => track.id === id)) return undefined;
    const there = this.tracks.find((track) =>
      !track.confirmed && sharedArea(track, edgesOf(box)) > ADOPT_SHARE * box.w * box.h
    );
    if (there === undefined && this.tracks.length >= TRACKS_MAX) return undefined;
    const track = there ?? new Track(this.#nextSerial++, box, moment);
    if (there === undefined) this.tracks.push(track);
    if (this.sizes.valid) track.wideness = Number(this.sizes.isWide(box, box.cut));
    track.adopt(id);
    this.#nextId = Math.max(this.#nextId, id + 1);
    return track;
  }

  /** Begins a track for a thing that was found to lie still; undefined without room. */
  bearThing(box: Sighting, since: Moment): Track | undefined {
    if (this.tracks.length >= TRACKS_MAX) return undefined;
    const track = new Track(this.#nextSerial++, box, since);
    track.becomeThing();
    this.tracks.push(track);
    return track;
  }

  /** Ends a track that became a part of the scene: no word of it, it is in `absorbed`. */
  release(track: Track): void {
    const at = this.tracks.indexOf(track);
    if (at < 0) return;
    this.tracks.splice(at, 1);
    this.absorbed.push(track);
  }

  /** The picture lies elsewhere, by whole work pixels: so do all in it. */
  shiftBy(dx: number, dy: number): void {
    for (const track of this.tracks) track.shiftBy(dx, dy);
  }

  /** What a restart needs to go on with the same ids; plain data. */
  snapshot(): TrackerSnapshot {
    return {
      nextId: this.#nextId,
      tracks: this.tracks.filter((track) => track.confirmed).map(snapshotTrack),
      sizes: this.sizes.snapshot(),
    };
  }

  /** Goes on from a snapshot; to be called before the first `follow`. */
  restore(snapshot: TrackerSnapshot): void {
    this.sizes.restore(snapshot.sizes);
    for (const kept of snapshot.tracks.slice(0, TRACKS_MAX)) {
      this.tracks.push(restoreTrack(this.#nextSerial++, kept));
      this.#nextId = Math.max(this.#nextId, kept.id + 1);
    }
    this.#nextId = Math.max(this.#nextId, snapshot.nextId);
  }

  /** Ends all but those to be kept, as after a leap in time. Ids go on. */
  forgetAll(isKept: (track: Track) => boolean = () => false): void {
    this.ended = this.#memory.forgetAll();
    for (const track of this.tracks) {
      if (track.confirmed && !isKept(track)) this.ended.push(track);
    }
    this.lost = [];
    this.tracks = this.tracks.filter((track) => track.confirmed && isKept(track));
  }

  /** No size that is known of people or cars says anything of what is near. */
  #seeNear(picture: Foreground, step: Step): void {
    const near = this.#near;
    if (near.region < 0) return;
    const seen = near.sighting(this.regions);
    const owner = near.takeOwner(this.tracks, this.regions);
    if (owner === undefined) return;
    owner.seeAlone(seen, step);
    this.#lessons.learn(owner, picture, step.dtS);
    this.#association.recount(this.tracks, this.regions);
  }

  #seeAlone(picture: Foreground, step: Step): void {
    for (const track of this.tracks) {
      if (track.discarded || track.done || track.claims === 0) continue;
      if (!this.#isSoleOwner(track)) continue;
      gather(track, this.#cover, this);
      const seen = sightingOf(this.#cover, this.#shape);
      if (hasLeft(track, seen)) {
        track.miss(step.dtS, 1);
        track.done = true;
        continue;
      }
      if (isRemnant(track, seen)) continue;
      this.#kind.judgeWidth(track, seen, step);
      if (!acceptsSize(track, seen, step)) continue;
      if (this.#kind.isPair(track, seen, step)) continue;
      track.seeAlone(seen, step);
      this.#lessons.learn(track, picture, step.dtS);
      this.#lessons.teach(track, seen);
    }
    this.#association.recount(this.tracks, this.regions);
  }

  #isSoleOwner(track: Track): boolean {
    for (let claim = 0; claim < track.claims; claim++) {
      if (this.#association.owners[track.claimRegion[claim]!] !== 1) return false;
    }
    return true;
  }

  /** Layer by layer from the nearest: the lowest foot hides the others. */
  #seeInGroups(picture: Foreground, step: Step): void {
    this.regions.copyMask(this.#free);
    this.#near.clear(this.#free, this.regions);
    const waiting = this.#waiting;
    waiting.length = 0;
    for (const track of this.tracks) {
      if (track.done) this.#explain(track);
      else if (!track.discarded) waiting.push(track);
    }
    if (waiting.length > 1) {
      waiting.sort((a, b) => b.foot - a.foot || a.serial - b.serial);
    }
    for (const track of waiting) {
      if (this.#seeWide(track, picture, step)) continue;
      const fit = this.#search.find(track, picture, this.#free);
      if (fit.free <= SUPPORT_MIN || fit.cost > COST_MAX) {
        track.miss(step.dtS, fit.on > HIDDEN_SHARE ? HIDDEN_AGEING : 1);
        continue;
      }
      track.seeInGroup(fit, fit.free, step);
      track.support += settle(step.dtS, SUPPORT_SETTLE_S) * (fit.free - track.support);
      if (fit.free < SUPPORT_WEAK) track.weakS += step.dtS;
      else track.weakS = Math.max(0, track.weakS - 2 * step.dtS);
      this.#explain(track);
    }
  }

  /** A wide thing among others: what nearer ones leave of its region is it. */
  #seeWide(track: Track, picture: Foreground, step: Step): boolean {
    if (!track.isWide || track.claims === 0) return false;
    const seen = this.#wide.find(track, { mask: this.#free, stride: this.#shape.width });
    if (seen === undefined) return false;
    track.seeAlone(seen, step);
    this.#lessons.learn(track, picture, step.dtS);
    this.#explain(track);
    return true;
  }

  /** Takes the track's box from the foreground that is left to explain. */
  #explain(box: FootBox): void {
    const { width, height } = this.#shape;
    const half = box.w * EXPLAINED_WIDTH / 2;
    const x0 = Math.max(0, Math.floor(box.x - half));
    const x1 = Math.min(width, Math.floor(box.x + half + 1));
    const y0 = Math.max(0, Math.floor(box.foot - box.h * EXPLAINED_HEIGHT));
    const y1 = Math.min(height, Math.floor(box.foot + 2));
    for (let y = y0; y < y1; y++) this.#free.fill(0, y * width + x0, y * width + x1);
  }

  #bear(picture: Foreground, step: Step & FollowStep): void {
    if (!step.mayBear) return;
    const proposals = this.#births.propose({
      mask: this.#free,
      stride: this.#shape.width,
    }, {
      regions: this.regions,
      smallestOwner: this.#association.smallestOwner,
      widening: this.#wide.widening(this.tracks),
      sizes: this.sizes,
    });
    for (const proposal of proposals) {
      if (this.tracks.length >= TRACKS_MAX) return;
      if (!this.sizes.valid && isPieceOfLeaving(proposal, this.tracks)) continue;
      this.#bearOne(this.#completed(proposal), picture, step);
    }
  }

  /** What another object hides from the knees down is as high as people are there. */
  #completed(proposal: Sighting): Sighting {
    if (!this.sizes.valid || proposal.cut || this.sizes.isWide(proposal, proposal.cut)) {
      return proposal;
    }
    const expected = this.sizes.heightAt(proposal.foot);
    if (proposal.h <= expected / 2) return proposal;
    return { ...proposal, h: Math.max(proposal.h, 0.8 * expected) };
  }

  #bearOne(proposal: Sighting, picture: Foreground, step: Step): void {
    samplePatch(this.#patch, picture, proposal);
    const colours = coloursOf(this.#patch);
    const lost = this.#memory.recall(proposal, colours, this.sizes);
    const track = lost ?? new Track(this.#nextSerial++, proposal, step.moment);
    if (lost !== undefined) lost.revive(proposal, step.moment);
    else if (this.sizes.valid) {
      track.wideness = Number(this.sizes.isWide(proposal, proposal.cut));
    }
    if (lost === undefined) track.bornIn = originOf(track, this.tracks);
    track.seeAlone(proposal, step);
    this.#lessons.learn(track, picture, step.dtS);
    this.tracks.push(track);
  }

  #end(): void {
    const kept: Track[] = [];
    this.lost = [];
    for (const track of this.tracks) {
      if (!hasEnded(track, this.#shape)) {
        kept.push(track);
        continue;
      }
      const remembered = isWorthRemembering(track, this.#shape);
      if (remembered && track.confirmed) this.lost.push(track);
      const gone = remembered ? this.#memory.keep(track) : track;
      if (gone?.confirmed) this.ended.push(gone);
    }
    this.tracks = kept;
  }
}
