/**
 * What kind of thing a track is that is seen alone: one thing wider than a person, or
 * two people taken for one. Judges over time; moves nothing.
 * @module
 */
import type { PlaneShape, RegionFinder } from "../regions.ts";
import { settle } from "../time_step.ts";
import { HeadFinder, isRow } from "./heads.ts";
import { PeopleFinder } from "./people.ts";
import type { Sighting } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";
import type { Step, Track } from "./track.ts";

/** Whether a track is a car or a person is judged over this time. */
const WIDENESS_SETTLE_S = 0.4;
/** A thing seen alone as wide for this long stays wide. */
const KIND_SETTLED_S = 1;

/** A person's region this many times wider than a person that shows two heads … */
const PAIR_WIDTH = 1.2;
/** … for this long is two people; after this long it is one who looks like it. */
const PAIR_S = 0.5;
const PAIR_MAX_S = 3;

/** Without a size model: a region at least so wide that shows people … */
const ROW_ASPECT_MIN = 0.5;
/** … for this long is several; sooner while the track is hardly known. */
const ROW_S = 0.15;
const ROW_NEW_S = 0.07;
const ROW_KNOWN_S = 0.5;

export class Kind {
  readonly #shape: PlaneShape;
  readonly #regions: RegionFinder;
  readonly #people: PeopleFinder;
  readonly #heads = new HeadFinder();

  constructor(shape: PlaneShape, regions: RegionFinder) {
    this.#shape = shape;
    this.#regions = regions;
    this.#people = new PeopleFinder(shape);
  }

  /** One thing, and wider than a person. */
  judgeWidth(track: Track, seen: Sighting, { dtS, sizes }: Step): void {
    if (!sizes.valid) return;
    if (track.isWide && (seen.cut || track.soloS > KIND_SETTLED_S)) return;
    const may = track.isWide ||
      ((track.cut || sizes.isWide(track)) && !this.#showsHeads(track, seen, sizes));
    const wide = may && sizes.isWide(seen, seen.cut);
    track.wideness += settle(dtS, WIDENESS_SETTLE_S) * (Number(wide) - track.wideness);
  }

  /** Two heads where one is followed: it is looked for among two. */
  isPair(track: Track, seen: Sighting, { sizes, dtS }: Step): boolean {
    if (!sizes.valid) return this.#isRowOfPeople(track, seen, dtS, sizes);
    if (track.isWide || seen.w < PAIR_WIDTH * sizes.widthAt(seen.foot)) {
      track.pairS = 0;
      return false;
    }
    track.pairS = this.#showsHeads(track, seen, sizes)
      ? track.pairS + dtS
      : Math.max(0, track.pairS - dtS);
    return track.pairS > PAIR_S && track.pairS < PAIR_MAX_S;
  }

  /** Before the size of people is known: several upright parts with heads. */
  #isRowOfPeople(track: Track, seen: Sighting, dtS: number, sizes: SizeModel): boolean {
    if (track.claims !== 1 || seen.w < ROW_ASPECT_MIN * seen.h) {
      track.pairS = 0;
      return false;
    }
    track.pairS = this.#people.find(this.#regions, track.claimRegion[0]!, sizes) > 1
      ? track.pairS + dtS
      : Math.max(0, track.pairS - dtS);
    return track.pairS > (track.soloS < ROW_KNOWN_S ? ROW_NEW_S : ROW_S);
  }

  #showsHeads(track: Track, { foot }: Sighting, sizes: SizeModel): boolean {
    const person = sizes.personAt(foot);
    const regions = this.#regions;
    const { width } = this.#shape;
    for (let claim = 0; claim < track.claims; claim++) {
      const region = track.claimRegion[claim]!;
      const valleys = this.#heads.valleysOf(regions, { region, person, width });
      const w = regions.right[region]! - regions.left[region]!;
      if (isRow(valleys.length, w, person)) return true;
    }
    return false;
  }
}
