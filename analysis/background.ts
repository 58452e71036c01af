/**
 * Tells what moves from what stays: one frame in, the mask of moving pixels out.
 * Knows the order of the passes and nothing of what they do (`kernels/`); knows
 * nothing of regions, tracks or time.
 *
 * The first learned frame fills the model, so the first masks are quiet; what stands
 * in the picture then counts as still until it leaves.
 * @module
 */
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import {
  absorbFrame,
  frameOf,
  groundOf,
  type Patch,
  putGround,
  type Shape,
  type WorkBox,
} from "./background_ground.ts";
import { restoreFrom, shiftModel, snapshotOf } from "./background_memory.ts";
import { type CellChanges, type Mark, type ModelView, viewOf } from "./foreground.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { GreyWatch } from "./grey_watch.ts";
import { followLight } from "./held_light.ts";
import { BASE_RADIUS, IGNORED, type Planes } from "./kernels/planes.ts";
import { LearningPace } from "./learning_pace.ts";
import type { SnapshotParts } from "./snapshot.ts";
import { workSize } from "./work_size.ts";

export interface Look {
  /** False: show, do not learn (doubtful frames). */
  readonly learn: boolean;
}

export interface BackgroundStep extends Look {
  /** Seconds since the last frame; a 25th unless told. */
  readonly dtS?: number;
}

const USUAL_DT_S = 0.04;
/** Between two looks for left-over outlines. */
const GHOST_PERIOD_MS = 160;
/** In the first seconds all who were there leave ghosts. */
const GHOST_PERIOD_WARM_UP_MS = 80;
/**
 * More foreground than this part of the picture for as long as this is no motion but a
 * new scene: the camera was turned, or went over to infrared. Then the model starts
 * again; pixels under foreground are never learned, so it would not come to rest.
 */
const NEW_SCENE_PART = 0.6;
const NEW_SCENE_MS = 2_080;
/** In place of `BASE_RADIUS` where there is no chroma: cdnet_highway .944 -> .958 in grey. */
const GREY_RADIUS = 7;

export class BackgroundModel {
  readonly #format: FrameFormat;
  readonly #kernels: Kernels;
  readonly #planes: Planes;
  readonly #divisor: number;
  readonly #view: ModelView;
  readonly #changes: CellChanges;
  readonly #pace = new LearningPace();
  readonly #grey = new GreyWatch();
  /** As asked for; the usual radius everywhere unless it was. */
  #base: Uint8Array | undefined;
  #frameMs = 0;
  #framesSeen = 0;
  #explained = 0;
  #ghostMs = 0;
  #newSceneMs = 0;

  constructor(format: FrameFormat, kernels: Kernels) {
    const work = workSize(format.width, format.height);
    this.#format = format;
    this.#kernels = kernels;
    this.#divisor = work.divisor;
    this.#planes = kernels.allocate(work);
    this.#view = viewOf(this.#planes, kernels);
    const { cellChange, cellBrighter } = this.#planes;
    this.#changes = { change: cellChange, brighter: cellBrighter };
  }

  /** What the model knows of every pixel: views that the next look overwrites. */
  get view(): ModelView {
    return this.#view;
  }

  /**
   * Sets the match radius of every pixel, `IGNORED` where nothing is ever foreground.
   * @param base width * height of the size worked at, without padding
   */
  setBase(base: Uint8Array): void {
    this.#base = base.slice();
    this.#writeBase();
  }

  /** Without chroma two of three differences are nothing: the radius is as much less. */
  #writeBase(): void {
    const { width, height, stride, origin, base } = this.#planes;
    const asked = this.#base;
    for (let row = 0; row < height; row++) {
      const start = origin + row * stride;
      for (let column = 0; column < width; column++) {
        const radius = asked ? asked[row * width + column]! : BASE_RADIUS;
        const less = this.#grey.grey && radius !== IGNORED;
        base[start + column] = less
          ? Math.round((radius * GREY_RADIUS) / BASE_RADIUS)
          : radius;
      }
    }
  }

  /** Frames given to `look()`, learned or not. */
  get framesSeen(): number {
    return this.#framesSeen;
  }

  /** Where frames may be put, one after the other, so that `look()` need not copy them. */
  frameBuffer(): Uint8Array {
    return this.#kernels.frameBuffer(this.#planes, frameBytes(this.#format));
  }

  /** Changes of the frame of the last look since the frame of the last call. */
  sumChanges(least: number): CellChanges {
    this.#kernels.sumChanges(this.#planes, least);
    return this.#changes;
  }

  /** `look()`, then `learn()` where it may. */
  step(pixels: Uint8Array, how: BackgroundStep, mark?: Mark): ModelView {
    const view = this.look(pixels, how, mark);
    if (how.learn) this.learn(how.dtS ?? USUAL_DT_S);
    return view;
  }

  /**
   * One yuv420p frame in, the foreground at work size out: views that the next look
   * overwrites. Without `learn` the model is as if the frame had never come; before
   * the first learned frame there is nothing to compare with and nothing moves.
   */
  look(pixels: Uint8Array, how: Look, mark?: Mark): ModelView {
    const kernels = this.#kernels;
    const planes = this.#planes;
    const { turn } = this.#pace;
    this.#framesSeen++;
    this.#explained = 0;
    kernels.load(planes, pixels, this.#format, this.#divisor);
    mark?.("load");
    if (how.learn && turn === 0) this.#grey.restart();
    if (how.learn && this.#grey.step(this.#view, this.#frameMs)) this.#writeBase();
    if (how.learn && turn === 0) kernels.seed(planes);
    else if (how.learn) this.#explained = kernels.compensate(planes, turn);
    const compares = turn > 0 || how.learn;
    if (compares) {
      kernels.match(planes);
      // Without colour nothing tells a shadow from dark clothes.
      if (this.#grey.grey) planes.shadow.fill(0);
      else kernels.findShadows(planes);
    }
    mark?.("model");
    if (compares) {
      kernels.dropShadows(planes);
      kernels.vote(planes);
      kernels.fillHoles(planes);
    }
    mark?.("clean");
    return this.#view;
  }

  /**
   * Takes the frame of the last look into the model, which must have been allowed to
   * learn. Nothing changes where the view's `hold` is set.
   * @param dtS seconds since the frame before it
   * @param known the scene is known to be the same, however much covers it
   * @returns true when it is another scene: the model begins anew with the next frame
   */
  learn(dtS: number, known = false): boolean {
    const kernels = this.#kernels;
    const planes = this.#planes;
    const ms = Math.round(1_000 * dtS);
    this.#frameMs = ms;
    this.#ghostMs += ms;
    const period = this.warmsUp ? GHOST_PERIOD_WARM_UP_MS : GHOST_PERIOD_MS;
    if (this.#ghostMs >= period) this.#releaseGhosts();
    if (known) this.#newSceneMs = 0;
    kernels.adapt(planes);
    kernels.learn(planes, this.#pace);
    this.#pace.pass(ms);
    const isOther = this.#newSceneMs >= NEW_SCENE_MS;
    if (isOther) this.restart();
    return isOther;
  }

  /** The next learned frame fills the model: another scene. */
  restart(): void {
    this.#planes.mask.fill(0);
    this.#planes.maskBefore.fill(0);
    this.#ghostMs = 0;
    this.#newSceneMs = 0;
    this.#pace.restart();
  }

  /** True in the first seconds of a scene. */
  get warmsUp(): boolean {
    return this.#pace.warmsUp;
  }

  /** The means of the still scene in a box: may be kept, and put back. */
  groundOf(box: WorkBox): Patch {
    return groundOf(this.#planes, box);
  }

  /** The frame of the last look in a box. */
  frameOf(box: WorkBox): Patch {
    return frameOf(this.#planes, box);
  }

  /** Takes the frame into the model at once, in a box or the part of it that `shape` says. */
  absorb(box: WorkBox, shape?: Shape): void {
    absorbFrame(this.#planes, box, shape);
  }

  /** Puts remembered ground back into the model. */
  putGround(patch: Patch, shape?: Shape): void {
    putGround(this.#planes, patch, shape);
  }

  /** Lets ground that is held in a box follow the light: `held_light.ts`. */
  followLight(box: WorkBox): void {
    followLight(this.#planes, box);
  }

  /** Moves the model by whole work pixels: the camera was turned a little. */
  shiftBy(dx: number, dy: number): void {
    shiftModel(this.#planes, dx, dy);
  }

  /** The model as bytes, for `restore()` of a model of the same format. */
  snapshot(): SnapshotParts {
    const { turn, ageMs } = this.#pace;
    return snapshotOf(this.#planes, { turn, ageMs, ghostMs: this.#ghostMs });
  }

  /** Goes on from a snapshot; false, and nothing is changed, when it does not fit. */
  restore(bytes: Uint8Array): boolean {
    const age = restoreFrom(this.#planes, bytes);
    if (age === undefined) return false;
    this.#ghostMs = age.ghostMs;
    this.#newSceneMs = 0;
    this.#pace.resume(age);
    this.#grey.restart();
    return true;
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
    const { mask, stride } = this.#view;
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

  #releaseGhosts(): void {
    const planes = this.#planes;
    const pixels = this.#kernels.releaseGhosts(planes);
    const isNew = pixels > NEW_SCENE_PART * planes.width * planes.height;
    this.#newSceneMs = isNew ? this.#newSceneMs + this.#ghostMs : 0;
    this.#ghostMs = 0;
  }
}
