/**
 * Connected parts of a mask as runs: stretches of equal pixels in a row, joined to
 * those they touch in the row above (four neighbours) in a union-find forest with
 * path halving. One pass, no recursion, no memory beyond the planes.
 * @module
 */
import type { Planes } from "./planes.ts";

/**
 * Finds the runs of `value` in a mask's rows `from` to `to` (not included) and
 * joins them. The root of a part is its first run. Gives the number of runs;
 * `rowRuns[row]` to `rowRuns[row + 1]` are those of a row.
 */
export function findRuns(
  planes: Planes,
  mask: Uint8Array,
  value: number,
  from: number,
  to: number,
): number {
  const { runStart, runEnd, runParent, rowRuns, width, stride, origin } = planes;
  let runs = 0;
  let above = 0;
  for (let row = from; row < to; row++) {
    rowRuns[row] = runs;
    const aboveEnd = runs;
    const start = origin + row * stride;
    let column = 0;
    while (true) {
      while (column < width && mask[start + column] !== value) column++;
      if (column >= width) break;
      const first = column;
      while (column < width && mask[start + column] === value) column++;
      runStart[runs] = first;
      runEnd[runs] = column;
      runParent[runs] = runs;
      while (above < aboveEnd && runEnd[above]! <= first) above++;
      for (let run = above; run < aboveEnd && runStart[run]! < column; run++) {
        join(runParent, run, runs);
      }
      runs++;
    }
    above = aboveEnd;
  }
  rowRuns[to] = runs;
  return runs;
}

/** The first run of the part that `run` belongs to. */
export function rootOf(runParent: Int32Array, run: number): number {
  let here = run;
  let parent = runParent[here]!;
  while (parent !== here) {
    const grand = runParent[parent]!;
    runParent[here] = grand;
    here = grand;
    parent = runParent[here]!;
  }
  return here;
}

function join(runParent: Int32Array, one: number, other: number): void {
  const a = rootOf(runParent, one);
  const b = rootOf(runParent, other);
  if (a < b) runParent[b] = a;
  else runParent[a] = b;
}
