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
const ALIKE_MAX = 1.1;
/** A car comes into the picture within this time. */
const ENTERING_S = 1.5;
/** … and is whole on one axis, where it grows by less than this from frame to frame, … */
const GROWN_MAX = 1.25;
/** … and holds this share of the pixels in its box. */
const HELD_SHARE_MIN = 0.3;
/** A side is looked for this near to where it is expected. */
const REACH_PX = 3;
const REACH_SHARE = 0.15;
const ENTERING_REACH_SHARE = 0.6;
/** A side this near to the picture's edge is cut by it. */
const EDGE_PX = 2;

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

  /** Where a wide track is in what nearer objects leave; undefined if too little is left. */
  find(track: Track, free: Mask): Sighting | undefined {
    const left = this.#left;
    left.find(free);
    const component = this.#mostIn(track);
    if (component < 0) return undefined;
    const seen = sightingOf(coverOf(left, component), this.#shape);
    if (isPiece(track)) return seen;
    const alike = Math.max(seen.w / track.w, track.w / seen.w) < ALIKE_MAX &&
      Math.max(seen.h / track.h, track.h / seen.h) < ALIKE_MAX;
    return alike ? seen : this.#findSides(track, component);
  }

  /**
   * By those of its four sides that are to be seen: where the component ends near where
   * the side is expected. A side that the component goes beyond is somebody else's, and
   * one far inside is hidden: both lie where its size puts them.
   */
  #findSides(track: Track, component: number): Sighting | undefined {
    const { width, height } = this.#shape;
    const { left, right, top, foot } = track;
    const grows = track.cut && track.soloS < ENTERING_S;
    const across = axisOf({ from: left, to: right }, width, grows);
    const upright = axisOf({ from: top, to: foot }, height, grows);
    const cover = this.#coverNear(component, across, upright);
    if (cover.area < HELD_SHARE_MIN * track.area) return undefined;
    const x = sidesOf(across, { from: cover.left, to: cover.right });
    const y = sidesOf(upright, { from: cover.top, to: cover.bottom });
    const area = Math.max(cover.area, track.area);
    const box = { left: x.from, right: x.to, top: y.from, bottom: y.to, area };
    return sightingOf(box, this.#shape);
  }

  /** The component's bounds within reach of where the track is expected. */
  #coverNear(component: number, across: Axis, upright: Axis): Cover {
    const { width, height } = this.#shape;
    const { labels } = this.#left;
    const x0 = Math.max(0, Math.floor(across.from - across.reach));
    const x1 = Math.min(width, Math.ceil(across.to + across.reach));
    const y0 = Math.max(0, Math.floor(upright.from - upright.reach));
    const y1 = Math.min(height, Math.ceil(upright.to + upright.reach));
    const cover = { left: x1, right: x0, top: y1, bottom: y0, area: 0 };
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        if (labels[y * width + x] !== component + 1) continue;
        cover.left = Math.min(cover.left, x);
        cover.right = Math.max(cover.right, x + 1);
        cover.top = Math.min(cover.top, y);
        cover.bottom = y + 1;
        cover.area++;
      }
    }
    return cover;
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

/** Where a box begins and ends on one axis. */
interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Where a track is expected on one axis of the picture. */
interface Axis extends Extent {
  /** The picture ends here. */
  readonly end: number;
  /** How far from where it is expected a side is looked for. */
  readonly reach: number;
  /** It may come over this end of the axis, and show more of itself in each frame. */
  readonly entersFrom: boolean;
  readonly entersTo: boolean;
}

function axisOf({ from, to }: Extent, end: number, grows: boolean): Axis {
  const entering = REACH_PX + ENTERING_REACH_SHARE * (to - from);
  const entersFrom = grows && from <= entering;
  const entersTo = grows && to >= end - entering;
  const reach = entersFrom || entersTo ? entering : REACH_PX + REACH_SHARE * (to - from);
  return { from, to, end, reach, entersFrom, entersTo };
}

function sidesOf(expected: Axis, seen: Extent): Extent {
  const length = expected.to - expected.from;
  const offFrom = Math.abs(seen.from - expected.from);
  const offTo = Math.abs(seen.to - expected.to);
  const isFrom = offFrom < expected.reach;
  const isTo = offTo < expected.reach;
  if (expected.entersFrom && seen.from <= EDGE_PX) {
    return { from: 0, to: isTo ? seen.to : expected.to };
  }
  if (expected.entersTo && seen.to >= expected.end - EDGE_PX) {
    return { from: isFrom ? seen.from : expected.from, to: expected.end };
  }
  if (isFrom && (!isTo || offFrom < offTo)) {
    return { from: seen.from, to: seen.from + length };
  }
  return isTo ? { from: seen.to - length, to: seen.to } : expected;
}

/**
 * The picture's edge still cuts it: it may show more of itself than before, but not on
 * the axis on which it is whole.
 */
export function isEntering(track: Track, seen: Sighting): boolean {
  if (!track.isWide || track.soloS >= ENTERING_S || !track.cut || !seen.cut) return false;
  if (track.soloS < PIECE_SOLO_S) return true;
  return (seen.cutAcross ?? true) || seen.w < GROWN_MAX * track.w
    ? (seen.cutUpright ?? true) || seen.h < GROWN_MAX * track.h
    : false;
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
