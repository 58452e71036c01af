/**
 * Pass J: `../changes.ts`. Eight of sixteen pixels are looked at, as words: two cells.
 * @module
 */
import {
  backY,
  cellBrighter,
  cellChange,
  height,
  seenBefore,
  stride,
  width,
  y,
} from "./address.ts";
import { BLOCK, lastColumns, wordsOf } from "./blocks.ts";

const CELL_PX: i32 = 8;

export function sumChanges(least: i32): void {
  const rows = height();
  const columns = width();
  const cells = (columns + CELL_PX - 1) / CELL_PX;
  for (let row = 0; row < rows; row += CELL_PX) {
    const firstCell = (row / CELL_PX) * cells;
    for (let column = 0; column < columns; column += BLOCK) {
      const at = 2 * (firstCell + column / CELL_PX);
      sumBlock(row, column, least, at);
    }
  }
}

/** Two cells: sums go to `at` bytes into both lists of words. */
function sumBlock(row: i32, column: i32, least: i32, at: i32): void {
  const rowBytes = stride();
  const columns = width();
  const even = wordsOf(255);
  const limit = wordsOf(least);
  const isLast = column + BLOCK > columns;
  const counts = isLast ? v128.and(lastColumns(columns), even) : even;
  let change = wordsOf(0);
  let brighter = change;
  let stop = row + CELL_PX;
  if (stop > height()) stop = height();
  for (let line = row; line < stop; line += 2) {
    const i = line * rowBytes + column;
    const kept = seenBefore() + ((line >> 1) * rowBytes + column >> 1);
    const now = v128.and(v128.load(y() + i), even);
    const before = i16x8.extend_low_i8x16_u(v128.load64_zero(kept));
    const back = v128.and(v128.load(backY() + i), even);
    v128.store64_lane(kept, i8x16.narrow_i16x8_u(now, now), 0);
    const apart = i16x8.sub(i16x8.max_u(now, before), i16x8.min_u(now, before));
    const much = v128.and(v128.and(apart, counts), i16x8.gt_u(apart, limit));
    const isBrighter = i16x8.gt_u(i16x8.add(now, before), i16x8.shl(back, 1));
    change = i16x8.add(change, much);
    brighter = i16x8.add(brighter, v128.and(much, isBrighter));
  }
  storeSums(cellChange() + at, change);
  storeSums(cellBrighter() + at, brighter);
}

/** Four words make the sum of a cell. */
function storeSums(at: usize, sums: v128): void {
  const pairs = i32x4.extadd_pairwise_i16x8_u(sums);
  store<u16>(at, i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
  store<u16>(at, i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3), 2);
}
