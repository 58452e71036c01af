/**
 * Finds an object among others by its template, near where it should be.
 * Reads what is still unexplained; does not decide who is searched for first.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import { PATCH_COLUMNS, PATCH_ROWS } from "./patch.ts";
import type { Track } from "./track.ts";

/** A colour difference (|dY|+|dU|+|dV|) from here on is simply another object. */
const DIFFERENCE_MAX = 120;
/** Cost of a cell whose pixel a nearer object explains already: it may be behind. */
const COST_EXPLAINED = 0.6;
/** Cost of a cell off the mask: hidden by the scene, or not there. */
const COST_OFF = 1;
/** Cost of straying, per squared step; half as dear sideways. */
const COST_STRAY = 0.01;
/** Reach in steps. A step is one pixel, more for large boxes. */
const REACH_X = 5;
const REACH_Y = 3;
/** Reach as a share of the box: how far a prediction errs within a group. */
const STEP_OF_WIDTH = 0.055;
const STEP_OF_HEIGHT = 0.025;

/** Where the template fits best. */
export interface Fit {
  x: number;
  foot: number;
  cost: number;
  /** Share of the template on unexplained foreground, and on any foreground. */
  free: number;
  on: number;
}

/** Searches coarsely (every second step, every second cell), then around the best. */
export class TemplateSearch {
  readonly best: Fit = { x: 0, foot: 0, cost: 0, free: 0, on: 0 };
  readonly #columnX = new Int32Array(PATCH_COLUMNS);

  /** `free`: 255 where foreground is not explained yet, pixel (x, y) at `y * width + x`. */
  find(track: Track, picture: Foreground, free: Uint8Array): Fit {
    const stepX = Math.max(1, track.w * STEP_OF_WIDTH);
    const stepY = Math.max(1, track.h * STEP_OF_HEIGHT);
    let bestX = 0;
    let bestY = 0;
    let least = Infinity;
    for (let dy = 1 - REACH_Y; dy < REACH_Y; dy += 2) {
      for (let dx = 1 - REACH_X; dx < REACH_X; dx += 2) {
        const cost = this.#costAt(track, picture, free, dx * stepX, dy * stepY, 2) +
          stray(dx, dy);
        if (cost < least) {
          least = cost;
          bestX = dx;
          bestY = dy;
        }
      }
    }
    this.best.cost = Infinity;
    for (let dy = bestY - 1; dy <= bestY + 1; dy++) {
      for (let dx = bestX - 1; dx <= bestX + 1; dx++) {
        this.#refine(track, picture, free, dx, dy, stepX, stepY);
      }
    }
    return this.best;
  }

  #refine(
    track: Track,
    picture: Foreground,
    free: Uint8Array,
    dx: number,
    dy: number,
    stepX: number,
    stepY: number,
  ): void {
    const cost = this.#costAt(track, picture, free, dx * stepX, dy * stepY, 1) +
      stray(dx, dy);
    if (cost >= this.best.cost) return;
    this.best.cost = cost;
    this.best.x = track.x + dx * stepX;
    this.best.foot = track.foot + dy * stepY;
    this.best.free = this.#freeShare;
    this.best.on = this.#onShare;
  }

  #freeShare = 0;
  #onShare = 0;

  /** Mean cost over the template, weighted by its shape. `every` 2: a checkerboard. */
  #costAt(
    track: Track,
    picture: Foreground,
    free: Uint8Array,
    dx: number,
    dy: number,
    every: 1 | 2,
  ): number {
    const { width, height, stride, mask } = picture;
    const { y: templateY, u: templateU, v: templateV, shape } = track.template;
    const cellW = track.w / PATCH_COLUMNS;
    const cellH = track.h / PATCH_ROWS;
    const top = track.top + dy + cellH / 2;
    this.#placeColumns(track.left + dx + cellW / 2, cellW, width);
    const columnX = this.#columnX;
    let cost = 0;
    let weights = 0;
    let freeSum = 0;
    let onSum = 0;
    for (let row = 0; row < PATCH_ROWS; row++) {
      const pixelY = Math.floor(top + row * cellH);
      const inside = pixelY >= 0 && pixelY < height;
      const base = pixelY * stride;
      const freeBase = pixelY * width;
      const firstCell = row * PATCH_COLUMNS;
      for (
        let column = every === 2 ? row & 1 : 0;
        column < PATCH_COLUMNS;
        column += every
      ) {
        const cell = firstCell + column;
        const weight = shape[cell]!;
        weights += weight;
        const x = columnX[column]!;
        if (!inside || x < 0 || mask[base + x] === 0) {
          cost += weight * COST_OFF;
          continue;
        }
        onSum += weight;
        const at = base + x;
        if (free[freeBase + x] === 0) {
          cost += weight * COST_EXPLAINED;
          continue;
        }
        freeSum += weight;
        const difference = Math.abs(picture.y[at]! - templateY[cell]!) +
          Math.abs(picture.u[at]! - templateU[cell]!) +
          Math.abs(picture.v[at]! - templateV[cell]!);
        cost += weight * (difference < DIFFERENCE_MAX ? difference / DIFFERENCE_MAX : 1);
      }
    }
    const scale = 1 / (weights + 1e-6);
    this.#freeShare = freeSum * scale;
    this.#onShare = onSum * scale;
    return cost * scale;
  }

  /** Pixel column of each patch column; -1 outside the picture. */
  #placeColumns(first: number, cellW: number, width: number): void {
    for (let column = 0; column < PATCH_COLUMNS; column++) {
      const x = Math.floor(first + column * cellW);
      this.#columnX[column] = x >= 0 && x < width ? x : -1;
    }
  }
}

function stray(dx: number, dy: number): number {
  return COST_STRAY * (dx * dx / 4 + dy * dy);
}
