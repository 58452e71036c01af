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
import { Association, claimOf } from "./association.ts";
import { Assignment, PAIRED_MAX } from "./assignment.ts";
import { Births } from "./births.ts";
import { edgesOf, markDoubles, sharedArea } from "./doubles.ts";
import { isRow, valleysOf } from "./heads.ts";
import { hasEnded, isWorthRemembering } from "./lifetime.ts";
import { Memory } from "./memory.ts";
import { makePatch, samplePatch } from "./patch.ts";
import { PeopleFinder } from "./people.ts";
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

/** Whether a track is a car or a person is judged over this time. */
const WIDENESS_SETTLE_S = 0.4;
/** A thing seen alone as wide for this long stays wide. */
const KIND_SETTLED_S = 1;

/** A person's region this many times wider than a person that shows two heads … */
const PAIR_WIDTH = 1.2;
/** … for this long is two people; after this long it is one who looks like it. */
const PAIR_S = 0.5;
const PAIR_MAX_S = 3;

/** People who teach the size model: seen alone, upright, not cut by the edge. */
const UPRIGHT_MIN = 0.2;
const UPRIGHT_MAX = 0.75;
const TEACHER_HEIGHT_PX_MIN = 10;
const TEACHER_SEEN_S = 0.6;

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
  readonly #memory = new Memory();
  readonly #people: PeopleFinder;
  readonly #pairing = new Assignment();
  readonly #waiting: Track[] = [];
  readonly #patch = makePatch();
  readonly #cover: Cover = { left: 0, top: 0, right: 0, bottom: 0, area: 0 };
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
    this.#people = new PeopleFinder(shape);
    this.#births = new Births(shape, areaMin);
    this.#wide = new WideThings(shape, areaMin);
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
    const step = { ...given, sizes: this.sizes };
    this.absorbed = [];
    this.ended = this.#memory.age(step.dtS);
    for (const track of this.tracks) track.predict(step.dtS);
    this.#association.claim(this.tracks, this.regions, this.#shape);
    this.#association.dropYoung(this.tracks, this.regions, this.sizes);
    this.#wide.look(this.regions, this.sizes);
    this.#wide.dropPieces(this.tracks, this.regions, this.#association);
    this.#seeAlone(picture, step);
    this.#seeParts(picture, step);
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
      if (track.confirmed || isUnsure(track)) continue;
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

  #seeAlone(picture: Foreground, step: Step): void {
    for (const track of this.tracks) {
      if (track.discarded || track.claims === 0) continue;
      if (!this.#isSoleOwner(track)) continue;
      gather(track, this.#cover, this);
      const seen = sightingOf(this.#cover, this.#shape);
      if (isRemnant(track, seen)) continue;
      this.#judgeWidth(track, seen, step);
      if (!acceptsSize(track, seen, step)) continue;
      if (this.#isPair(track, seen, step)) continue;
      track.seeAlone(seen, step);
      this.#learn(track, picture, step.dtS);
      this.#teach(track, seen);
    }
    this.#association.recount(this.tracks, this.regions);
  }

  /** One thing, and wider than a person. */
  #judgeWidth(track: Track, seen: Sighting, { dtS, sizes }: Step): void {
    if (!sizes.valid) return;
    if (track.isWide && (seen.cut || track.soloS > KIND_SETTLED_S)) return;
    const may = track.isWide ||
      ((track.cut || sizes.isWide(track)) && !this.#showsHeads(track, seen));
    const wide = may && sizes.isWide(seen, seen.cut);
    track.wideness += settle(dtS, WIDENESS_SETTLE_S) * (Number(wide) - track.wideness);
  }

  /** Two heads where one is followed: it is looked for among two. */
  #isPair(track: Track, seen: Sighting, { sizes, dtS }: Step): boolean {
    if (!sizes.valid) {
      if (track.claims !== 1 || seen.w < 0.5 * seen.h) {
        track.pairS = 0;
        return false;
      }
      track.pairS = this.#people.find(this.regions, track.claimRegion[0]!, sizes) > 1
        ? track.pairS + dtS
        : Math.max(0, track.pairS - dtS);
      return track.pairS > (track.soloS < 0.5 ? 0.07 : 0.15);
    }
    if (!sizes.valid || track.isWide || seen.w < PAIR_WIDTH * sizes.widthAt(seen.foot)) {
      track.pairS = 0;
      return false;
    }
    track.pairS = this.#showsHeads(track, seen)
      ? track.pairS + dtS
      : Math.max(0, track.pairS - dtS);
    return track.pairS > PAIR_S && track.pairS < PAIR_MAX_S;
  }

  #showsHeads(track: Track, { foot }: Sighting): boolean {
    const person = this.sizes.personAt(foot);
    const { regions } = this;
    const { width } = this.#shape;
    for (let claim = 0; claim < track.claims; claim++) {
      const region = track.claimRegion[claim]!;
      const valleys = valleysOf(regions, { region, person, width });
      const w = regions.right[region]! - regions.left[region]!;
      if (isRow(valleys.length, w, person)) return true;
    }
    return false;
  }

  #isSoleOwner(track: Track): boolean {
    for (let claim = 0; claim < track.claims; claim++) {
      if (this.#association.owners[track.claimRegion[claim]!] !== 1) return false;
    }
    return true;
  }

  #learn(track: Track, picture: Foreground, dtS: number): void {
    samplePatch(this.#patch, picture, track);
    track.template.learn(this.#patch, dtS);
  }

  #teach(track: Track, seen: Sighting): void {
    if (track.claims !== 1 || track.seenS < TEACHER_SEEN_S - 1e-6) return;
    if (seen.h <= TEACHER_HEIGHT_PX_MIN || seen.cut) return;
    const aspect = seen.w / seen.h;
    if (aspect <= UPRIGHT_MIN || aspect >= UPRIGHT_MAX) this.sizes.addOther();
    else this.sizes.add(seen, track.serial);
  }

  /** People told apart by their heads, each paired with the track that it fits best. */
  #seeParts(picture: Foreground, step: Step): void {
    for (let region = 0; region < this.regions.count; region++) {
      if (this.#association.owners[region] === 0) continue;
      const waiting = this.#waiting;
      waiting.length = 0;
      for (const track of this.tracks) {
        if (track.done || track.discarded || track.isWide) continue;
        if (claimOf(track, region) >= 0 && waiting.length < PAIRED_MAX) {
          waiting.push(track);
        }
      }
      if (waiting.length === 0) continue;
      const parts = this.#people.find(this.regions, region, this.sizes);
      if (parts === 0) continue;
      for (let row = 0; row < waiting.length; row++) {
        for (let column = 0; column < parts; column++) {
          const at = row * PAIRED_MAX + column;
          this.#pairing.worth[at] = worthOf(waiting[row]!, this.#people.parts[column]!);
        }
      }
      this.#pairing.pair(waiting.length, parts);
      for (let row = 0; row < waiting.length; row++) {
        const column = this.#pairing.columnOf[row]!;
        if (column < 0) continue;
        const track = waiting[row]!;
        const part = this.#people.parts[column]!;
        if (track.w > GROUP_WIDTH * part.w) track.become(part);
        else if (!isAlike(track, part)) continue;
        track.seeAlone(part, step);
        this.#learn(track, picture, step.dtS);
        if (track.seenS >= TEACHER_SEEN_S && !part.cut) {
          const aspect = part.w / part.h;
          if (aspect > UPRIGHT_MIN && aspect < 0.65) this.sizes.add(part, track.serial);
        }
      }
    }
  }

  /** Layer by layer from the nearest: the lowest foot hides the others. */
  #seeInGroups(picture: Foreground, step: Step): void {
    this.regions.copyMask(this.#free);
    const waiting: Track[] = [];
    for (const track of this.tracks) {
      if (track.done) this.#explain(track);
      else if (!track.discarded) waiting.push(track);
    }
    waiting.sort((a, b) => b.foot - a.foot || a.serial - b.serial);
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
    this.#learn(track, picture, step.dtS);
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
    track.seeAlone(proposal, step);
    this.#learn(track, picture, step.dtS);
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

const GROUP_WIDTH = 1.6;
const WORTH_MIN = 0.3;

function worthOf(track: Track, part: Sighting): number {
  const shared = sharedArea(track, edgesOf(part));
  const own = part.w * part.h;
  const iou = shared / (own + track.w * track.h - shared);
  if (track.w > GROUP_WIDTH * part.w) return shared > 0.7 * own ? 0.5 * shared / own : 0;
  return iou > WORTH_MIN ? iou : 0;
}

function isAlike(track: Track, part: Sighting): boolean {
  if (track.seenS < 0.3) return true;
  return part.h > 0.75 * track.h && part.h < 1.35 * track.h && part.w > 0.5 * track.w &&
    part.w < 1.7 * track.w;
}
