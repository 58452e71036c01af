/**
 * Is the scene still to be seen in a cell, only brighter or darker? Compares the
 * gradients of frame and model: light scales them and adds none, a thing brings its own.
 * Judges single cells; what many of them make up is `light_field.ts`.
 *
 * With F, B the luma of frame and model, gradients over two pixels along x and y at
 * pixels unlike the model, less their mean in the cell (the slope of the light itself),
 * sums over a cell
 *
 *   c = sum(dF dB), eF = sum(dF dF), eB = sum(dB dB), N = n 2 sigma^2 (noise of dF),
 *   gain a = c / eB, likeness r = c / sqrt(eB (eF - N)), own = (eF - N - a^2 eB) / n.
 *
 * Gradient correlation under a change of light: O'Callaghan and Haga, "Robust change
 * detection by normalised gradient correlation" (CVPR 2007); the ratio's smoothness as
 * in Jacques, Jung and Musse (2005).
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import type { ModelView } from "../foreground.ts";

/** What a cell shows. */
export const NOTHING = 0;
/** The model's own texture under another light. */
export const LIT = 1;
/** Edges that the model does not have. */
export const OWN = 2;
/** The model's texture is gone, nothing came instead. */
export const HIDDEN = 3;
/** No texture to tell by. */
export const FLAT = 4;

/** Gradients fewer than this tell nothing. */
const SAMPLES_MIN = 16;
/** A gradient's mean square below this is no texture, grey levels. */
const TEXTURE_MIN = 6;
/** … or this many times its noise. */
const TEXTURE_NOISES = 1.5;
const OWN_MIN = 14;
const OWN_NOISES = 2.5;
/** Own edges this strong against those of the model that are left. */
const OWN_SHARE = 0.6;
const LIKENESS_MIN = 0.6;
const UNLIKE_MAX = 0.35;
/** Neighbouring gradients tell nearly the same: this part of them counts as free. */
const FREE_SHARE = 0.4;
const CERTAIN = 2.6;
const CERTAIN_POOLED = 5;
/** Black in coded luma. */
const BLACK = 16;
/** Brighter than this the sensor is full: texture is lost, not hidden. */
const FULL = 232;
/** More colour than this is no white light, grey levels of U and V, and per level of luma. */
const COLOUR_MAX = 18;
const COLOUR_PER_LUMA = 0.3;

export class Texture {
  readonly kind: Uint8Array;
  /** Mean luma of frame and model where they differ. */
  readonly front: Float32Array;
  readonly back: Float32Array;
  /** log of brightness against the model's, above black. */
  readonly ratio: Float32Array;
  readonly #cells: Cells;
  /** Sums of gradients: frame by model, model by model; of cells that are something. */
  readonly both: Float32Array;
  readonly model: Float32Array;
  readonly samples: Uint16Array;
  readonly #own: Float32Array;
  readonly #colour: Float32Array;

  constructor(cells: Cells) {
    const { count } = cells;
    this.#cells = cells;
    this.kind = new Uint8Array(count);
    this.front = new Float32Array(count);
    this.back = new Float32Array(count);
    this.ratio = new Float32Array(count);
    this.both = new Float32Array(count);
    this.#own = new Float32Array(count);
    this.model = new Float32Array(count);
    this.samples = new Uint16Array(count);
    this.#colour = new Float32Array(count);
  }

  /** Judges the active cells of this frame; all others are `NOTHING`. */
  look(picture: ModelView): void {
    const { active, activeCount } = this.#cells;
    this.kind.fill(NOTHING);
    this.samples.fill(0);
    for (let index = 0; index < activeCount; index++) {
      this.#measure(active[index]!, picture);
    }
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      this.kind[cell] = this.#judge(cell);
    }
  }

  #measure(cell: number, picture: ModelView): void {
    const { y, u, v, backY, meanU, meanV, raw, stride } = picture;
    const { columns, width, height } = this.#cells;
    const left = (cell % columns) * CELL_PX;
    const top = ((cell / columns) | 0) * CELL_PX;
    const right = Math.min(width, left + CELL_PX);
    const bottom = Math.min(height, top + CELL_PX);
    let front = 0;
    let back = 0;
    let colour = 0;
    let points = 0;
    let along = 0, alongF = 0, alongB = 0, alongFF = 0, alongBB = 0, alongFB = 0;
    let down = 0, downF = 0, downB = 0, downFF = 0, downBB = 0, downFB = 0;
    // The rows that `Cells` counts; no gradient reaches into the next cell.
    for (let row = top + 1; row < bottom; row += 2) {
      const reachesDown = row + 2 < bottom;
      const end = row * stride + right;
      for (let i = row * stride + left; i < end; i++) {
        if (raw[i] === 0) continue;
        const f = y[i]!;
        const b = backY[i]!;
        front += f;
        back += b;
        colour += Math.abs(u[i]! - (meanU[i]! >> 8)) + Math.abs(v[i]! - (meanV[i]! >> 8));
        points++;
        if (i + 2 < end && raw[i + 2] !== 0) {
          const df = y[i + 2]! - f;
          const db = backY[i + 2]! - b;
          along++;
          alongF += df;
          alongB += db;
          alongFF += df * df;
          alongBB += db * db;
          alongFB += df * db;
        }
        if (!reachesDown) continue;
        const under = i + 2 * stride;
        if (raw[under] === 0) continue;
        const df = y[under]! - f;
        const db = backY[under]! - b;
        down++;
        downF += df;
        downB += db;
        downFF += df * df;
        downBB += db * db;
        downFB += df * db;
      }
    }
    const alongs = Math.max(1, along);
    const downs = Math.max(1, down);
    this.both[cell] = alongFB - alongF * alongB / alongs +
      (downFB - downF * downB / downs);
    this.#own[cell] = alongFF - alongF * alongF / alongs +
      (downFF - downF * downF / downs);
    this.model[cell] = alongBB - alongB * alongB / alongs +
      (downBB - downB * downB / downs);
    this.samples[cell] = along + down;
    const count = Math.max(1, points);
    this.front[cell] = front / count;
    this.back[cell] = back / count;
    this.#colour[cell] = colour / count;
    this.ratio[cell] = Math.log(above(front / count) / above(back / count));
  }

  #judge(cell: number): number {
    const alone = this.#verdict(cell, 0);
    return alone === FLAT ? this.#verdict(cell, 1) : alone;
  }

  /** By the cell alone, or with its neighbours when it has too little texture. */
  #verdict(cell: number, reach: number): number {
    const { sigma, columns, rows } = this.#cells;
    const column = cell % columns;
    const row = (cell / columns) | 0;
    let both = 0, own = 0, model = 0, n = 0;
    const r1 = Math.min(rows - 1, row + reach);
    const c1 = Math.min(columns - 1, column + reach);
    for (let r = Math.max(0, row - reach); r <= r1; r++) {
      for (let c = Math.max(0, column - reach); c <= c1; c++) {
        const at = r * columns + c;
        both += this.both[at]! * Number(this.samples[at]! > 0);
        own += this.#own[at]! * Number(this.samples[at]! > 0);
        model += this.model[at]! * Number(this.samples[at]! > 0);
        n += this.samples[at]!;
      }
    }
    if (n < SAMPLES_MIN) return FLAT;
    const noise = 2 * sigma * sigma;
    const gain = model > 0 ? both / model : 0;
    const ownEnergy = Math.max(0, own - n * noise);
    const left = gain * gain * model;
    const news = (ownEnergy - left) / n;
    if (reach === 0) {
      const change = Math.abs(this.front[cell]! - this.back[cell]!);
      if (this.#colour[cell]! > COLOUR_MAX + COLOUR_PER_LUMA * change) return OWN;
      if (news > Math.max(OWN_MIN, OWN_NOISES * noise, OWN_SHARE * left / n)) return OWN;
    }
    const lift = Math.exp(this.ratio[cell]!);
    const expected = Math.min(1, lift * lift) * model / n;
    const floor = reach === 0 ? Math.max(TEXTURE_MIN, TEXTURE_NOISES * noise) : 1;
    if (expected < floor) return FLAT;
    const likeness = both / Math.sqrt(model * Math.max(ownEnergy, 0.25 * left, 1));
    const certainty = both / Math.sqrt(model * Math.max(own, 1)) *
      Math.sqrt(FREE_SHARE * n);
    if (likeness > LIKENESS_MIN && certainty > (reach === 0 ? CERTAIN : CERTAIN_POOLED)) {
      return LIT;
    }
    if (reach > 0) return FLAT;
    if (this.front[cell]! > FULL) return FLAT;
    return likeness < UNLIKE_MAX || gain < UNLIKE_MAX * Math.min(1, lift) ? HIDDEN : FLAT;
  }
}

function above(luma: number): number {
  return Math.max(4, luma - BLACK + 4);
}
