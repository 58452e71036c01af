/**
 * Follows the cells that one kind of light change explains, brighter or darker, and says
 * whether the light stays where it came (a lamp, a cloud's edge, a patch of sun) or moves
 * on and leaves what it lit as it was before (a beam, a shadow).
 * Finds no light: that is `light_field.ts`.
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import type { ModelView } from "../foreground.ts";
import type { Texture } from "./texture.ts";
import { fixed } from "../dsl/fixed.ts";

/** Cells together before it counts as light at all; and as a share of the picture. */
const CELLS_MIN = 4;
const PART_MIN = 0.004;
/** It must last this long. */
const ONSET_S = 0.3;
/** Without any cell for this long it is over. */
const OVER_S = 1;
/** Nothing of it is learned for as long, unless it is known to stay. */
const HOLD_MAX_S = 12;
/** Light that has not moved on by then stays. */
const STAYS_AFTER_S = 1.5;
/** Light that grows on and on from somewhere is waited for no longer than this. */
const GROWS_UNTIL_S = 6;
/** Moved: its middle went this far, in its own radius, and at least so many cells. */
const WAY_RADII = 0.6;
const WAY_CELLS = 2;
/** … and of the cells that it lit this share is as it was before. */
const BACK_SHARE = 0.2;
const BACK_MIN = 3;
/** … and it lit so many times as many cells in all as at once: what only flares up does not. */
const SWEPT = 1.15;
/** As before: this share of the change or less is left. */
const BACK_LEFT = 0.5;

/** Mean square of the model's gradients under it to tell anything by. */
const TEXTURE_PER_SAMPLE = 4;
/** Gradients of the frame against the model's: light leaves them as strong or stronger. */
const VEIL_GAIN = 0.85;
/** Less of them left, and it is no veil. */
const LEAST_GAIN = 0.06;

/** Up and down against its way along. */
const LEVEL_SHARE = 0.2;
const LEVEL_CELLS = 1.5;

/** What the light does. */
export type LightWay = "unsure" | "stays" | "moves";

export class LightMotion {
  /** `unsure` until it is known. */
  way: LightWay = "unsure";
  /** What was decided last. */
  told: LightWay = "unsure";
  /** True while there is light of this kind. */
  present = false;
  /** How clear that is, 0..1. */
  score = 0;
  readonly #cells: Cells;
  /** Per cell: set in this frame, part of the light since its onset, frames off. */
  readonly #on: Uint8Array;
  readonly #was: Uint8Array;
  readonly #before: Uint8Array;
  readonly #change: Int16Array;
  #sumX = 0;
  #sumY = 0;
  #count = 0;
  #lastS = 0;
  #offS = 0;
  #entered = 0;
  #back = 0;
  #startX = 0;
  #startY = 0;
  #farthest = 0;
  #radius = 1;
  #peak = 0;
  #left = Infinity;
  #right = -Infinity;
  #top = Infinity;
  #bottom = -Infinity;
  #both = 0;
  #model = 0;
  #samples = 0;

  constructor(cells: Cells) {
    this.#cells = cells;
    this.#on = new Uint8Array(cells.count);
    this.#was = new Uint8Array(cells.count);
    this.#before = new Uint8Array(cells.count);
    this.#change = new Int16Array(cells.count);
  }

  /** Begins a frame. */
  open(): void {
    if (this.#count > 0) this.#on.fill(0);
    this.#count = 0;
    this.#sumX = 0;
    this.#sumY = 0;
  }

  /**
   * True when the scene's texture is paler in it than without it, though it is brighter:
   * something half clear before the lens. Light makes texture stronger. Undefined when
   * there was no texture to tell by.
   */
  get veiled(): boolean | undefined {
    if (this.#model < TEXTURE_PER_SAMPLE * this.#samples || this.#samples === 0) {
      return undefined;
    }
    return this.#both < VEIL_GAIN * this.#model;
  }

  /** True when what is seen in it has nothing of the scene's texture: no light. */
  get hidesAll(): boolean {
    return this.veiled === true && this.#both < LEAST_GAIN * this.#model;
  }

  /** Picture widths a second, from one end of its way to the other. */
  get speed(): number {
    const way = Math.max(this.#right - this.#left, this.#bottom - this.#top);
    return Math.max(0, way) / this.#cells.columns / Math.max(ONSET_S, this.#lastS);
  }

  /** The largest part of the picture that it lit at once, 0..1. */
  get size(): number {
    return this.#peak / this.#cells.count;
  }

  /** True when it keeps its height: it goes along the ground, or does not go at all. */
  get isLevel(): boolean {
    const across = Math.max(0, this.#right - this.#left);
    return this.#bottom - this.#top < Math.max(LEVEL_CELLS, LEVEL_SHARE * across);
  }

  /** A cell that is lit so in this frame. */
  add(cell: number, texture: Texture): void {
    const front = texture.front[cell]!;
    const back = texture.back[cell]!;
    this.#both += texture.both[cell]!;
    this.#model += texture.model[cell]!;
    this.#samples += texture.samples[cell]!;
    this.#on[cell] = 1;
    this.#count++;
    this.#sumX += cell % this.#cells.columns;
    this.#sumY += (cell / this.#cells.columns) | 0;
    if (this.#was[cell] === 0) {
      this.#was[cell] = 1;
      this.#entered++;
      this.#before[cell] = back;
      this.#change[cell] = front - back;
    } else if (Math.abs(front - this.#before[cell]!) > Math.abs(this.#change[cell]!)) {
      this.#change[cell] = front - this.#before[cell]!;
    }
  }

  /** Ends a frame. True at the moment when it becomes clear what the light does. */
  close(picture: ModelView, share: number, dtS: number): boolean {
    const enough = this.#count >= Math.max(CELLS_MIN, PART_MIN * this.#cells.count);
    if (enough) {
      this.#offS = 0;
      this.#lastS += dtS;
      this.#walk();
    } else {
      this.#offS += dtS;
      if (this.#count === 0 && !this.present && this.#entered === 0) return false;
    }
    this.#findBack(picture);
    if (this.#offS > OVER_S) {
      const told = this.present && this.way === "unsure" && this.#decide(share, true);
      this.told = this.way;
      this.#forget();
      return told;
    }
    this.present = this.#lastS >= ONSET_S;
    const decided = this.present && this.way === "unsure" && this.#decide(share, false);
    if (decided) this.told = this.way;
    return decided;
  }

  #walk(): void {
    const x = this.#sumX / this.#count;
    const y = this.#sumY / this.#count;
    if (this.#entered === this.#count && this.#lastS < ONSET_S) {
      this.#startX = x;
      this.#startY = y;
    }
    this.#peak = Math.max(this.#peak, this.#count);
    this.#radius = Math.sqrt(this.#peak / Math.PI);
    this.#left = Math.min(this.#left, x);
    this.#right = Math.max(this.#right, x);
    this.#top = Math.min(this.#top, y);
    this.#bottom = Math.max(this.#bottom, y);
    const way = Math.hypot(x - this.#startX, y - this.#startY);
    this.#farthest = Math.max(this.#farthest, way);
  }

  /** Nothing is learned of light that may move on, nor of what it just left. */
  writeHold(hold: Uint8Array, stride: number): void {
    if (this.#entered === 0 || this.way === "stays" || this.#lastS > HOLD_MAX_S) return;
    for (let cell = 0; cell < this.#cells.count; cell++) {
      if (this.#on[cell] !== 0) this.#cells.paint(cell, hold, { stride, value: 1 });
    }
  }

  /** Cells that the light has left: are they as before? */
  #findBack({ y, stride }: ModelView): void {
    if (this.#entered <= this.#count) return;
    const { columns, width, height, count } = this.#cells;
    this.#back = 0;
    for (let cell = 0; cell < count; cell++) {
      if (this.#was[cell] === 0 || this.#on[cell] !== 0) continue;
      const left = (cell % columns) * CELL_PX;
      const top = ((cell / columns) | 0) * CELL_PX;
      let sum = 0;
      let points = 0;
      for (let row = top + 1; row < Math.min(height, top + CELL_PX); row += 3) {
        for (
          let column = left + 1;
          column < Math.min(width, left + CELL_PX);
          column += 3
        ) {
          sum += y[row * stride + column]!;
          points++;
        }
      }
      if (points === 0) continue;
      const left_ = Math.abs(sum / points - this.#before[cell]!);
      if (left_ < BACK_LEFT * Math.abs(this.#change[cell]!)) this.#back++;
    }
  }

  #decide(share: number, last: boolean): boolean {
    const reach = Math.max(WAY_CELLS, WAY_RADII * this.#radius);
    const went = this.#farthest >= reach;
    const back = this.#back >= Math.max(BACK_MIN, BACK_SHARE * this.#entered);
    const swept = this.#entered >= SWEPT * this.#peak;
    if (went && back && swept) this.way = "moves";
    else if (last || this.#lastS > (went ? GROWS_UNTIL_S : STAYS_AFTER_S)) {
      this.way = "stays";
    }
    if (this.way === "unsure") return false;
    const clear = this.way === "moves"
      ? Math.min(1, this.#farthest / reach / 2)
      : 1 - Math.min(0.5, this.#farthest / reach / 2);
    this.score = fixed(Math.max(0.3, Math.min(0.99, 0.5 * share + 0.5 * clear)), 2);
    return true;
  }

  #forget(): void {
    this.#was.fill(0);
    this.way = "unsure";
    this.present = false;
    this.#lastS = 0;
    this.#entered = 0;
    this.#back = 0;
    this.#farthest = 0;
    this.#peak = 0;
    this.#left = Infinity;
    this.#right = -Infinity;
    this.#top = Infinity;
    this.#bottom = -Infinity;
    this.#both = 0;
    this.#model = 0;
    this.#samples = 0;
  }
}
