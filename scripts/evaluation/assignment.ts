/**
 * The cheapest pairing of rows with columns (Hungarian method, O(rows^2 * columns)).
 * Knows nothing of boxes or frames.
 * @module
 */

/**
 * Pairs each row with at most one column so that the sum of `worth` is largest.
 * Pairs without worth (0 or less) are left out.
 * @returns for each row its column, or -1
 */
export function assignMostWorth(worth: readonly (readonly number[])[]): number[] {
  const rows = worth.length;
  const columns = worth[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return new Array<number>(rows).fill(-1);
  if (rows > columns) return transposed(assignMostWorth(flip(worth)), rows);
  const owner = cheapestOwners(worth.map((row) => row.map((w) => -Math.max(0, w))));
  const columnOf = new Array<number>(rows).fill(-1);
  owner.forEach((row, column) => {
    if (row >= 0 && worth[row]![column]! > 0) columnOf[row] = column;
  });
  return columnOf;
}

/**
 * Shortest augmenting paths with potentials: one search per row.
 * Row and column 0 are the search's own start, so everything is counted from 1.
 */
function cheapestOwners(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length;
  const columns = cost[0]!.length;
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const owner = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    owner[0] = row;
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const visited = new Uint8Array(columns + 1);
    let column = 0;
    do {
      visited[column] = 1;
      const from = owner[column]!;
      let step = Infinity;
      let next = 0;
      for (let c = 1; c <= columns; c++) {
        if (visited[c]) continue;
        const reduced = cost[from - 1]![c - 1]! - rowPotential[from]! -
          columnPotential[c]!;
        if (reduced < slack[c]!) {
          slack[c] = reduced;
          cameFrom[c] = column;
        }
        if (slack[c]! < step) {
          step = slack[c]!;
          next = c;
        }
      }
      for (let c = 0; c <= columns; c++) {
        if (visited[c]) {
          rowPotential[owner[c]!]! += step;
          columnPotential[c]! -= step;
        } else slack[c]! -= step;
      }
      column = next;
    } while (owner[column] !== 0);
    while (column !== 0) {
      owner[column] = owner[cameFrom[column]!]!;
      column = cameFrom[column]!;
    }
  }
  return Array.from(owner.subarray(1), (row) => row - 1);
}

function flip(matrix: readonly (readonly number[])[]): number[][] {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}

function transposed(rowOf: readonly number[], rows: number): number[] {
  const columnOf = new Array<number>(rows).fill(-1);
  rowOf.forEach((row, column) => {
    if (row >= 0) columnOf[row] = column;
  });
  return columnOf;
}
