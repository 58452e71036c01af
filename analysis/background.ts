/**
 * Tells what moves from what stays: one frame in, the mask of moving pixels out.
 * Knows the order of the passes and nothing of what they do (`kernels/`); knows
 * nothing of regions, tracks or time.
 *
 * The first learned frame fills the model, so the first masks are quiet; what stands
 * in the picture then counts as still until it leaves.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { Foreground, Mark } from "./foreground.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Planes } from "./kernels/planes.ts";
import { workSize } from "./work_size.ts";

export interface BackgroundStep {
  /** False: show, do not learn (doubtful frames). */
  readonly learn: boolean;
}

/** Frames between two looks for left-over outlines. */
const GHOST_PERIOD = 4;
/**
 * More foreground than this part of the picture, look after look, is no motion but a
 * new scene: the camera was turned, or went over to infrared. Then the model starts
 * again; pixels under foreground are never learned, so it would not come to rest.
 */
const NEW_SCENE_PART = 0.6;
/** Looks, `GHOST_PERIOD` frames apart: about five seconds at ten frames a second. */
const NEW_SCENE_LOOKS = 13;

export class BackgroundModel {
  readonly #format: FrameFormat;
  readonly #kernels: Kernels;
  readonly #planes: Planes;
  readonly #divisor: number;
  readonly #foreground: Foreground;
  #framesSeen = 0;
  #explained = 0;
  /** Frames learned since the model was started. */
  #turn = 0;
  #looksAtNewScene = 0;

  constructor(format: FrameFormat, kernels: Kernels) {
    const work = workSize(format.width, format.height);
    this.#format = format;
    this.#kernels = kernels;
    this.#divisor = work.divisor;
    this.#planes = kernels.allocate(work);
    this.#foreground = viewOf(this.#planes);
  }

  /** Frames given to `step()`, learned or not. */
  get framesSeen(): number {
    return this.#framesSeen;
  }

  /**
   * One yuv420p frame in, the foreground at work size out: views that the next step
   * overwrites. Without `learn` the model is as if the frame had never come; before
   * the first learned frame there is nothing to compare with and nothing moves.
   */
  step(pixels: Uint8Array, how: BackgroundStep, mark?: Mark): Foreground {
    const kernels = this.#kernels;
    const planes = this.#planes;
    this.#framesSeen++;
    this.#explained = 0;
    kernels.load(planes, pixels, this.#format, this.#divisor);
    mark?.("load");
    if (how.learn && this.#turn === 0) kernels.seed(planes);
    else if (how.learn) this.#explained = kernels.compensate(planes, this.#turn);
    const compares = this.#turn > 0 || how.learn;
    if (compares) {
      kernels.match(planes);
      kernels.findShadows(planes);
    }
    mark?.("model");
    if (compares) {
      kernels.dropShadows(planes);
      kernels.vote(planes);
      kernels.fillHoles(planes);
    }
    if (how.learn) this.#learn();
    mark?.("clean");
    return this.#foreground;
  }

  /**
   * The part of the still points of the last frame that a change of light or gain
   * explains, 0..1; 0 when there was none.
   */
  get lightExplains(): number {
    return this.#explained;
  }

  /** Writes the mask at the frame's own size, 0 or 255, width * height bytes. */
  writeMask(into: Uint8Array): void {
    const { width, height } = this.#format;
    const { mask, stride } = this.#foreground;
    const lastColumn = this.#planes.width - 1;
    const lastRow = this.#planes.height - 1;
    for (let row = 0; row < height; row++) {
      const from = Math.min(lastRow, Math.floor(row / this.#divisor)) * stride;
      for (let column = 0; column < width; column++) {
        const at = Math.min(lastColumn, Math.floor(column / this.#divisor));
        into[row * width + column] = mask[from + at]!;
      }
    }
  }

  #learn(): void {
    const kernels = this.#kernels;
    const planes = this.#planes;
    if (this.#turn % GHOST_PERIOD === GHOST_PERIOD - 1) {
      const pixels = kernels.releaseGhosts(planes);
      const isNew = pixels > NEW_SCENE_PART * planes.width * planes.height;
      this.#looksAtNewScene = isNew ? this.#looksAtNewScene + 1 : 0;
    }
    kernels.adapt(planes);
    kernels.learn(planes, this.#turn);
    this.#turn++;
    if (this.#looksAtNewScene === NEW_SCENE_LOOKS) this.#startAgain();
  }

  /** The next learned frame fills the model. */
  #startAgain(): void {
    this.#planes.mask.fill(0);
    this.#looksAtNewScene = 0;
    this.#turn = 0;
  }
}

function viewOf(planes: Planes): Foreground {
  const { width, height, stride, origin, count } = planes;
  const inside = (plane: Uint8Array) => plane.subarray(origin, origin + count);
  return {
    width,
    height,
    stride,
    mask: inside(planes.mask),
    y: inside(planes.y),
    u: inside(planes.u),
    v: inside(planes.v),
  };
}
