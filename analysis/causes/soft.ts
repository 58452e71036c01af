/**
 * Regions with soft edges all round: something near the lens and out of focus, or a pool
 * of light on plain ground. A thing on the ground is as sharp as the scene behind it.
 * Which of the two it is, and whether it moves, is `light_motion.ts`.
 *
 * In the box of a disc of radius r that is brighter by P all over, the mean square of
 * gradients over two pixels is about .9 P^2 / r where its edge is sharp, and falls with the
 * width of the edge. Gradients of the scene that shine through are taken off by their best
 * gain (`texture.ts`), so
 *
 *   hardness = (mean (dF - a dB)^2 - 2 sigma^2) r / (.9 P^2)
 *
 * is 1 to 1.3 for a sharp plain thing, more for one with texture, .6 for an edge of five
 * pixels, and .1 to .5 where the edge is as wide as the radius (measured on drawn discs of
 * 8 to 22 pixels). Defocus as a cue of nearness: Pentland (1987).
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { RegionFinder } from "../regions.ts";
import type { Track } from "../tracking/track.ts";
import type { Cells } from "./cells.ts";
import { isSolid } from "./evidence.ts";

/** Smaller radii cannot be told soft from sharp, work pixels. */
const RADIUS_MIN = 6.5;
/** Softer than this, where the scene is sharp. */
const HARDNESS_MAX = 0.9;
/** … and where the picture's edge cuts it: its own edges may lie outside. */
const HARDNESS_CUT_MAX = 0.3;
/** Brighter than the model by this at least, mean of the region, grey levels. */
const LIFT_MIN = 10;
/** … in at least this part of it. */
const BRIGHT_SHARE = 0.85;
/** About so many points of a region are looked at. */
const POINTS = 500;
/** Around a region's box, as its edge goes on under the threshold. */
const MARGIN_PX = 3;
/** Mean square of gradients in the box of a sharp disc, times radius and contrast squared. */
const SHARP_DISC = 0.9;

/** What one region is like. */
export interface Softness {
  /** 1 sharp, towards 0 soft; Infinity when it cannot be told. */
  hardness: number;
  /** Mean of frame less model in it, grey levels. */
  lift: number;
}

/** Measures one region; `into` is filled. `sharpness` of the scene: `sceneSharpness`. */
export function measureSoftness(
  picture: ModelView,
  { regions, region, cells }: {
    readonly regions: RegionFinder;
    readonly region: number;
    readonly cells: Cells;
  },
  into: Softness,
): void {
  into.hardness = Infinity;
  into.lift = 0;
  const radius = Math.sqrt(regions.area[region]! / Math.PI);
  if (radius < RADIUS_MIN) return;
  const { y, backY, stride, width, height } = picture;
  const x0 = Math.max(0, regions.left[region]! - MARGIN_PX);
  const x1 = Math.min(width - 2, regions.right[region]! + MARGIN_PX);
  const y0 = Math.max(0, regions.top[region]! - MARGIN_PX);
  const y1 = Math.min(height - 2, regions.bottom[region]! + MARGIN_PX);
  const step = Math.max(1, Math.floor(Math.sqrt((x1 - x0) * (y1 - y0) / POINTS)));
  let ff = 0, bb = 0, fb = 0, n = 0;
  let lift = 0, bright = 0, inside = 0;
  for (let row = y0; row < y1; row += step) {
    regions.startRow(row);
    for (let x = x0; x < x1; x += step) {
      const label = regions.labelAt(x);
      if (label !== 0 && label !== region + 1) continue;
      const i = row * stride + x;
      if (label !== 0) {
        const d = y[i]! - backY[i]!;
        inside++;
        lift += d;
        bright += Number(d > 0);
      }
      const fx = y[i + 2]! - y[i]!;
      const bx = backY[i + 2]! - backY[i]!;
      const fy = y[i + 2 * stride]! - y[i]!;
      const by = backY[i + 2 * stride]! - backY[i]!;
      ff += fx * fx + fy * fy;
      bb += bx * bx + by * by;
      fb += fx * bx + fy * by;
      n += 2;
    }
  }
  if (inside === 0) return;
  into.lift = lift / inside;
  if (into.lift < LIFT_MIN || bright < BRIGHT_SHARE * inside) return;
  const own = (ff - (bb > 0 ? fb * fb / bb : 0)) / n - 2 * cells.sigma * cells.sigma;
  const sharp = SHARP_DISC * into.lift * into.lift / radius;
  into.hardness = Math.max(0, own) / sharp;
}

function isCut(
  { left, top, right, bottom }: RegionFinder,
  region: number,
  { width, height }: ModelView,
): boolean {
  return left[region] === 0 || top[region] === 0 || right[region]! >= width ||
    bottom[region]! >= height;
}

/** Edges of the model higher than this tell how sharp the picture is, grey levels. */
const EDGE_MIN = 40;
const EDGE_SPAN = 4;
const EDGES_MIN = 24;
/** Steepest pixel of a four pixel edge where the lens and the codec are good. */
const SHARP_PART = 0.5;

/**
 * How sharp the still scene is: 1 for one whose edges are two pixels wide or less, less
 * for a blurred one; 0 when it has no edges to tell by. Looks at every eighth row.
 */
export function sceneSharpness({ backY, stride, width, height }: ModelView): number {
  let sum = 0;
  let edges = 0;
  for (let row = 4; row < height; row += 8) {
    const from = row * stride;
    for (let i = from; i < from + width - EDGE_SPAN; i++) {
      const whole = Math.abs(backY[i + EDGE_SPAN]! - backY[i]!);
      if (whole < EDGE_MIN) continue;
      let steepest = 0;
      for (let k = 0; k < EDGE_SPAN; k++) {
        steepest = Math.max(steepest, Math.abs(backY[i + k + 1]! - backY[i + k]!));
      }
      sum += Math.min(1, steepest / whole);
      edges++;
      i += EDGE_SPAN - 1;
    }
  }
  if (edges < EDGES_MIN) return 0;
  return Math.min(1, sum / edges / SHARP_PART);
}

/** The scene's sharpness is looked up again after this time. */
const SHARPNESS_S = 4;
/** A soft region this far inside the box of a known moving thing is a part of it. */
const INSIDE_SHARE = 0.7;

/** Finds the soft regions of a frame and gives their cells to the field of light. */
export class SoftRegions {
  readonly #cells: Cells;
  readonly #softness: Softness = { hardness: Infinity, lift: 0 };
  #sharpness = 0;
  #agoS = Infinity;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** `take` is called for each soft region. */
  look(
    { picture, regions, tracks, dtS }: {
      readonly picture: ModelView;
      readonly regions: RegionFinder;
      readonly tracks: readonly Track[];
      readonly dtS: number;
    },
    take: (region: number) => void,
  ): void {
    this.#agoS += dtS;
    const softness = this.#softness;
    for (let region = 0; region < regions.count; region++) {
      if (regions.area[region]! < Math.PI * RADIUS_MIN * RADIUS_MIN) continue;
      if (this.#isKnown(regions, region, tracks)) continue;
      measureSoftness(picture, { regions, region, cells: this.#cells }, softness);
      const most = isCut(regions, region, picture) ? HARDNESS_CUT_MAX : HARDNESS_MAX;
      if (softness.hardness > most) continue;
      if (this.#agoS > SHARPNESS_S) {
        this.#agoS = 0;
        this.#sharpness = sceneSharpness(picture);
      }
      if (softness.hardness < most * this.#sharpness) take(region);
    }
  }

  #isKnown(regions: RegionFinder, region: number, tracks: readonly Track[]): boolean {
    const left = regions.left[region]!;
    const right = regions.right[region]!;
    const top = regions.top[region]!;
    const bottom = regions.bottom[region]!;
    const area = (right - left) * (bottom - top);
    for (const track of tracks) {
      if (!isSolid(track)) continue;
      const w = Math.min(right, track.right) - Math.max(left, track.left);
      const h = Math.min(bottom, track.foot) - Math.max(top, track.top);
      if (w > 0 && h > 0 && w * h > INSIDE_SHARE * area) return true;
    }
    return false;
  }
}
