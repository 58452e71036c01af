/**
 * Groups of cells that hang together, side by side or corner to corner. Which cells belong
 * together, and what they are, is known by those who ask.
 * @module
 */

/** A group of touching cells: the first `count` of `cells`, in the order they were joined. */
export interface Patch {
  readonly cells: Uint16Array;
  count: number;
}

/** From where to grow, and over what. */
export interface Joining {
  readonly seed: number;
  /** Set for each cell that was joined: none is joined twice. */
  readonly visited: Uint8Array;
  /** Asked for each unvisited neighbour of a joined cell; who is refused is asked again. */
  readonly joins: (from: number, to: number) => boolean;
}

/** Fills `into` with the cells that hang together with the seed; it has room for all. */
export function growPatch(
  { columns, rows }: { readonly columns: number; readonly rows: number },
  { seed, visited, joins }: Joining,
  into: Patch,
): void {
  const { cells } = into;
  let end = 0;
  cells[end++] = seed;
  visited[seed] = 1;
  for (let next = 0; next < end; next++) {
    const from = cells[next]!;
    const column = from % columns;
    const row = (from / columns) | 0;
    const r1 = Math.min(rows - 1, row + 1);
    const c1 = Math.min(columns - 1, column + 1);
    for (let r = Math.max(0, row - 1); r <= r1; r++) {
      for (let c = Math.max(0, column - 1); c <= c1; c++) {
        const to = r * columns + c;
        if (visited[to] !== 0 || !joins(from, to)) continue;
        visited[to] = 1;
        cells[end++] = to;
      }
    }
  }
  into.count = end;
}
