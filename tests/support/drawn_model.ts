/**
 * A still scene with texture, and frames of it under another light or with things in it,
 * as the background model would show them: for tests of what causes are found.
 * @module
 */
import { type ModelView, viewOf } from "../../analysis/foreground.ts";
import { kernelsTs } from "../../analysis/kernels/kernels_ts.ts";
import type { Planes } from "../../analysis/kernels/planes.ts";
import { RegionFinder } from "../../analysis/regions.ts";
import type { PictureSize } from "./drawn_boxes.ts";

/** Luma of a place, work pixels. */
export type Luma = (x: number, y: number) => number;

/** Unlike the model by more than this is raw, as at the usual sensitivity. */
const UNLIKE = 12;

/** Texture of about ten grey levels that looks alike nowhere: a hash of the place. */
export function gravel(x: number, y: number): number {
  const mixed = Math.imul(x * 374_761 + y * 668_265 + 7, 1_274_126_177) >>> 0;
  return 90 + (mixed % 40);
}

/** Plain ground. */
export function plain(): number {
  return 110;
}

export class DrawnModel {
  readonly planes: Planes;
  readonly view: ModelView;
  readonly regions: RegionFinder;
  readonly #scene: Luma;

  constructor(size: PictureSize, scene: Luma) {
    this.planes = kernelsTs.allocate({ ...size, divisor: 1 });
    this.view = viewOf(this.planes, kernelsTs);
    this.regions = new RegionFinder(size, { areaMin: 12, runMin: 1 });
    this.#scene = scene;
    const { meanU, meanV } = this.view;
    meanU.fill(128 << 8);
    meanV.fill(128 << 8);
    this.#each((x, y, i) => this.view.backY[i] = scene(x, y));
    this.show(scene);
  }

  /** A frame: its luma, the mask of what is unlike the scene, and its regions. */
  show(frame: Luma): void {
    const { y, u, v, backY, raw, mask, shadow } = this.view;
    u.fill(128);
    v.fill(128);
    shadow.fill(0);
    this.#each((column, row, i) => {
      y[i] = Math.max(0, Math.min(255, Math.round(frame(column, row))));
      raw[i] = Math.abs(y[i]! - backY[i]!) >= UNLIKE ? 255 : 0;
      mask[i] = raw[i]!;
    });
    this.regions.find(this.view);
  }

  /** The scene's own luma. */
  still(x: number, y: number): number {
    return this.#scene(x, y);
  }

  /** Pixels set in the mask within a box. */
  moving(left: number, top: number, right: number, bottom: number): number {
    let set = 0;
    this.#each((x, y, i) => {
      const inside = x >= left && x < right && y >= top && y < bottom;
      if (inside && this.view.mask[i] !== 0) set++;
    });
    return set;
  }

  #each(visit: (x: number, y: number, i: number) => void): void {
    const { width, height, stride } = this.view;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) visit(x, y, y * stride + x);
    }
  }
}
