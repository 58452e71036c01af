/**
 * Pass D: `../majority.ts`, sixteen pixels at a time: counts per column of the last
 * seven rows, then seven columns of them.
 * @module
 */
import { candidate, columns, height, mask, stride, width } from "./address.ts";
import { BLOCK, bytesOf } from "./blocks.ts";
import { isEmptyRow } from "./rows.ts";

const RADIUS: i32 = 3;
/** More than half of 49. */
const MOST: i32 = 24;
/** The rows of a window and the one that leaves it; of these the newest and the oldest. */
const WINDOW_ROWS: i32 = 255;
const ENDS: i32 = 129;

export function vote(): void {
  const rowBytes = stride();
  const end = height() * rowBytes;
  const counts = columns() + BLOCK;
  memory.fill(columns(), 0, rowBytes + BLOCK);
  // One bit for each of the last eight rows that entered: it was not empty.
  let filled = 0;
  for (let row = -RADIUS * rowBytes; row < end; row += rowBytes) {
    const isEmpty = isEmptyRow(candidate() + row + RADIUS * rowBytes);
    filled = ((filled << 1) | (isEmpty ? 0 : 1)) & WINDOW_ROWS;
    if ((filled & ENDS) !== 0) slide(candidate() + row, counts, rowBytes);
    if (row < 0) continue;
    if (filled === 0) memory.fill(mask() + row, 0, rowBytes);
    else voteInRow(mask() + row, counts);
  }
}

/** Lets one row enter the counts and one leave. */
function slide(row: usize, counts: usize, rowBytes: i32): void {
  const entering = row + RADIUS * rowBytes;
  const leaving = row - (RADIUS + 1) * rowBytes;
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    // What is set is 255, which is -1.
    const without = i8x16.add(v128.load(counts + i), v128.load(leaving + i));
    v128.store(counts + i, i8x16.sub(without, v128.load(entering + i)));
  }
}

function voteInRow(row: usize, counts: usize): void {
  const picture = width();
  const most = bytesOf(MOST);
  for (let i = 0; i < picture; i += BLOCK) {
    const at = counts + i;
    const left = i8x16.add(v128.load(at - 3), v128.load(at - 2));
    const right = i8x16.add(v128.load(at + 2), v128.load(at + 3));
    const near = i8x16.add(v128.load(at - 1), v128.load(at + 1));
    const sum = i8x16.add(i8x16.add(left, right), i8x16.add(near, v128.load(at)));
    v128.store(row + i, i8x16.gt_u(sum, most));
  }
  // Just outside the picture enough of the window may be inside it.
  const rest = row + picture;
  v128.store(rest, bytesOf(0));
}
