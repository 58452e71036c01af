/**
 * The picture in cells of 8x8 work pixels: where anything is unlike the model, how noisy
 * the still scene is. Counts only; what a cell means is judged by the files beside it.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import { settle } from "../time_step.ts";

/** Side of a cell, work pixels. */
export const CELL_PX = 8;
/** Every second row is counted: a full cell has this many pixels. */
export const CELL_COUNT_MAX = CELL_PX * CELL_PX / 2;
/** Fewer counted pixels than this in a cell are no more than noise. */
export const ACTIVE_MIN = 5;

/** The noise of the still scene is looked for on this many pixels a frame … */
const NOISE_POINTS = 160;
/** … and smoothed over this time. */
const NOISE_SETTLE_S = 2;
/** Mean |x| of a normal distribution is its deviation times this. */
const MEAN_TO_SIGMA = 1.2533;
const SIGMA_MIN = 0.7;
const SIGMA_MAX = 12;

/** What is written into a cell's pixels of a plane. */
export interface Paint {
  readonly stride: number;
  readonly value: number;
}

export class Cells {
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Per cell, of at most `CELL_COUNT_MAX` pixels: unlike the model, shadow, moving. */
  raw: Uint8Array;
  shadow: Uint8Array;
  mask: Uint8Array;
  /** The first `activeCount` entries: cells with `ACTIVE_MIN` raw pixels, in an order of their own. */
  active: Uint16Array;
  activeCount = 0;
  /** Deviation of a still pixel's luma from the model, grey levels. */
  sigma = 2;
  #turn = 0;

  constructor({ width, height }: PlaneShape) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / CELL_PX);
    this.rows = Math.ceil(height / CELL_PX);
    this.count = this.columns * this.rows;
    this.raw = new Uint8Array(this.count);
    this.shadow = new Uint8Array(this.count);
    this.mask = new Uint8Array(this.count);
    this.active = new Uint16Array(this.count);
  }

  /** Counts one frame; what is counted are views that the next one overwrites. */
  look(picture: ModelView, dtS: number): void {
    this.glance(picture);
    this.#learnNoise(picture, dtS);
  }

  /** The same, and nothing is learned of it. */
  glance(picture: ModelView): void {
    const { raw, shadow, mask, active } = picture.cells;
    this.raw = raw;
    this.shadow = shadow;
    this.mask = mask;
    this.active = active;
    this.activeCount = picture.measureCells(ACTIVE_MIN);
  }

  columnOf(cell: number): number {
    return cell % this.columns;
  }

  rowOf(cell: number): number {
    return (cell / this.columns) | 0;
  }

  /** The cell of a work pixel; places outside count as the nearest inside. */
  cellAt(x: number, y: number): number {
    const column = Math.max(0, Math.min(this.columns - 1, Math.floor(x / CELL_PX)));
    const row = Math.max(0, Math.min(this.rows - 1, Math.floor(y / CELL_PX)));
    return row * this.columns + column;
  }

  /** Sets every pixel of a cell in a plane of the picture's stride; true when one was different. */
  paint(cell: number, plane: Uint8Array, { stride, value }: Paint): boolean {
    const left = (cell % this.columns) * CELL_PX;
    const top = ((cell / this.columns) | 0) * CELL_PX;
    const right = Math.min(this.width, left + CELL_PX);
    const bottom = Math.min(this.height, top + CELL_PX);
    let changed = false;
    for (let row = top; row < bottom; row++) {
      for (let i = row * stride + left, end = row * stride + right; i < end; i++) {
        if (plane[i] === value) continue;
        plane[i] = value;
        changed = true;
      }
    }
    return changed;
  }

  /** The mean distance to the model where the scene is still, on a grid that wanders. */
  #learnNoise({ y, backY, raw, stride }: ModelView, dtS: number): void {
    const area = this.width * this.height;
    const step = Math.max(1, Math.floor(area / NOISE_POINTS));
    let sum = 0;
    let points = 0;
    this.#turn = (this.#turn + 7919) % step;
    for (let point = this.#turn; point < area; point += step) {
      const row = (point / this.width) | 0;
      const at = row * stride + point - row * this.width;
      if (raw[at] !== 0) continue;
      sum += Math.abs(y[at]! - backY[at]!);
      points++;
    }
    if (points < NOISE_POINTS / 4) return;
    const now = Math.min(SIGMA_MAX, Math.max(SIGMA_MIN, MEAN_TO_SIGMA * sum / points));
    this.sigma += settle(dtS, NOISE_SETTLE_S) * (now - this.sigma);
  }
}
