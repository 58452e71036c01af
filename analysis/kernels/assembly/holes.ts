/**
 * Pass E: `../holes.ts`.
 * @module
 */
import {
  height,
  mask,
  rowRuns,
  runEnd,
  runStart,
  runVotes,
  stride,
  width,
} from "./address.ts";
import { rowIsEmpty } from "./rows.ts";
import { findRuns, rootOf } from "./runs.ts";

export function fillHoles(): void {
  const rows = height();
  let first = 0;
  while (first < rows && rowIsEmpty(first)) first++;
  let last = rows - 1;
  while (last > first && rowIsEmpty(last)) last--;
  if (last - first < 2) return;
  const runs = findRuns(mask(), 0, first, last + 1);
  memory.fill(runVotes(), 0, 4 * runs);
  markOpen(first, last);
  for (let row = first + 1; row < last; row++) {
    const start = mask() + row * stride();
    const end = load<i32>(rowRuns() + 4 * (row + 1));
    for (let run = load<i32>(rowRuns() + 4 * row); run < end; run++) {
      if (load<i32>(runVotes() + 4 * rootOf(run)) !== 0) continue;
      const left = load<i32>(runStart() + 4 * run);
      memory.fill(start + left, 255, load<i32>(runEnd() + 4 * run) - left);
    }
  }
}

/** Sets the vote of every part of the background that reaches the edge. */
function markOpen(first: i32, last: i32): void {
  const columns = width();
  for (let row = first; row <= last; row++) {
    const isEdge = row === first || row === last;
    const end = load<i32>(rowRuns() + 4 * (row + 1));
    for (let run = load<i32>(rowRuns() + 4 * row); run < end; run++) {
      const open = isEdge || load<i32>(runStart() + 4 * run) === 0 ||
        load<i32>(runEnd() + 4 * run) === columns;
      if (open) store<i32>(runVotes() + 4 * rootOf(run), 1);
    }
  }
}
