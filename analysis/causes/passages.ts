/**
 * Where something known is or goes its way just now, or light does: what changes in those
 * cells is no tree and no text. Keeps nothing from one frame to the next.
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import { isPassing } from "./evidence.ts";
import type { LightField } from "./light_field.ts";
import type { Track } from "../tracking/track.ts";

export class Passages {
  /** 1 under and around what is known or goes its way. */
  readonly cells: Uint8Array;
  readonly #grid: Cells;
  #any = false;

  constructor(grid: Cells) {
    this.#grid = grid;
    this.cells = new Uint8Array(grid.count);
  }

  look(tracks: readonly Track[], field: LightField): void {
    if (this.#any) this.cells.fill(0);
    this.#any = false;
    const { columns, active, activeCount } = this.#grid;
    for (let index = 0; index < activeCount && field.count > 0; index++) {
      const cell = active[index]!;
      if (field.explained[cell] === 0) continue;
      this.cells[cell] = 1;
      this.#any = true;
    }
    for (const track of tracks) {
      const isKnown = track.confirmed && track.suppressed === undefined;
      if (!isKnown && !isPassing(track)) continue;
      this.#any = true;
      const first = this.#grid.cellAt(track.left - CELL_PX, track.top - CELL_PX);
      const last = this.#grid.cellAt(track.right + CELL_PX, track.foot + CELL_PX);
      for (let row = first - first % columns; row <= last; row += columns) {
        this.cells.fill(1, row + first % columns, row + last % columns + 1);
      }
    }
  }
}
