/**
 * The best pairing of a few rows with a few columns (Hungarian method by shortest
 * augmenting paths, O(rows^2 * columns)). Knows nothing of tracks.
 * @module
 */

/** Rows and columns paired at once; callers leave out what is more. */
export const PAIRED_MAX = 128;

/** Buffers are made once; a pairing is valid until the next `pair`. */
export class Assignment {
  /** Worth of row r with column c at `r * PAIRED_MAX + c`; 0 or less: never. */
  readonly worth = new Float64Array(PAIRED_MAX * PAIRED_MAX);
  /** Column of each row, or -1. */
  readonly columnOf = new Int32Array(PAIRED_MAX);
  readonly #rowPotential = new Float64Array(PAIRED_MAX + 1);
  readonly #columnPotential = new Float64Array(2 * PAIRED_MAX + 1);
  readonly #slack = new Float64Array(2 * PAIRED_MAX + 1);
  readonly #owner = new Int32Array(2 * PAIRED_MAX + 1);
  readonly #cameFrom = new Int32Array(2 * PAIRED_MAX + 1);
  readonly #visited = new Uint8Array(2 * PAIRED_MAX + 1);

  /**
   * Pairs rows with columns so that the sum of `worth` is largest. Each row has a
   * column of its own beside the real ones that is worth nothing: it may stay single.
   */
  pair(rows: number, columns: number): void {
    const all = columns + rows;
    this.#rowPotential.fill(0, 0, rows + 1);
    this.#columnPotential.fill(0, 0, all + 1);
    this.#owner.fill(0, 0, all + 1);
    for (let row = 1; row <= rows; row++) this.#place(row, columns, all);
    this.columnOf.fill(-1, 0, rows);
    for (let column = 1; column <= columns; column++) {
      const row = this.#owner[column]!;
      if (row > 0 && this.#costOf(row, column, columns) < 0) {
        this.columnOf[row - 1] = column - 1;
      }
    }
  }

  #costOf(row: number, column: number, columns: number): number {
    if (column > columns) return 0;
    return -Math.max(0, this.worth[(row - 1) * PAIRED_MAX + column - 1]!);
  }

  /** One search for the cheapest way to give `row` a column. */
  #place(row: number, columns: number, all: number): void {
    const slack = this.#slack;
    const visited = this.#visited;
    const owner = this.#owner;
    owner[0] = row;
    slack.fill(Infinity, 0, all + 1);
    visited.fill(0, 0, all + 1);
    let column = 0;
    do {
      visited[column] = 1;
      const from = owner[column]!;
      let step = Infinity;
      let next = 0;
      for (let c = 1; c <= all; c++) {
        if (visited[c] === 1) continue;
        const reduced = this.#costOf(from, c, columns) - this.#rowPotential[from]! -
          this.#columnPotential[c]!;
        if (reduced < slack[c]!) {
          slack[c] = reduced;
          this.#cameFrom[c] = column;
        }
        if (slack[c]! < step) {
          step = slack[c]!;
          next = c;
        }
      }
      for (let c = 0; c <= all; c++) {
        if (visited[c] === 1) {
          this.#rowPotential[owner[c]!]! += step;
          this.#columnPotential[c]! -= step;
        } else slack[c]! -= step;
      }
      column = next;
    } while (owner[column] !== 0);
    while (column !== 0) {
      const before = this.#cameFrom[column]!;
      owner[column] = owner[before]!;
      column = before;
    }
  }
}
