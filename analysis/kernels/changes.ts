/**
 * Pass J: how much did each cell of 8x8 pixels change since the last look, whatever the
 * model has learned of it? Sums of |now - before| over every second pixel of every second
 * row, of those that changed by more than `least`; and the part of them that is brighter
 * than the scene, on the mean of both looks:
 *
 *   cellChange = sum of |now - before|,   |now - before| > least
 *   cellBrighter = the same where now + before > 2 * mean
 *
 * Then every pixel's luma is kept for the next look. What a change means is not said here.
 * @module
 */
import { CELL_PX, cellColumns, type Planes } from "./planes.ts";

export function sumChanges(planes: Planes, least: number): void {
  const { height, cellChange, cellBrighter } = planes;
  cellChange.fill(0);
  cellBrighter.fill(0);
  for (let row = 0; row < height; row += 2) sumRow(planes, row, least);
}

function sumRow(planes: Planes, row: number, least: number): void {
  const { y, backY, seenBefore, cellChange, cellBrighter, width, stride, origin } =
    planes;
  const firstCell = Math.floor(row / CELL_PX) * cellColumns(width);
  const start = origin + row * stride;
  let kept = (row >> 1) * (stride >> 1);
  for (let column = 0; column < width; column += 2) {
    const now = y[start + column]!;
    const before = seenBefore[kept]!;
    seenBefore[kept++] = now;
    const change = Math.abs(now - before);
    if (change <= least) continue;
    const cell = firstCell + (column >> 3);
    cellChange[cell] = cellChange[cell]! + change;
    if (now + before <= 2 * backY[start + column]!) continue;
    cellBrighter[cell] = cellBrighter[cell]! + change;
  }
}
