/**
 * Which pictures are wanted: of each cell of a grid in the source's own time the
 * first that comes. Exact times, nothing held back, nothing repeated. Pure.
 * @module
 */

/** Pictures come in decoding order, so a cell may come back after later ones. */
const CELLS_REMEMBERED = 32;

export class FrameGrid {
  readonly #perSecond: number;
  readonly #cells: number[] = [];

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** True when the picture at `ptsUs` is the first of its cell. */
  take(ptsUs: number): boolean {
    // A frame on a cell's border may be a microsecond early by rounding.
    const cell = Math.floor((ptsUs + 500) * this.#perSecond / 1_000_000);
    if (this.#cells.includes(cell)) return false;
    if (this.#cells.push(cell) > CELLS_REMEMBERED) this.#cells.shift();
    return true;
  }

  /** A new stream: its cells are not those of the last. */
  reset(): void {
    this.#cells.length = 0;
  }
}
