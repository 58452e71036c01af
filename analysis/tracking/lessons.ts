/**
 * What tracks teach: each its own look, and people seen alone how large people are.
 * Decides who is fit to teach; what is made of it is `template.ts` and `size_model.ts`.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import { makePatch, samplePatch } from "./patch.ts";
import type { Sighting } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";
import type { Track } from "./track.ts";

/** People who teach the size model: seen alone, upright, not cut by the edge. */
const UPRIGHT_MIN = 0.2;
const UPRIGHT_MAX = 0.75;
/** A part of a group teaches only if it is no wider than this. */
const PART_ASPECT_MAX = 0.65;
const HEIGHT_PX_MIN = 10;
const SEEN_S_MIN = 0.6;

export class Lessons {
  readonly #sizes: SizeModel;
  readonly #patch = makePatch();

  constructor(sizes: SizeModel) {
    this.#sizes = sizes;
  }

  /** What is in the track's box now is how it looks. */
  learn(track: Track, picture: Foreground, dtS: number): void {
    samplePatch(this.#patch, picture, track);
    track.template.learn(this.#patch, dtS);
  }

  /** Something seen alone. */
  teach(track: Track, seen: Sighting): void {
    if (track.claims !== 1 || !isFit(track, seen) || seen.h <= HEIGHT_PX_MIN) return;
    const aspect = seen.w / seen.h;
    if (aspect <= UPRIGHT_MIN || aspect >= UPRIGHT_MAX) this.#sizes.addOther();
    else this.#sizes.add(seen, track.serial);
  }

  /** One of several in a region. */
  teachPart(track: Track, part: Sighting): void {
    const aspect = part.w / part.h;
    if (!isFit(track, part) || aspect <= UPRIGHT_MIN || aspect >= PART_ASPECT_MAX) return;
    this.#sizes.add(part, track.serial);
  }
}

function isFit(track: Track, seen: Sighting): boolean {
  return track.seenS >= SEEN_S_MIN - 1e-6 && !seen.cut;
}
