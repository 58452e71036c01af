/**
 * Pass K: what is unlike the model in each cell of 8x8 pixels, and what the cell's texture
 * is like in frame and model. Counts and sums only, over every second row, the first of a
 * cell left out: what they mean is said in `causes/cells.ts` and `causes/texture.ts`.
 *
 *   cellRaw, cellShadow, cellMask: pixels set; of the last two only among four pixels
 *     beside each other, from a column that four divides, of which one is raw
 *   cellActive: cells with `least` raw pixels, by their row of cells, then by the row in
 *     which the first raw pixel is, then by column
 *   cellSums: of each active cell, in that order, `CELL_SUMS` numbers
 * @module
 */
import { CELL_PX, cellColumns, type Planes } from "./planes.ts";

/**
 * Numbers of one active cell, over its raw pixels: luma of frame and of model,
 * |U - mean| + |V - mean|, and how many they are; then, of differences over two pixels
 * along a row and then down a column, both ends raw and in the cell: how many, the sums
 * of the frame's (F) and of the model's (B), and of FF, BB and FB.
 */
export const CELL_SUMS = 16;
/** Where those along a row begin, and those down a column. */
export const SUMS_ALONG = 4;
export const SUMS_DOWN = 10;

/** Gives how many cells are active. `least`: 1 to 32. */
export function measureCells(planes: Planes, least: number): number {
  const { cellRaw, cellShadow, cellMask, cellActive } = planes;
  cellRaw.fill(0);
  cellShadow.fill(0);
  cellMask.fill(0);
  let touched = 0;
  for (let row = 1; row < planes.height; row += 2) {
    touched = countRow(planes, row, touched);
  }
  let active = 0;
  for (let index = 0; index < touched; index++) {
    const cell = cellActive[index]!;
    if (cellRaw[cell]! < least) continue;
    cellActive[active] = cell;
    sumCell(planes, cell, CELL_SUMS * active++);
  }
  return active;
}

/** Adds cells that have had no raw pixel to the first `touched` of `cellActive`. */
function countRow(planes: Planes, row: number, touched: number): number {
  const { raw, shadow, mask, cellRaw, cellShadow, cellMask, cellActive } = planes;
  const { width, stride, origin } = planes;
  const firstCell = Math.floor(row / CELL_PX) * cellColumns(width);
  let found = touched;
  for (let column = 0; column < width; column += 4) {
    const i = origin + row * stride + column;
    const count = countFour(raw, i);
    if (count === 0) continue;
    const cell = firstCell + (column >> 3);
    if (cellRaw[cell] === 0) cellActive[found++] = cell;
    cellRaw[cell] = cellRaw[cell]! + count;
    cellShadow[cell] = cellShadow[cell]! + countFour(shadow, i);
    cellMask[cell] = cellMask[cell]! + countFour(mask, i);
  }
  return found;
}

function countFour(mask: Uint8Array, i: number): number {
  return (mask[i]! >> 7) + (mask[i + 1]! >> 7) + (mask[i + 2]! >> 7) +
    (mask[i + 3]! >> 7);
}

/** Writes the sums of one cell at `at`. */
function sumCell(planes: Planes, cell: number, at: number): void {
  const { y, u, v, backY, meanU, meanV, raw, cellSums } = planes;
  const { width, height, stride, origin } = planes;
  const left = (cell % cellColumns(width)) * CELL_PX;
  const top = Math.floor(cell / cellColumns(width)) * CELL_PX;
  const bottom = Math.min(height, top + CELL_PX);
  const columns = Math.min(width - left, CELL_PX);
  cellSums.fill(0, at, at + CELL_SUMS);
  for (let row = top + 1; row < bottom; row += 2) {
    for (let column = 0; column < columns; column++) {
      const pixel = row * stride + left + column;
      const i = origin + pixel;
      if (raw[i] === 0) continue;
      cellSums[at]! += y[i]!;
      cellSums[at + 1]! += backY[i]!;
      cellSums[at + 2]! += Math.abs(u[i]! - (meanU[pixel]! >> 8)) +
        Math.abs(v[i]! - (meanV[pixel]! >> 8));
      cellSums[at + 3]! += 1;
      if (column + 2 < columns) addPair(planes, i, i + 2, at + SUMS_ALONG);
      if (row + 2 < bottom) addPair(planes, i, i + 2 * stride, at + SUMS_DOWN);
    }
  }
}

function addPair(planes: Planes, here: number, there: number, at: number): void {
  const { y, backY, raw, cellSums } = planes;
  if (raw[there] === 0) return;
  const inFrame = y[there]! - y[here]!;
  const inModel = backY[there]! - backY[here]!;
  cellSums[at]! += 1;
  cellSums[at + 1]! += inFrame;
  cellSums[at + 2]! += inModel;
  cellSums[at + 3]! += inFrame * inFrame;
  cellSums[at + 4]! += inModel * inModel;
  cellSums[at + 5]! += inFrame * inModel;
}
