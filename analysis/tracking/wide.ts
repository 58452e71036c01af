/**
 * Wide things among people: which regions show one, which tracks are only pieces of it,
 * and where it is when it shares its region with others.
 * Judges and finds; moving the tracks is `tracker.ts`.
 * @module
 */
import { type Mask, type PlaneShape, RegionFinder, REGIONS_MAX } from "../regions.ts";
import { type Association, claimOf } from "./association.ts";
import { HeadFinder, isRow } from "./heads.ts";
import { type Cover, type Sighting, sightingOf } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";
import type { Track } from "./track.ts";

/** From this wideness on a track may turn out to be wide. */
const WIDENING_MIN = 0.2;
/** A track seen alone for less is a piece of the wide thing that it is found in. */
const PIECE_SOLO_S = 0.4;
/** What is left of a shared region is the wide thing if it is this near in size, … */
const ALIKE_MAX = 1.3;
/** A car comes into the picture within this time. */
const ENTERING_S = 1.5;
/** … and holds this share of the pixels in its box. */
const HELD_SHARE_MIN = 0.3;

export class WideThings {
  /** 1 for each region that shows one thing wider than a person. */
  readonly shown = new Uint8Array(REGIONS_MAX);
  readonly #widening = new Uint8Array(REGIONS_MAX);
  readonly #shape: PlaneShape;
  readonly #left: RegionFinder;
  readonly #heads = new HeadFinder();
  readonly #pixels = new Int32Array(REGIONS_MAX + 1);

  constructor(shape: PlaneShape, areaMin: number) {
    this.#shape = shape;
    this.#left = new RegionFinder(shape, { areaMin, runMin: 2 });
  }

  /** Judges the regions; nothing is wide before it is known how wide people are. */
  look(regions: RegionFinder, sizes: SizeModel): void {
    this.shown.fill(0, 0, regions.count);
    if (!sizes.valid) return;
    const { width } = this.#shape;
    for (let region = 0; region < regions.count; region++) {
      const seen = sightingOf(coverOf(regions, region), this.#shape);
      if (!sizes.isWide(seen, seen.cut)) continue;
      const person = sizes.personAt(seen.foot);
      const valleys = this.#heads.valleysOf(regions, { region, person, width });
      if (!isRow(valleys.length, seen.w, person)) this.shown[region] = 1;
    }
  }

  /** Marks the wide regions of tracks that are on the way to be known as wide. */
  widening(tracks: readonly Track[]): Uint8Array {
    const marked = this.#widening;
    marked.fill(0);
    for (const track of tracks) {
      if (track.wideness < WIDENING_MIN || track.claims !== 1) continue;
      const region = track.claimRegion[0]!;
      marked[region] = this.shown[region]!;
    }
    return marked;
  }

  /** Of pieces in one wide thing the largest stays, or none if it is known already. */
  dropPieces(
    tracks: readonly Track[],
    regions: RegionFinder,
    association: Association,
  ): void {
    for (let region = 0; region < regions.count; region++) {
      if (this.shown[region] === 0 || association.owners[region]! < 2) continue;
      const owners = tracks.filter((track) => claimOf(track, region) >= 0);
      const isKnown = owners.some((track) => track.isWide && !isPiece(track));
      const pieces = owners.filter(isPiece).sort((a, b) => b.area - a.area);
      for (const piece of isKnown ? pieces : pieces.slice(1)) piece.discarded = true;
    }
    association.recount(tracks, regions);
  }

  /** Where a wide track is in what nearer objects leave; undefined if that fits it badly. */
  find(track: Track, free: Mask): Sighting | undefined {
    const left = this.#left;
    left.find(free);
    const component = this.#mostIn(track);
    if (component < 0) return undefined;
    const seen = sightingOf(coverOf(left, component), this.#shape);
    const alike = Math.max(seen.w / track.w, track.w / seen.w) < ALIKE_MAX &&
      Math.max(seen.h / track.h, track.h / seen.h) < ALIKE_MAX;
    return alike || isPiece(track) || isEntering(track, seen) ? seen : undefined;
  }

  /** The component with most pixels in the track's box, or -1. */
  #mostIn(track: Track): number {
    const { width, height } = this.#shape;
    const { count } = this.#left;
    const x0 = Math.max(0, Math.floor(track.left));
    const x1 = Math.min(width, Math.ceil(track.right));
    const y1 = Math.min(height, Math.ceil(track.foot));
    const y0 = Math.max(0, Math.floor(track.top));
    this.#pixels.fill(0, 0, count + 1);
    const box = { left: x0, top: y0, right: x1, bottom: y1 };
    this.#left.countLabels(box, 1, this.#pixels);
    let most = 0;
    let best = -1;
    for (let component = 0; component < count; component++) {
      if (this.#pixels[component + 1]! <= most) continue;
      most = this.#pixels[component + 1]!;
      best = component;
    }
    return most >= HELD_SHARE_MIN * Math.min(track.area, this.#left.area[best] ?? 0)
      ? best
      : -1;
  }
}

/** The picture's edge still cuts it: it may show more of itself than before. */
export function isEntering(track: Track, seen: Sighting): boolean {
  return track.isWide && track.soloS < ENTERING_S && track.cut && seen.cut;
}

function isPiece(track: Track): boolean {
  return track.soloS < PIECE_SOLO_S - 1e-6;
}

function coverOf(regions: RegionFinder, region: number): Cover {
  return {
    left: regions.left[region]!,
    top: regions.top[region]!,
    right: regions.right[region]!,
    bottom: regions.bottom[region]!,
    area: regions.area[region]!,
  };
}
