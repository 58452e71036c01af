/**
 * Most rows of most masks are empty: what depends on foreground close by can be left
 * out there at once.
 * @module
 */
import { mask, stride, width } from "./address.ts";
import { BLOCK } from "./blocks.ts";

/** True when no pixel of the mask is set in this row, which may be a guard's. */
export function rowIsEmpty(row: i32): bool {
  return isEmptyRow(mask() + row * stride());
}

/** True when no pixel is set in the row of a mask that begins here. */
export function isEmptyRow(start: usize): bool {
  for (let at = start, end = start + width(); at < end; at += BLOCK) {
    if (v128.any_true(v128.load(at))) return false;
  }
  return true;
}

/** True when none is set in the rows up to `reach` away either. */
export function rowsAreEmpty(row: i32, reach: i32): bool {
  for (let near = row - reach; near <= row + reach; near++) {
    if (!rowIsEmpty(near)) return false;
  }
  return true;
}
