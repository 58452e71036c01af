/**
 * Pass E: what the foreground encloses belongs to it. A hole is a part of the
 * background, connected by four neighbours, that does not touch the picture's edge.
 * @module
 */
import type { Planes } from "./planes.ts";
import { findRuns, rootOf } from "./runs.ts";

export function fillHoles(planes: Planes): void {
  const { mask, origin, stride, height } = planes;
  // Holes lie strictly between the first and the last row that hold foreground.
  let first = 0;
  while (first < height && rowIsEmpty(planes, first)) first++;
  let last = height - 1;
  while (last > first && rowIsEmpty(planes, last)) last--;
  if (last - first < 2) return;
  const { runStart, runEnd, runParent, rowRuns } = planes;
  findRuns(planes, mask, 0, first, last + 1);
  markOpen(planes, first, last);
  for (let row = first + 1; row < last; row++) {
    const start = origin + row * stride;
    for (let run = rowRuns[row]!; run < rowRuns[row + 1]!; run++) {
      if (planes.runVotes[rootOf(runParent, run)] !== 0) continue;
      mask.fill(255, start + runStart[run]!, start + runEnd[run]!);
    }
  }
}

/** Sets the vote of every part of the background that reaches the edge. */
function markOpen(planes: Planes, first: number, last: number): void {
  const { runStart, runEnd, runParent, runVotes, rowRuns, width } = planes;
  runVotes.fill(0, 0, rowRuns[last + 1]!);
  for (let row = first; row <= last; row++) {
    for (let run = rowRuns[row]!; run < rowRuns[row + 1]!; run++) {
      const open = row === first || row === last || runStart[run] === 0 ||
        runEnd[run] === width;
      if (open) runVotes[rootOf(runParent, run)] = 1;
    }
  }
}

function rowIsEmpty(planes: Planes, row: number): boolean {
  const { mask, origin, stride, width } = planes;
  const start = origin + row * stride;
  for (let i = start; i < start + width; i++) {
    if (mask[i] !== 0) return false;
  }
  return true;
}
