/**
 * Where something goes its way just now: what changes in those cells is no tree.
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import { isPassing } from "./evidence.ts";
import type { Track } from "../tracking/track.ts";

export class Passages {
  /** 1 under and around what goes its way. */
  readonly cells: Uint8Array;
  readonly #grid: Cells;
  #any = false;

  constructor(grid: Cells) {
    this.#grid = grid;
    this.cells = new Uint8Array(grid.count);
  }

  look(tracks: readonly Track[]): void {
    if (this.#any) this.cells.fill(0);
    this.#any = false;
    const { columns } = this.#grid;
    for (const track of tracks) {
      if (!isPassing(track)) continue;
      this.#any = true;
      const first = this.#grid.cellAt(track.left - CELL_PX, track.top - CELL_PX);
      const last = this.#grid.cellAt(track.right + CELL_PX, track.foot + CELL_PX);
      for (let row = first - first % columns; row <= last; row += columns) {
        this.cells.fill(1, row + first % columns, row + last % columns + 1);
      }
    }
  }
}
