/**
 * Finds dirt on the lens: a part of the picture that has lost its edges for good while
 * the rest keeps them, stands still and brings none of its own. A thing that stands there
 * hides edges too, but has a rim.
 *
 * Judged by cells: a cell is soft when little of its edges' contrast is left, it does not
 * change, and it is no steeper than a blurred picture. Touching soft cells, with the flat
 * ones among them, are one patch.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import { settle } from "../time_step.ts";
import { DirtGround } from "./dirt_ground.ts";
import { type Edges, steepnessAt } from "./edges.ts";
import type { Measures } from "./measures.ts";

/** A cell's edges, summed grey levels, that tell something. */
const CELL_EDGES_MIN = 18;
/** Contrast left in a soft cell, and in one that is as it was. */
const SOFT = 0.6;
const SHARP = 0.72;
/** Steepness left in a soft cell, beyond noise, and what a flat one may gain, grey levels. */
const SOFT_STEEPNESS = 0.65;
const FLAT_GAIN = 8;
/** All patches together: their part of the cells that have edges; and a single one. */
const PATCH_MIN = 0.045;
const PATCH_CELLS_MIN = 4;
const SINGLE_CELLS_MIN = 2;
/**
 * Under dirt the scene is still seen, pale: the part of the edges' contrast that is left in
 * their very places. Where something drove off or came to stand there is none of it
 * (cdnet_highway: 0.01; smears and drops 0.05 to 0.3).
 */
const PALE = 0.035;
const PALE_CELL = 0.025;
const PALE_CELLS = 0.65;
const RIM_LEFT = 0.3;
/** What is left of an edge is known after so long: noise goes to and fro. */
const LEFT_SETTLE_S = 1;
/** … and at once when a cell has lost its edges for less than this. */
const LEFT_AT_ONCE_S = 0.3;
/** What lost its edges when dirt came, or in this time before or after, needs this part of it … */
const TOGETHER = 0.6;
const BEFORE_S = 2.5;
const AFTER_S = 0.5;
/** … where this part of its cells did. */
const TOGETHER_CELLS = 0.5;
/** Where a picture is this bright its edges are burnt out. */
const BURNT = 226;
const PATCH_MAX = 0.7;
/** Of the other cells with edges, so many are as they were. */
const REST_SHARP = 0.5;
/** Of the cells that differ from the model around the patch, so many are soft. */
const RIMLESS = 0.5;
/** Told when its cells have been soft for so long and never sharp; gone after so long. */
const LASTS_S = 6;
const GONE_S = 2;
/** Who passes close by is blurred for a moment: only what stays is cleared from the mask. */
const CLEARS_S = 1.5;
/** What is dirt in one frame is taken for it so much longer: things pass behind it. */
const MEMORY_S = 1.5;
/** Black of video: light scales what lies above it. */
const BLACK = 16;

const NOTHING = 0;
const FLAT = 1;
const SOFT_CELL = 2;
const SHARP_CELL = 3;
const HARD = 4;

/** Marks of a patch's cells: 1, and those around it. */
const RIM = 2;

/** What a frame shows, looked at already. */
export interface DirtInput {
  readonly measures: Measures;
  readonly edges: Edges;
  /** Seconds since the last frame. */
  readonly dtS: number;
}

export class DirtWatch {
  readonly #kind: Uint8Array;
  readonly #patch: Uint8Array;
  /** Seconds for which a cell still counts as dirt. */
  readonly #restS: Float32Array;
  readonly #queue: Uint16Array;
  readonly #softS: Float32Array;
  /** Contrast left of a cell's edges, of late. */
  readonly #left: Float32Array;
  /** Seconds since a cell showed its edges. */
  readonly #lostS: Float32Array;
  readonly #ground: DirtGround;
  #goneS = 0;
  #any = false;
  /** For how long a patch has been seen with no more than a moment's break. */
  #suspectS = 0;
  #unseenS = 0;

  dirty = false;
  score = 0;
  /** A patch was seen in this frame. */
  suspects = false;

  constructor(cells: number) {
    this.#kind = new Uint8Array(cells);
    this.#patch = new Uint8Array(cells);
    this.#restS = new Float32Array(cells);
    this.#softS = new Float32Array(cells);
    this.#left = new Float32Array(cells);
    this.#lostS = new Float32Array(cells);
    this.#ground = new DirtGround(cells);
    this.#queue = new Uint16Array(cells);
  }

  step(
    view: ModelView,
    { measures, edges, dtS }: DirtInput,
  ): void {
    const { cells } = measures;
    const part = settle(dtS, LEFT_SETTLE_S);
    let withEdges = 0;
    let sharp = 0;
    let soft = 0;
    for (let cell = 0; cell < cells; cell++) {
      const kind = this.#kindOf(measures, edges, cell);
      this.#kind[cell] = kind;
      const lostS = kind === SHARP_CELL ? 0 : this.#lostS[cell]! + dtS;
      const step = lostS < LEFT_AT_ONCE_S ? 1 : part;
      this.#left[cell]! += step * (edges.cellTrace[cell]! - this.#left[cell]!);
      this.#lostS[cell] = lostS;
      if (edges.cellSize[cell]! >= CELL_EDGES_MIN) withEdges++;
      if (kind === SHARP_CELL) sharp++;
      if (kind === SOFT_CELL) soft++;
    }
    this.suspects = false;
    this.#sharpen();
    const least = Math.max(PATCH_CELLS_MIN, PATCH_MIN * withEdges);
    if (soft >= least && soft <= PATCH_MAX * withEdges) {
      this.#refine(view, measures, edges);
      const size = this.#findPatches(measures, edges);
      const rest = withEdges - size;
      this.suspects = size >= least && sharp >= REST_SHARP * rest;
      if (this.suspects) this.score = Math.min(1, 0.5 + size / (3 * least));
    }
    if (this.suspects) this.#widen(measures);
    this.#pass(dtS, least);
    this.#ground.step(view, measures, {
      ...{ patch: this.#patch, seen: this.suspects, dtS },
      isSharp: (cell) => this.#kind[cell] === SHARP_CELL,
    });
  }

  /** Pixels of the picture, row by row, whose frame is to be taken into the model now. */
  get taken(): Uint8Array | undefined {
    return this.#ground.taken;
  }

  /** Dirt was seen within the last moment. */
  get pending(): boolean {
    return this.suspects || this.#isSure;
  }

  /** Clears the mask where dirt was seen in the last moment. */
  clear({ mask, stride }: ModelView, { at, points, cellOf, step }: Measures): void {
    if (!this.#any) return;
    const restS = this.#restS;
    for (let point = 0; point < points; point++) {
      const cell = cellOf[point]!;
      if (restS[cell]! <= 0 || this.#ground.has(cell)) continue;
      for (let row = 0; row < step; row++) {
        const from = at[point]! + row * stride;
        mask.fill(0, from, from + step);
      }
    }
  }

  reset(): void {
    this.#softS.fill(0);
    this.dirty = false;
    this.suspects = false;
    this.#restS.fill(0);
    this.#any = false;
    this.#suspectS = 0;
    this.#ground.reset();
  }

  #kindOf(measures: Measures, edges: Edges, cell: number): number {
    const moves = measures.cellChanged[cell]! > 1;
    const differs = measures.cellMask[cell]! > 2 || this.#ground.has(cell);
    if (edges.cellSize[cell]! < CELL_EDGES_MIN) {
      if (!differs) return NOTHING;
      return moves ? HARD : FLAT;
    }
    const before = Math.max(8, edges.cellLuma[cell]! - BLACK);
    const light = Math.max(0.3, Math.min(1, (measures.cellLuma[cell]! - BLACK) / before));
    const left = edges.cellLeft[cell]! / edges.cellSize[cell]! / light;
    if (left > SHARP) return SHARP_CELL;
    if (measures.cellLuma[cell]! > BURNT) return NOTHING;
    if (left > SOFT) return differs ? HARD : NOTHING;
    return moves ? HARD : SOFT_CELL;
  }

  /** Soft and flat cells must be no steeper than a blur: looked at only when there are some. */
  #refine({ y, stride }: ModelView, measures: Measures, edges: Edges): void {
    const { points, at, cellOf, cells, cellPoints, grain } = measures;
    const kind = this.#kind;
    const queue = this.#queue;
    queue.fill(0);
    for (let point = 0; point < points; point++) {
      const cell = cellOf[point]!;
      if (kind[cell] !== SOFT_CELL && kind[cell] !== FLAT) continue;
      queue[cell]! += steepnessAt(y, at[point]!, stride);
    }
    for (let cell = 0; cell < cells; cell++) {
      if (kind[cell] !== SOFT_CELL && kind[cell] !== FLAT) continue;
      const steepness = queue[cell]! / cellPoints[cell]! - 2 * grain;
      const before = edges.cellSteepness[cell]!;
      // Few points make a cell's own steepness unsure: the picture's is beside it.
      const sharp = Math.max(before, edges.textureBefore);
      const most = kind[cell] === FLAT ? before + FLAT_GAIN : SOFT_STEEPNESS * sharp;
      if (steepness > most) kind[cell] = HARD;
    }
  }

  /** Soft cells of all patches without a hard rim, through which the scene is seen; they are marked. */
  #findPatches(measures: Measures, edges: Edges): number {
    const { cells } = measures;
    const kind = this.#kind;
    let soft = 0;
    this.#patch.fill(0);
    for (let first = 0; first < cells; first++) {
      if (kind[first] !== SOFT_CELL) continue;
      const found = this.#grow(first, measures);
      if (found.soft < SINGLE_CELLS_MIN) continue;
      if (found.soft < RIMLESS * (found.soft + found.hard)) continue;
      if (!this.#isPale(found.length, edges)) continue;
      soft += found.soft;
      for (let member = 0; member < found.length; member++) {
        this.#patch[this.#queue[member]!] = 1;
      }
    }
    return soft;
  }

  /**
   * Cells of the rim are partly beside it: they keep much, whatever covers the rest, and
   * do not count. Of the others most must show a little of their edges; fewer, and less,
   * where dirt came beside them at the same time.
   */
  #isPale(length: number, { cellSize, cellLeft }: Edges): boolean {
    const least = this.#cameTogether(length) ? TOGETHER : 1;
    let size = 0;
    let left = 0;
    let cells = 0;
    let pale = 0;
    for (let member = 0; member < length; member++) {
      const cell = this.#queue[member]!;
      if (cellSize[cell]! < CELL_EDGES_MIN) continue;
      if (cellLeft[cell]! > RIM_LEFT * cellSize[cell]!) continue;
      size += cellSize[cell]!;
      left += this.#left[cell]!;
      cells++;
      if (this.#left[cell]! >= PALE_CELL * cellSize[cell]!) pale++;
    }
    return left >= least * PALE * size && pale >= least * PALE_CELLS * cells;
  }

  /** Whether its cells lost their edges when those did that are known for dirt. */
  #cameTogether(length: number): boolean {
    if (!this.#isSure) return false;
    let together = 0;
    for (let member = 0; member < length; member++) {
      const beforeS = this.#lostS[this.#queue[member]!]! - this.#suspectS;
      if (beforeS < BEFORE_S && beforeS > -AFTER_S) together++;
    }
    return together >= TOGETHER_CELLS * length;
  }

  #grow(first: number, { columns, rows }: Measures) {
    const queue = this.#queue;
    const kind = this.#kind;
    let length = 0;
    let soft = 1;
    let hard = 0;
    queue[length++] = first;
    kind[first] = NOTHING;
    for (let next = 0; next < length; next++) {
      const cell = queue[next]!;
      const column = cell % columns;
      const row = Math.floor(cell / columns);
      for (let side = 0; side < 4; side++) {
        const x = column + (side === 0 ? 1 : side === 1 ? -1 : 0);
        const y = row + (side === 2 ? 1 : side === 3 ? -1 : 0);
        if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
        const beside = y * columns + x;
        if (kind[beside] === SOFT_CELL) soft++;
        if (kind[beside] === HARD) hard++;
        else if (kind[beside] === SOFT_CELL || kind[beside] === FLAT) {
          kind[beside] = NOTHING;
          queue[length++] = beside;
        }
      }
    }
    return { length, soft, hard };
  }

  #pass(dtS: number, least: number): void {
    this.#rest(dtS);
    let lasting = 0;
    for (let cell = 0; cell < this.#softS.length; cell++) {
      if (this.suspects && this.#patch[cell] === 1) this.#softS[cell]! += dtS;
      if (this.#softS[cell]! >= LASTS_S) lasting++;
    }
    if (lasting >= least) {
      this.#goneS = 0;
      this.dirty = true;
      return;
    }
    this.#goneS += dtS;
    if (this.#goneS >= GONE_S) this.dirty = false;
  }

  /** It was seen without a break; from then on who passes may hide it for a moment. */
  get #isSure(): boolean {
    return this.#suspectS >= CLEARS_S;
  }

  /** Where dirt was seen in the last moment, its rim included. */
  #rest(dtS: number): void {
    this.#any = false;
    this.#unseenS = this.suspects ? 0 : this.#unseenS + dtS;
    const lasts = this.suspects || (this.#isSure && this.#unseenS < MEMORY_S);
    this.#suspectS = lasts ? this.#suspectS + dtS : 0;
    const clears = this.suspects && this.#isSure;
    for (let cell = 0; cell < this.#restS.length; cell++) {
      if (clears && this.#patch[cell]! !== 0) this.#restS[cell] = MEMORY_S;
      else if (this.#restS[cell]! > 0) this.#restS[cell]! -= dtS;
      if (this.#restS[cell]! > 0) this.#any = true;
    }
  }

  /** Dirt has a soft rim, where nothing moves and the edges are fainter or flat: it is marked too. */
  #widen({ columns, rows, cells, cellChanged }: Measures): void {
    const patch = this.#patch;
    for (let cell = 0; cell < cells; cell++) {
      if (patch[cell] !== 0 || cellChanged[cell]! > 1) continue;
      const column = cell % columns;
      const row = (cell - column) / columns;
      const touches = (column > 0 && patch[cell - 1] === 1) ||
        (column < columns - 1 && patch[cell + 1] === 1) ||
        (row > 0 && patch[cell - columns] === 1) ||
        (row < rows - 1 && patch[cell + columns] === 1);
      if (touches) patch[cell] = RIM;
    }
  }

  /** Who shows its edges is clean. */
  #sharpen(): void {
    for (let cell = 0; cell < this.#softS.length; cell++) {
      if (this.#kind[cell] === SHARP_CELL) this.#softS[cell] = 0;
    }
  }
}
