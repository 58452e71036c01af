/**
 * Tells a camera that shakes from one that was moved, by the shift of the picture against
 * the model over time: a shaking one goes to and fro, a moved one goes and stays.
 * Clears from a mask what the shift explains: it takes away, and never adds, as masks
 * from compensated pictures are worse than none where the shift is wrong.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import { type Edges, PLACE_EDGES_MIN } from "./edges.ts";
import { Onset } from "./onset.ts";
import { ShiftSearch } from "./shift.ts";

/** Fewer of the edges than usual are in their place: look for a shift. */
const SUSPECT = 0.87;
/** Part of the edges that must agree under a shift, and more than without. */
const AGREE = 0.5;
const AGREE_MORE = 0.12;
/** Way over the last second, work pixels, and how often it turned back. */
const WAY_PX = 5;
const TURNS = 1.2;
const MEMORY_S = 1.2;
/** Again told after so much rest. */
const ONSET = { holdS: 0.25, goneS: 8 };
/** It shakes on while there was a shift within this time. */
const REST_S = 1.5;
/** Standing beside the model for so long, within a pixel, is moved. */
const STEADY_S = 1.5;
const MOVED_PX_MIN = 2;
/** Luma beyond what lies around the shifted place that is still explained by it. */
const NEAR_LUMA = 10;
const NEAR_CHROMA = 10;
/** Of the 3x3 around a pixel, set after clearing: else it is a remnant. */
const NEIGHBOURS_MIN = 6;

export class ShakeWatch {
  readonly search: ShiftSearch;
  readonly #onset = new Onset(ONSET);
  readonly #left: Uint8Array;
  #way = 0;
  #turns = 0;
  #stepX = 0;
  #stepY = 0;
  #lastX = 0;
  #lastY = 0;
  #sinceShiftS = Infinity;
  #steadyS = 0;
  #anchorX = 0;
  #anchorY = 0;

  /** A shift was found in this frame: `search.dx`, `search.dy`. */
  shifted = false;
  /** The edges are not where they were, and no shift explains it. */
  lost = false;
  /** It stands beside the model for good. */
  moved = false;

  constructor(shape: { width: number; height: number }, planeLength: number) {
    this.search = new ShiftSearch(shape.width, shape.height);
    this.#left = new Uint8Array(planeLength);
  }

  /** It shakes, or did a moment ago. */
  get active(): boolean {
    return this.#onset.active && this.#sinceShiftS < REST_S;
  }

  /** True in the frame in which a shake is to be told. */
  step(
    view: ModelView,
    edges: Edges,
    { dtS, usualKept }: { dtS: number; usualKept: number },
  ): boolean {
    this.shifted = false;
    this.moved = false;
    this.lost = edges.count >= PLACE_EDGES_MIN && edges.kept < SUSPECT * usualKept;
    this.#sinceShiftS += dtS;
    if (this.lost) this.#look(view, edges);
    const { dx, dy } = this.search;
    const x = this.shifted ? dx : 0;
    const y = this.shifted ? dy : 0;
    const known = this.shifted || !this.lost;
    if (known) this.#walk(x, y, dtS);
    this.#stand(x, y, known ? dtS : 0);
    const goes = this.#way >= WAY_PX && this.#turns >= TURNS;
    return this.#onset.step(goes && this.#sinceShiftS < MEMORY_S, dtS);
  }

  /** What was known of places is of no use: until there is a reference again nothing is lost. */
  reset(): void {
    this.lost = false;
    this.shifted = false;
    this.moved = false;
    this.#way = 0;
    this.#steadyS = 0;
    this.#lastX = 0;
    this.#lastY = 0;
    this.#turns = 0;
    this.#stepX = 0;
    this.#stepY = 0;
    this.#sinceShiftS = Infinity;
  }

  /** Clears the mask where the frame shows what the model has one shift away. */
  clear(view: ModelView): void {
    const { width, height, stride, mask, y, u, v, backY, meanU, meanV } = view;
    const by = this.search.dy * stride + this.search.dx;
    const left = this.#left;
    left.set(mask);
    for (let row = 0; row < height; row++) {
      const fromRow = row - this.search.dy;
      for (let i = row * stride; i < row * stride + width; i++) {
        if (mask[i] === 0) continue;
        const fromColumn = i - row * stride - this.search.dx;
        const outside = fromRow < 1 || fromRow >= height - 1 || fromColumn < 1 ||
          fromColumn >= width - 1;
        const from = i - by;
        if (outside) left[i] = 0;
        else if (
          Math.abs(u[i]! - (meanU[from]! >> 8)) <= NEAR_CHROMA &&
          Math.abs(v[i]! - (meanV[from]! >> 8)) <= NEAR_CHROMA &&
          isAmong(backY, { from, stride }, y[i]!)
        ) left[i] = 0;
      }
    }
    this.#keepSolid(view);
  }

  #keepSolid({ mask, width, height, stride }: ModelView): void {
    const left = this.#left;
    for (let row = 0; row < height; row++) {
      for (let i = row * stride; i < row * stride + width; i++) {
        if (mask[i] === 0) continue;
        let around = 0;
        for (let j = i - stride; j <= i + stride; j += stride) {
          if (left[j] === 255) around++;
          if (left[j - 1] === 255) around++;
          if (left[j + 1] === 255) around++;
        }
        if (around < NEIGHBOURS_MIN) mask[i] = 0;
      }
    }
  }

  #look(view: ModelView, edges: Edges): void {
    const { search } = this;
    search.find(view, edges, AGREE + AGREE_MORE);
    const clearly = search.agree >= AGREE &&
      search.agree >= search.unshifted + AGREE_MORE;
    this.shifted = clearly && (search.dx !== 0 || search.dy !== 0);
    if (this.shifted) this.#sinceShiftS = 0;
  }

  /** The way and its turns are forgotten with time. */
  #walk(x: number, y: number, dtS: number): void {
    const kept = Math.exp(-dtS / MEMORY_S);
    const stepX = x - this.#lastX;
    const stepY = y - this.#lastY;
    this.#way = kept * this.#way + Math.hypot(stepX, stepY);
    this.#turns *= kept;
    this.#lastX = x;
    this.#lastY = y;
    if (stepX === 0 && stepY === 0) return;
    if (stepX * this.#stepX + stepY * this.#stepY < 0) this.#turns++;
    this.#stepX = stepX;
    this.#stepY = stepY;
  }

  #stand(x: number, y: number, dtS: number): void {
    const near = Math.abs(x - this.#anchorX) <= 1 && Math.abs(y - this.#anchorY) <= 1;
    if (!near) {
      this.#anchorX = x;
      this.#anchorY = y;
      this.#steadyS = 0;
      return;
    }
    this.#steadyS += dtS;
    const far = Math.max(Math.abs(x), Math.abs(y)) >= MOVED_PX_MIN;
    this.moved = this.shifted && far && this.#steadyS >= STEADY_S;
  }
}

/** Whether a luma is one of the model's 3x3 around a place, or lies between them. */
function isAmong(
  backY: Uint8Array,
  { from, stride }: { from: number; stride: number },
  luma: number,
): boolean {
  let low = 255;
  let high = 0;
  for (let j = from - stride; j <= from + stride; j += stride) {
    for (let i = j - 1; i <= j + 1; i++) {
      const model = backY[i]!;
      if (model < low) low = model;
      if (model > high) high = model;
    }
  }
  return luma >= low - NEAR_LUMA && luma <= high + NEAR_LUMA;
}
