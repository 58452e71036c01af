/**
 * Says which cells of a picture are to be taken into the model as they are, because dirt
 * lies on them: what passes behind it is then seen against the dirty picture, pale. Takes
 * them back when the dirt has gone. Finds no dirt: that is `dirt.ts`.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { Measures } from "./measures.ts";

/** A cell of dirt is taken when nothing has moved in it for so long. */
const TAKEN_S = 2;
/** Something that moves takes back this many times as much. */
const FADE = 2;
/** More of a cell's points than this changed: something moves there. */
const MOVES = 1;
/** It is taken anew when its edges have been back for so long. */
const CLEAN_S = 0.2;

/** What is known of each cell. */
export interface CellsOfDirt {
  /** Not 0: dirt, or its rim. */
  readonly patch: Uint8Array;
  /** Dirt is seen in this frame. */
  readonly seen: boolean;
  isSharp(cell: number): boolean;
  readonly dtS: number;
}

export class DirtGround {
  readonly #restS: Float32Array;
  readonly #cleanS: Float32Array;
  readonly #taken: Uint8Array;
  /** Cells whose frame is to be taken now. */
  readonly #due: Uint8Array;
  #isDue = false;
  #shape = new Uint8Array(0);
  #any = false;

  /** Pixels of the picture, row by row, whose frame is to be taken into the model now. */
  taken: Uint8Array | undefined;

  constructor(cells: number) {
    this.#restS = new Float32Array(cells);
    this.#cleanS = new Float32Array(cells);
    this.#taken = new Uint8Array(cells);
    this.#due = new Uint8Array(cells);
  }

  /** The model shows the dirt there. */
  has(cell: number): boolean {
    return this.#taken[cell] === 1;
  }

  step(view: ModelView, measures: Measures, dirt: CellsOfDirt): void {
    this.taken = undefined;
    if (!dirt.seen && !this.#any) return;
    const { cells, cellChanged } = measures;
    this.#any = false;
    for (let cell = 0; cell < cells; cell++) {
      if (this.#taken[cell] === 1) this.#lookForClean(cell, dirt);
      else if (!dirt.seen) this.#restS[cell] = 0;
      else if (dirt.patch[cell] === 0 || cellChanged[cell]! > MOVES) {
        this.#restS[cell] = Math.max(0, this.#restS[cell]! - FADE * dirt.dtS);
      } else {
        this.#restS[cell]! += dirt.dtS;
        if (this.#restS[cell]! >= TAKEN_S) {
          this.#taken[cell] = 1;
          this.#cleanS[cell] = 0;
          this.#demand(cell);
        }
      }
      if (this.#taken[cell] === 1) this.#any = true;
    }
    if (this.#isDue) this.#take(view, measures);
  }

  reset(): void {
    this.#restS.fill(0);
    this.#taken.fill(0);
    this.#any = false;
    this.taken = undefined;
  }

  #lookForClean(cell: number, dirt: CellsOfDirt): void {
    this.#cleanS[cell] = dirt.isSharp(cell) ? this.#cleanS[cell]! + dirt.dtS : 0;
    if (this.#cleanS[cell]! < CLEAN_S) return;
    this.#taken[cell] = 0;
    this.#restS[cell] = 0;
    this.#demand(cell);
  }

  #demand(cell: number): void {
    this.#due[cell] = 1;
    this.#isDue = true;
  }

  /** All pixels of the cells that are due, where nobody known stands: one pass for all. */
  #take({ width, height, stride, hold }: ModelView, measures: Measures): void {
    const { at, cellOf, points, step } = measures;
    if (this.#shape.length === 0) this.#shape = new Uint8Array(width * height);
    else this.#shape.fill(0);
    this.taken = this.#shape;
    for (let point = 0; point < points; point++) {
      if (this.#due[cellOf[point]!] === 0) continue;
      const top = Math.floor(at[point]! / stride);
      const left = at[point]! % stride;
      for (let row = top; row < Math.min(height, top + step); row++) {
        for (let column = left; column < Math.min(width, left + step); column++) {
          if (hold[row * stride + column] === 0) this.#shape[row * width + column] = 1;
        }
      }
    }
    this.#due.fill(0);
    this.#isDue = false;
  }
}
