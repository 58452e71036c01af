/**
 * Which pictures are wanted: of each cell of a grid in the source's own time the
 * first that comes. Exact times, nothing held back, nothing repeated. Pure.
 * @module
 */

/** Pictures come in decoding order, so a cell may come back after later ones. */
const CELLS_REMEMBERED = 32;
/**
 * How fast the grid follows the source, part of the distance per picture: real
 * cameras drift by up to 0.1 %, which leaves them 0.05 of a cell off its middle.
 */
const FOLLOW = 0.02;

export class FrameGrid {
  readonly #perSecond: number;
  readonly #cells: number[] = [];
  /** The middle of cell 0, µs. */
  #originUs: number | undefined;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /**
   * True when the picture at `ptsUs` is the first of its cell. Cells keep pictures
   * in their middle: a camera that is as fast as wanted loses none, though its
   * times tremble by up to half a cell.
   */
  take(ptsUs: number): boolean {
    this.#originUs ??= ptsUs;
    const position = (ptsUs - this.#originUs) * this.#perSecond / 1_000_000;
    const cell = Math.round(position);
    if (this.#cells.includes(cell)) return false;
    if (this.#cells.push(cell) > CELLS_REMEMBERED) this.#cells.shift();
    this.#originUs += FOLLOW * (position - cell) * 1_000_000 / this.#perSecond;
    return true;
  }

  /** A new stream: its cells are not those of the last. */
  reset(): void {
    this.#cells.length = 0;
    this.#originUs = undefined;
  }
}
