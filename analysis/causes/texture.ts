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
import type { Cells } from "./cells.ts";
import type { ModelView } from "../foreground.ts";
import { CELL_SUMS, SUMS_ALONG, SUMS_DOWN } from "../kernels/cells.ts";

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
      this.#measure(active[index]!, picture.cells.sums, CELL_SUMS * index);
    }
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      this.kind[cell] = this.#judge(cell);
    }
  }

  /** From what pass K summed up of the cell, which begins at `at`. */
  #measure(cell: number, sums: Int32Array, at: number): void {
    const along = at + SUMS_ALONG;
    const down = at + SUMS_DOWN;
    this.both[cell] = together(sums, along, 1, 2, 5) + together(sums, down, 1, 2, 5);
    this.#own[cell] = together(sums, along, 1, 1, 3) + together(sums, down, 1, 1, 3);
    this.model[cell] = together(sums, along, 2, 2, 4) + together(sums, down, 2, 2, 4);
    this.samples[cell] = sums[along]! + sums[down]!;
    const points = Math.max(1, sums[at + 3]!);
    const front = sums[at]! / points;
    const back = sums[at + 1]! / points;
    this.front[cell] = front;
    this.back[cell] = back;
    this.#colour[cell] = sums[at + 2]! / points;
    this.ratio[cell] = Math.log(above(front) / above(back));
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

/**
 * The sum of products of two gradients less their means: at `from` stands how many there
 * are, and behind it where each one's sum is and where that of their products is.
 */
function together(
  sums: Int32Array,
  from: number,
  one: number,
  other: number,
  product: number,
): number {
  const count = Math.max(1, sums[from]!);
  return sums[from + product]! - sums[from + one]! * sums[from + other]! / count;
}

function above(luma: number): number {
  return Math.max(4, luma - BLACK + 4);
}
