/**
 * The still scene's edges, as a few hundred places where it is steepest, and how many of
 * them a frame still shows. Light changes their contrast, a moved camera their place, a
 * covered or blurred lens takes them away. Keeps the reference; judges nothing.
 *
 * Gradient = luma two pixels on minus two pixels back, along x or y. From each cell of
 * the grid the steepest of either direction is kept if it is above noise.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { Measures } from "./measures.ts";

/** Pixels between the two lumas of a gradient and its place. */
export const EDGE_REACH = 2;
const REACH = EDGE_REACH;
/** Less steep is noise and compression, grey levels. */
const STEEP = 14;
/** A pixel's place is looked for on every second row and column. */
const SEARCH_STEP = 2;
/** An edge is kept when this part of its contrast is left, after the light's part. */
const KEPT_PART = 0.5;
/** Black of video, where light has no part in luma. */
const BLACK = 16;
/** Still an edge of the same direction, grey levels. */
const TRACE = 3;
/** The picture's parts along each axis; fewer edges say nothing of one. */
const PARTS = 3;
const PART_EDGES_MIN = 4;
/** Foreground over so many points of a cell hides it. */
const HIDDEN_POINTS = 3;
/** Fewer edges than this say nothing. */
export const EDGES_MIN = 24;
/** Fewer do not tell where a picture lies: a few that moved would be the majority. */
export const PLACE_EDGES_MIN = 90;

export class Edges {
  /** Edges of the reference. */
  count = 0;
  /** Part of them that are there with their contrast, as much as the light leaves. */
  kept = 1;
  /** Part of them that are there at all, however faint. */
  traced = 1;
  /** Of nine parts of the picture, those that keep at least half of their edges. */
  partsKept = 0;
  /** Their contrast in the frame, against the reference; 1 as it was. */
  contrast = 1;
  /** Mean steepness over the grid, grey levels; of the frame, and when the reference was taken. */
  texture = 0;
  textureBefore = 0;
  /** Per cell: edges of the reference, and the contrast left of them, summed. */
  readonly cellSize: Float32Array;
  readonly cellLeft: Float32Array;
  /** The same, but less what points the other way: noise alone leaves nothing of it in the mean. */
  readonly cellTrace: Float32Array;
  /** Mean steepness per cell when the reference was taken. */
  readonly cellSteepness: Float32Array;
  /** Mean luma per cell when the reference was taken. */
  readonly cellLuma: Float32Array;
  /** `y * stride + x` of each edge. */
  readonly at: Int32Array;
  /** Luma there when the reference was taken. */
  readonly luma: Uint8Array;
  /** Steepness when the reference was taken, signed. */
  readonly size: Int16Array;

  /** From each edge to either side of it, as an index. */
  readonly along: Int32Array;

  readonly #measures: Measures;
  readonly #cell: Uint16Array;
  readonly #part: Uint8Array;
  readonly #partCount = new Uint16Array(PARTS * PARTS);
  readonly #partKept = new Uint16Array(PARTS * PARTS);

  constructor(measures: Measures) {
    const most = 2 * measures.cells;
    this.#measures = measures;
    this.at = new Int32Array(most);
    this.luma = new Uint8Array(most);
    this.size = new Int16Array(most);
    this.along = new Int32Array(most);
    this.#cell = new Uint16Array(most);
    this.#part = new Uint8Array(most);
    this.cellSize = new Float32Array(measures.cells);
    this.cellLeft = new Float32Array(measures.cells);
    this.cellTrace = new Float32Array(measures.cells);
    this.cellSteepness = new Float32Array(measures.cells);
    this.cellLuma = new Float32Array(measures.cells);
  }

  /** Takes the model's means as the reference. About a hundred times the cost of a look. */
  take(view: ModelView): void {
    const { columns, rows, step, cellMask } = this.#measures;
    const side = 4 * step;
    this.count = 0;
    this.cellSize.fill(0);
    this.#partCount.fill(0);
    for (let cell = 0; cell < columns * rows; cell++) {
      const left = (cell % columns) * side;
      const top = Math.floor(cell / columns) * side;
      this.#takeCell(view, cell, { left, top, side });
      // Whose they are is not known: of the scene, or of what has left a ghost.
      if (cellMask[cell]! >= HIDDEN_POINTS) this.cellSize[cell] = 0;
    }
    this.#takeCoarse(view);
    this.kept = 1;
    this.traced = 1;
    this.contrast = 1;
    this.texture = this.textureBefore;
  }

  look(view: ModelView): void {
    const { at, size, luma, count, cellLeft, cellTrace } = this;
    const { y } = view;
    let kept = 0;
    let traced = 0;
    let sum = 0;
    let left = 0;
    cellLeft.fill(0);
    cellTrace.fill(0);
    this.#partKept.fill(0);
    for (let edge = 0; edge < count; edge++) {
      const i = at[edge]!;
      const along = this.along[edge]!;
      const was = size[edge]!;
      const steep = y[i + along]! - y[i - along]!;
      const same = was > 0 ? steep : -steep;
      const before = was > 0 ? was : -was;
      const light = (y[i]! - BLACK) / Math.max(8, luma[edge]! - BLACK);
      const part = KEPT_PART * Math.max(0.25, Math.min(1, light));
      if (same >= part * before) {
        kept++;
        this.#partKept[this.#part[edge]!]!++;
      }
      if (same >= TRACE) traced++;
      const held = Math.max(0, Math.min(before, same));
      sum += before;
      left += held;
      cellLeft[this.#cell[edge]!]! += held;
      cellTrace[this.#cell[edge]!]! += Math.max(-before, Math.min(before, same));
    }
    this.kept = count === 0 ? 1 : kept / count;
    this.traced = count === 0 ? 1 : traced / count;
    this.contrast = sum === 0 ? 1 : left / sum;
    this.partsKept = 0;
    for (let part = 0; part < PARTS * PARTS; part++) {
      const all = this.#partCount[part]!;
      if (all >= PART_EDGES_MIN && 2 * this.#partKept[part]! >= all) this.partsKept++;
    }
    this.texture = steepnessOf(view.y, view.stride, this.#measures);
  }

  #takeCell(
    view: ModelView,
    cell: number,
    { left, top, side }: { left: number; top: number; side: number },
  ): void {
    const { width, height, stride, backY } = view;
    const right = Math.min(width - REACH, left + side);
    const bottom = Math.min(height - REACH, top + side);
    let bestX = STEEP - 1;
    let bestY = STEEP - 1;
    let atX = -1;
    let atY = -1;
    for (let row = Math.max(REACH, top); row < bottom; row += SEARCH_STEP) {
      for (
        let column = Math.max(REACH, left);
        column < right;
        column += SEARCH_STEP
      ) {
        const i = row * stride + column;
        const acrossX = Math.abs(backY[i + REACH]! - backY[i - REACH]!);
        const acrossY = Math.abs(backY[i + REACH * stride]! - backY[i - REACH * stride]!);
        if (acrossX > bestX) {
          bestX = acrossX;
          atX = i;
        }
        if (acrossY > bestY) {
          bestY = acrossY;
          atY = i;
        }
      }
    }
    if (atX >= 0) this.#add(backY, { i: atX, along: REACH, cell });
    if (atY >= 0) this.#add(backY, { i: atY, along: REACH * stride, cell });
  }

  #add(
    backY: Uint8Array,
    { i, along, cell }: { i: number; along: number; cell: number },
  ): void {
    const edge = this.count++;
    const steep = backY[i + along]! - backY[i - along]!;
    this.at[edge] = i;
    this.luma[edge] = backY[i]!;
    this.size[edge] = steep;
    this.along[edge] = along;
    this.#cell[edge] = cell;
    this.cellSize[cell]! += Math.abs(steep);
    const { columns, rows } = this.#measures;
    const across = Math.floor(PARTS * (cell % columns) / columns);
    const part = PARTS * Math.floor(PARTS * Math.floor(cell / columns) / rows) + across;
    this.#part[edge] = part;
    this.#partCount[part]!++;
  }

  #takeCoarse(view: ModelView): void {
    const { points, at, cellOf, cellPoints, cells } = this.#measures;
    this.cellLuma.fill(0);
    this.cellSteepness.fill(0);
    const { backY, stride } = view;
    for (let point = 0; point < points; point++) {
      const cell = cellOf[point]!;
      const i = at[point]!;
      this.cellLuma[cell]! += backY[i]!;
      this.cellSteepness[cell]! += steepnessAt(backY, i, stride);
    }
    for (let cell = 0; cell < cells; cell++) {
      this.cellLuma[cell]! /= Math.max(1, cellPoints[cell]!);
      this.cellSteepness[cell]! /= Math.max(1, cellPoints[cell]!);
    }
    this.textureBefore = steepnessOf(view.backY, view.stride, this.#measures);
  }
}

/** Mean steepness at every fourth point of the grid, beyond noise. */
function steepnessOf(plane: Uint8Array, stride: number, measures: Measures): number {
  const { points, at } = measures;
  let sum = 0;
  let count = 0;
  for (let point = 1; point < points; point += 4) {
    sum += steepnessAt(plane, at[point]!, stride);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** How much luma changes across a pixel, along both axes together, grey levels. */
export function steepnessAt(plane: Uint8Array, i: number, stride: number): number {
  const across = plane[i + REACH]! - plane[i - REACH]!;
  const down = plane[i + REACH * stride]! - plane[i - REACH * stride]!;
  return (across < 0 ? -across : across) + (down < 0 ? -down : down);
}
