/**
 * Makes a thing that is near whole in the mask: where its coat has the tone of what lies
 * behind it the mask has holes and gaps, but the scene's edges are gone there all the
 * same. Sets whole cells of the mask, only beside what is set already and never where the
 * scene's edges are in their place. Finds no thing: that is `near.ts`.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { Edges } from "./edges.ts";
import type { Measures } from "./measures.ts";

const UNKNOWN = 0;
const SET = 1;
const GONE = 2;
const SEEN = 3;
/** Contrast left of a cell's edges, of the usual: they are gone, or in their place. */
const GONE_LEFT = 0.25;
const SEEN_LEFT = 0.6;
/** The thing's gaps are at most about twice as many cells wide. */
const PASSES = 4;
/** Pixels of a cell along an axis, in steps of the grid. */
const CELL_STEPS = 4;

export class NearFill {
  #kind = new Uint8Array(0);
  #next = new Uint8Array(0);

  /** @param usual contrast that the edges have when all is well */
  fill(
    view: ModelView,
    measures: Measures,
    given: { edges: Edges; usual: number },
  ): void {
    this.#classify(measures, given.edges, given.usual);
    for (let pass = 0; pass < PASSES; pass++) {
      if (!this.#grow(view, measures)) return;
    }
  }

  #classify(measures: Measures, edges: Edges, usual: number): void {
    const { cells, cellMask, cellPoints } = measures;
    if (this.#kind.length !== cells) {
      this.#kind = new Uint8Array(cells);
      this.#next = new Uint8Array(cells);
    }
    for (let cell = 0; cell < cells; cell++) {
      const size = edges.cellSize[cell]!;
      const left = edges.cellLeft[cell]!;
      const isSet = 2 * cellMask[cell]! >= cellPoints[cell]!;
      if (isSet) this.#kind[cell] = SET;
      else if (size === 0) this.#kind[cell] = UNKNOWN;
      else if (left < GONE_LEFT * usual * size) this.#kind[cell] = GONE;
      else this.#kind[cell] = left > SEEN_LEFT * usual * size ? SEEN : UNKNOWN;
    }
  }

  /** @returns false when nothing was set any more */
  #grow(view: ModelView, { columns, rows, step }: Measures): boolean {
    const kind = this.#kind;
    const next = this.#next;
    next.set(kind);
    let grew = false;
    for (let cell = 0; cell < columns * rows; cell++) {
      const isGone = kind[cell] === GONE;
      if (!isGone && kind[cell] !== UNKNOWN) continue;
      const column = cell % columns;
      const left = column > 0 && kind[cell - 1] === SET;
      const right = column < columns - 1 && kind[cell + 1] === SET;
      const above = kind[cell - columns] === SET;
      const below = kind[cell + columns] === SET;
      const around = Number(left) + Number(right) + Number(above) + Number(below);
      if (!(isGone ? around >= 1 : (left && right) || (above && below) || around >= 3)) {
        continue;
      }
      next[cell] = SET;
      grew = true;
      setCell(view, { column, row: Math.floor(cell / columns), side: CELL_STEPS * step });
    }
    kind.set(next);
    return grew;
  }
}

function setCell(
  { mask, width, height, stride }: ModelView,
  { column, row, side }: { column: number; row: number; side: number },
): void {
  const left = column * side;
  const right = Math.min(width, left + side + 2);
  const bottom = Math.min(height, (row + 1) * side + 2);
  for (let y = row * side; y < bottom; y++) {
    mask.fill(255, y * stride + left, y * stride + right);
  }
}
