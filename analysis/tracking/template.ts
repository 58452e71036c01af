/**
 * What one object looks like: colours and shape on the patch grid, learned only while
 * it is seen alone, and a coarse colour description that survives a change of pose.
 * @module
 */
import { type Patch, PATCH_CELLS, PATCH_COLUMNS, PATCH_ROWS } from "./patch.ts";
import { settle } from "../time_step.ts";

/** Colours and shape follow the object within this time. */
const LEARN_SETTLE_S = 0.6;
/** The colour description changes slowly: it must survive a crossing. */
const COLOURS_SETTLE_S = 0.95;
/** Doubt about a shape seen once. */
const FIRST_SHAPE = 0.8;

/** Head, trunk, legs; or roof, body, wheels. */
const BANDS = 3;
const LUMA_BINS = 8;
const CHROMA_BINS = 6;
/** Chroma outside 98..158 is rare and falls into the outer bins. */
const CHROMA_FLOOR = 98;
const CHROMA_BIN_WIDTH = 10;
const BAND_BINS = LUMA_BINS + 2 * CHROMA_BINS;
const COLOUR_BINS = BANDS * BAND_BINS;
/** A band with fewer foreground cells than this says nothing. */
const BAND_CELLS_MIN = 4;

/** Histograms of luma, U and V per band; each of the nine sums to 1/3. */
export type Colours = Float64Array;

export class Template {
  readonly y = new Float32Array(PATCH_CELLS);
  readonly u = new Float32Array(PATCH_CELLS);
  readonly v = new Float32Array(PATCH_CELLS);
  /** Probability that the cell is part of the object. */
  readonly shape = new Float32Array(PATCH_CELLS);
  /** Sum of `shape`. */
  shapeSum = 0;
  readonly colours: Colours = new Float64Array(COLOUR_BINS);
  readonly #coloursNow: Colours = new Float64Array(COLOUR_BINS);
  #learned = false;

  /** Takes in what the object looks like now, seen alone. */
  learn(patch: Patch, dtS: number): void {
    if (this.#learned) this.#blend(patch, settle(dtS, LEARN_SETTLE_S));
    else this.#take(patch);
    this.shapeSum = 0;
    for (let cell = 0; cell < PATCH_CELLS; cell++) this.shapeSum += this.shape[cell]!;
    const part = this.#learned ? settle(dtS, COLOURS_SETTLE_S) : 1;
    describe(patch, this.#coloursNow);
    for (let bin = 0; bin < COLOUR_BINS; bin++) {
      this.colours[bin]! += part * (this.#coloursNow[bin]! - this.colours[bin]!);
    }
    this.#learned = true;
  }

  /** The next look is the first. */
  forget(): void {
    this.#learned = false;
  }

  #take(patch: Patch): void {
    for (let cell = 0; cell < PATCH_CELLS; cell++) {
      this.y[cell] = patch.y[cell]!;
      this.u[cell] = patch.u[cell]!;
      this.v[cell] = patch.v[cell]!;
      this.shape[cell] = FIRST_SHAPE * patch.on[cell]!;
    }
  }

  #blend(patch: Patch, part: number): void {
    const { y, u, v, shape } = this;
    const { on, y: seenY, u: seenU, v: seenV } = patch;
    for (let cell = 0; cell < PATCH_CELLS; cell++) {
      if (on[cell] === 0) {
        shape[cell] = shape[cell]! - part * shape[cell]!;
        continue;
      }
      shape[cell] = shape[cell]! + part * (1 - shape[cell]!);
      y[cell] = y[cell]! + part * (seenY[cell]! - y[cell]!);
      u[cell] = u[cell]! + part * (seenU[cell]! - u[cell]!);
      v[cell] = v[cell]! + part * (seenV[cell]! - v[cell]!);
    }
  }
}

/** Room for the colours of one patch. */
export function makeColours(): Colours {
  return new Float64Array(COLOUR_BINS);
}

/** Colours of a patch on its own, as of something not known yet. */
export function coloursOf(patch: Patch, into: Colours = makeColours()): Colours {
  describe(patch, into);
  return into;
}

/** 0 nothing in common … 1 the same colours in the same places. */
export function likeness(a: Colours, b: Colours): number {
  let common = 0;
  for (let bin = 0; bin < COLOUR_BINS; bin++) common += Math.min(a[bin]!, b[bin]!);
  return common / 3;
}

function describe(patch: Patch, into: Colours): void {
  into.fill(0);
  const bandCells = PATCH_COLUMNS * (PATCH_ROWS / BANDS);
  for (let band = 0; band < BANDS; band++) {
    let on = 0;
    for (let i = 0; i < bandCells; i++) on += patch.on[band * bandCells + i]!;
    if (on < BAND_CELLS_MIN) continue;
    const weight = 1 / (on * BANDS);
    const base = band * BAND_BINS;
    for (let i = 0; i < bandCells; i++) {
      const cell = band * bandCells + i;
      if (patch.on[cell] === 0) continue;
      into[base + (patch.y[cell]! >> 5)]! += weight;
      into[base + LUMA_BINS + chromaBin(patch.u[cell]!)]! += weight;
      into[base + LUMA_BINS + CHROMA_BINS + chromaBin(patch.v[cell]!)]! += weight;
    }
  }
}

function chromaBin(value: number): number {
  const bin = Math.floor((value - CHROMA_FLOOR) / CHROMA_BIN_WIDTH);
  return Math.min(CHROMA_BINS - 1, Math.max(0, bin));
}
