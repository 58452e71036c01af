/**
 * Tracks that share a region whose people are told apart by their heads: each part is
 * paired with the track that it fits best, all of them at once.
 * Finds no people itself (`people.ts`), and leaves over who fits none.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import type { PlaneShape, RegionFinder } from "../regions.ts";
import { Assignment, PAIRED_MAX } from "./assignment.ts";
import { type Association, claimOf } from "./association.ts";
import { edgesOf, sharedArea } from "./doubles.ts";
import type { Lessons } from "./lessons.ts";
import { makePatch, samplePatch } from "./patch.ts";
import { PeopleFinder } from "./people.ts";
import type { Sighting } from "./sighting.ts";
import { type Colours, coloursOf, likeness, makeColours } from "./template.ts";
import type { Step, Track } from "./track.ts";

/** A track this many times wider than the part that it holds was a group. */
const GROUP_WIDTH = 1.6;
/** It has to hold this share of the part, which is worth half as much as a good fit. */
const GROUP_SHARE_MIN = 0.7;
const GROUP_WORTH = 0.5;
/** Least overlap (intersection over union) of a track's box with its part. */
const OVERLAP_MIN = 0.3;
/** So much of a pairing's worth lies in the same colours, the rest in the place. */
const LOOKS_SHARE = 0.8;
/** Once it was seen for this long, its part must be about as large as it. */
const KNOWN_S = 0.3;
const HEIGHT_RATIO_MIN = 0.82;
const HEIGHT_RATIO_MAX = 1.25;
const WIDTH_RATIO_MIN = 0.65;
const WIDTH_RATIO_MAX = 1.5;

/** What the pairing rests on. */
export interface PartsGround {
  readonly regions: RegionFinder;
  readonly association: Association;
  readonly lessons: Lessons;
}

export class Parts {
  readonly #ground: PartsGround;
  readonly #people: PeopleFinder;
  readonly #pairing = new Assignment();
  readonly #waiting: Track[] = [];
  readonly #patch = makePatch();
  readonly #colours: Colours[] = [];

  constructor(shape: PlaneShape, ground: PartsGround) {
    this.#ground = ground;
    this.#people = new PeopleFinder(shape);
  }

  /** Moves the tracks that have a part of their own in this frame. */
  see(tracks: readonly Track[], picture: Foreground, step: Step): void {
    const { regions, association } = this.#ground;
    for (let region = 0; region < regions.count; region++) {
      if (association.owners[region] === 0) continue;
      this.#gather(tracks, region);
      if (this.#waiting.length === 0) continue;
      if (this.#people.find(regions, region, step.sizes) === 0) continue;
      this.#pair(picture);
      this.#move(picture, step);
    }
  }

  /** Who has a claim to the region and was not seen yet. */
  #gather(tracks: readonly Track[], region: number): void {
    this.#waiting.length = 0;
    for (const track of tracks) {
      if (track.done || track.discarded || track.isWide) continue;
      if (this.#waiting.length === PAIRED_MAX) return;
      if (claimOf(track, region) >= 0) this.#waiting.push(track);
    }
  }

  #pair(picture: Foreground): void {
    const { parts, count } = this.#people;
    const several = this.#waiting.length > 1 && count > 1;
    for (let column = 0; several && column < count; column++) {
      samplePatch(this.#patch, picture, parts[column]!);
      coloursOf(this.#patch, this.#coloursAt(column));
    }
    this.#waiting.forEach((track, row) => {
      for (let column = 0; column < count; column++) {
        const worth = worthOf(track, parts[column]!);
        const like = worth > 0 && several
          ? likeness(track.template.colours, this.#coloursAt(column))
          : 1;
        this.#pairing.worth[row * PAIRED_MAX + column] = worth *
          (1 - LOOKS_SHARE + LOOKS_SHARE * like);
      }
    });
    this.#pairing.pair(this.#waiting.length, count);
  }

  /** Made when they are needed first. */
  #coloursAt(part: number): Colours {
    return this.#colours[part] ??= makeColours();
  }

  #move(picture: Foreground, step: Step): void {
    const { lessons } = this.#ground;
    for (let row = 0; row < this.#waiting.length; row++) {
      const column = this.#pairing.columnOf[row]!;
      if (column < 0) continue;
      const track = this.#waiting[row]!;
      const part = this.#people.parts[column]!;
      if (track.w > GROUP_WIDTH * part.w) track.become(part);
      else if (!isAlike(track, part)) continue;
      track.seeAlone(part, step);
      lessons.learn(track, picture, step.dtS);
      lessons.teachPart(track, part);
    }
  }
}

function worthOf(track: Track, part: Sighting): number {
  const shared = sharedArea(track, edgesOf(part));
  const own = part.w * part.h;
  if (track.w > GROUP_WIDTH * part.w) {
    return shared > GROUP_SHARE_MIN * own ? GROUP_WORTH * shared / own : 0;
  }
  const overlap = shared / (own + track.w * track.h - shared);
  return overlap > OVERLAP_MIN ? overlap : 0;
}

function isAlike(track: Track, part: Sighting): boolean {
  if (track.seenS < KNOWN_S) return true;
  return part.h > HEIGHT_RATIO_MIN * track.h && part.h < HEIGHT_RATIO_MAX * track.h &&
    part.w > WIDTH_RATIO_MIN * track.w && part.w < WIDTH_RATIO_MAX * track.w;
}
