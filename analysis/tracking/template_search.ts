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

/** Places in `#here` and `#given`: numbers in arrays leave nothing to the collector. */
const COST = 0;
const FREE = 1;
const ON = 2;
const STEP_X = 0;
const STEP_Y = 1;
const WEIGHT_ALL = 2;
const WEIGHT_SECOND = 3;
/** Sums in another order differ by less; no two places count as different by it. */
const ROUNDING = 1e-9;

/** What a row of the picture holds within reach. */
const NOTHING = 0;
const EXPLAINED = 1;
const UNEXPLAINED = 2;

/** Where the template fits best. */
export interface Fit {
  x: number;
  foot: number;
  cost: number;
  /** Share of the template on unexplained foreground, and on any foreground. */
  free: number;
  on: number;
}

/** Coarse places: every second one within reach. */
const COARSE_X = REACH_X;
const COARSE_PLACES = REACH_X * REACH_Y;
/** Places around the best coarse one, itself included. */
const FINE_X = 3;
const FINE_PLACES = 9;

/**
 * Searches coarsely (every second step, every second cell), then around the best.
 * Begins where the object should be: who fits worse is left as soon as that is certain.
 */
export class TemplateSearch {
  readonly best: Fit = { x: 0, foot: 0, cost: 0, free: 0, on: 0 };
  readonly #columnX = new Int32Array(PATCH_COLUMNS);
  /** Of the place looked at: its cost, and its shares on free and on any foreground. */
  readonly #here = new Float64Array(3);
  /** Sizes of a step, and what the template's cells weigh: all of them, every second. */
  readonly #given = new Float64Array(4);
  /** What the cells of each row weigh: all of them, then every second. */
  readonly #rowWeight = new Float64Array(2 * PATCH_ROWS);
  /** Pixel row of each patch row; -1 outside the picture, or without foreground. */
  readonly #rowY = new Int32Array(PATCH_ROWS);
  #rowKind = new Uint8Array();

  /** `free`: 255 where foreground is not explained yet, pixel (x, y) at `y * width + x`. */
  find(track: Track, picture: Foreground, free: Uint8Array): Fit {
    const here = this.#here;
    const given = this.#given;
    given[STEP_X] = Math.max(1, track.w * STEP_OF_WIDTH);
    given[STEP_Y] = Math.max(1, track.h * STEP_OF_HEIGHT);
    this.#weigh(track.template.shape);
    this.#sortRows(track, picture, free);
    let bestX = 0;
    let bestY = 0;
    let least = Infinity;
    let leastAt = 0;
    for (let turn = 0; turn < COARSE_PLACES; turn++) {
      const place = middleFirst(turn, COARSE_PLACES >> 1);
      const dx = 1 - REACH_X + 2 * (place % COARSE_X);
      const dy = 1 - REACH_Y + 2 * Math.floor(place / COARSE_X);
      here[COST] = least;
      this.#costAt(track, picture, free, dx, dy, 2);
      const cost = here[COST]!;
      if (cost > least || (cost === least && place > leastAt)) continue;
      least = cost;
      leastAt = place;
      bestX = dx;
      bestY = dy;
    }
    this.#refine(track, picture, free, bestX, bestY);
    return this.best;
  }

  #refine(
    track: Track,
    picture: Foreground,
    free: Uint8Array,
    middleX: number,
    middleY: number,
  ): void {
    const { best } = this;
    const here = this.#here;
    const given = this.#given;
    let least = Infinity;
    let leastAt = 0;
    for (let turn = 0; turn < FINE_PLACES; turn++) {
      const place = middleFirst(turn, FINE_PLACES >> 1);
      const dx = middleX - 1 + place % FINE_X;
      const dy = middleY - 1 + Math.floor(place / FINE_X);
      here[COST] = least;
      this.#costAt(track, picture, free, dx, dy, 1);
      const cost = here[COST]!;
      if (cost > least || (cost === least && place > leastAt)) continue;
      least = cost;
      leastAt = place;
      best.cost = cost;
      best.x = track.x + dx * given[STEP_X]!;
      best.foot = track.foot + dy * given[STEP_Y]!;
      best.free = here[FREE]!;
      best.on = here[ON]!;
    }
  }

  /** Sums of the shape: of each row's cells, of every second one, and of them all. */
  #weigh(shape: Float32Array): void {
    const given = this.#given;
    const rows = this.#rowWeight;
    given[WEIGHT_ALL] = 0;
    given[WEIGHT_SECOND] = 0;
    for (let row = 0; row < PATCH_ROWS; row++) {
      const firstCell = row * PATCH_COLUMNS;
      let odd = 0;
      let even = 0;
      for (let column = 0; column < PATCH_COLUMNS; column += 2) {
        even += shape[firstCell + column]!;
        odd += shape[firstCell + column + 1]!;
      }
      const second = (row & 1) === 0 ? even : odd;
      rows[row] = even + odd;
      rows[PATCH_ROWS + row] = second;
      given[WEIGHT_ALL] = given[WEIGHT_ALL]! + even + odd;
      given[WEIGHT_SECOND] = given[WEIGHT_SECOND]! + second;
    }
  }

  /** What the rows within reach hold: a row without foreground costs what it weighs. */
  #sortRows(track: Track, { mask, stride, width, height }: Foreground, free: Uint8Array) {
    if (this.#rowKind.length !== height) this.#rowKind = new Uint8Array(height);
    const reachX = REACH_X * this.#given[STEP_X]! + 1;
    const reachY = REACH_Y * this.#given[STEP_Y]! + 1;
    const left = Math.max(0, Math.floor(track.left - reachX));
    const right = Math.min(width, Math.ceil(track.right + reachX));
    const bottom = Math.min(height, Math.ceil(track.foot + reachY));
    for (let y = Math.max(0, Math.floor(track.top - reachY)); y < bottom; y++) {
      let kind = NOTHING;
      for (let x = left; x < right; x++) {
        if (mask[y * stride + x] === 0) continue;
        kind = EXPLAINED;
        if (free[y * width + x] === 0) continue;
        kind = UNEXPLAINED;
        break;
      }
      this.#rowKind[y] = kind;
    }
  }

  /** Where the template's rows lie, and what they cost at least, by their weights. */
  #placeRows(first: number, cellH: number, height: number, weightAt: number): number {
    const kinds = this.#rowKind;
    const rowY = this.#rowY;
    const weights = this.#rowWeight;
    let least = 0;
    for (let row = 0; row < PATCH_ROWS; row++) {
      const y = Math.floor(first + row * cellH);
      const kind = y >= 0 && y < height ? kinds[y]! : NOTHING;
      rowY[row] = kind === NOTHING ? -1 : y;
      if (kind === UNEXPLAINED) continue;
      least += weights[weightAt + row]! * (kind === NOTHING ? COST_OFF : COST_EXPLAINED);
    }
    return least;
  }

  /**
   * Mean cost over the template, weighted by its shape, into `#here`. `every` 2: a
   * checkerboard. `#here[COST]` says how much it may cost; Infinity when it costs more.
   */
  #costAt(
    track: Track,
    picture: Foreground,
    free: Uint8Array,
    stepsX: number,
    stepsY: number,
    every: 1 | 2,
  ): void {
    const { width, height, stride, mask, y, u, v } = picture;
    const { y: templateY, u: templateU, v: templateV, shape } = track.template;
    const here = this.#here;
    const given = this.#given;
    const weight = given[every === 2 ? WEIGHT_SECOND : WEIGHT_ALL]!;
    const weightAt = every === 2 ? PATCH_ROWS : 0;
    const scale = 1 / (weight + 1e-6);
    const strayed = stray(stepsX, stepsY);
    const most = (here[COST]! - strayed) / scale + ROUNDING;
    here[COST] = Infinity;
    const cellW = track.w / PATCH_COLUMNS;
    const cellH = track.h / PATCH_ROWS;
    const top = track.top + stepsY * given[STEP_Y]! + cellH / 2;
    let least = this.#placeRows(top, cellH, height, weightAt);
    if (least > most) return;
    const left = track.left + stepsX * given[STEP_X]! + cellW / 2;
    this.#placeColumns(left, cellW, width);
    const columnX = this.#columnX;
    let colours = 0;
    let freeSum = 0;
    let onSum = 0;
    for (let row = 0; row < PATCH_ROWS; row++) {
      const pixelY = this.#rowY[row]!;
      if (pixelY < 0) continue;
      const base = pixelY * stride;
      const freeBase = pixelY * width;
      const firstCell = row * PATCH_COLUMNS;
      let rowOn = 0;
      let rowFree = 0;
      let rowColours = 0;
      let column = every === 2 ? row & 1 : 0;
      for (; column < PATCH_COLUMNS; column += every) {
        const x = columnX[column]!;
        const at = base + x;
        if (x < 0 || mask[at] === 0) continue;
        const cell = firstCell + column;
        const part = shape[cell]!;
        rowOn += part;
        if (free[freeBase + x] === 0) continue;
        rowFree += part;
        const difference = Math.abs(y[at]! - templateY[cell]!) +
          Math.abs(u[at]! - templateU[cell]!) +
          Math.abs(v[at]! - templateV[cell]!);
        rowColours += part * Math.min(DIFFERENCE_MAX, difference);
      }
      onSum += rowOn;
      freeSum += rowFree;
      colours += rowColours / DIFFERENCE_MAX;
      const rowWeight = this.#rowWeight[weightAt + row]!;
      const counted = this.#rowKind[pixelY] === EXPLAINED
        ? COST_EXPLAINED * rowWeight
        : 0;
      least += COST_OFF * (rowWeight - rowOn) + COST_EXPLAINED * (rowOn - rowFree) +
        rowColours / DIFFERENCE_MAX - counted;
      if (least > most) return;
    }
    const cost = COST_OFF * (weight - onSum) + COST_EXPLAINED * (onSum - freeSum) +
      colours;
    here[COST] = cost * scale + strayed;
    here[FREE] = freeSum * scale;
    here[ON] = onSum * scale;
  }

  /** Pixel column of each patch column; -1 outside the picture. */
  #placeColumns(first: number, cellW: number, width: number): void {
    for (let column = 0; column < PATCH_COLUMNS; column++) {
      const x = Math.floor(first + column * cellW);
      this.#columnX[column] = x >= 0 && x < width ? x : -1;
    }
  }
}

/** The middle place first, then all others in order; of equal ones the first counts. */
function middleFirst(turn: number, middle: number): number {
  if (turn === 0) return middle;
  return turn <= middle ? turn - 1 : turn;
}

function stray(dx: number, dy: number): number {
  return COST_STRAY * (dx * dx / 4 + dy * dy);
}
