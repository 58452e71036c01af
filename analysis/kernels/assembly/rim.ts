/**
 * `../rim.ts` for rows: where is foreground close by? Five rows are laid over each other
 * into a line, five columns of which make the answer for a block. Most rows are empty
 * all around, which is asked first.
 * @module
 */
import { columns, mask, stride, width } from "./address.ts";
import { BLOCK } from "./blocks.ts";

/** Rows and columns to each side that count as near. */
export const RIM: i32 = 2;

/** The address of pixel 0 of the first or second line; both begin as zeros. */
export function lineAt(which: i32): usize {
  return columns() + BLOCK + which * (stride() + BLOCK);
}

/** To be called before lines are drawn. */
export function clearLines(): void {
  memory.fill(columns(), 0, 2 * (stride() + BLOCK) + BLOCK);
}

/** Lays the mask's rows around this one over each other. */
export function drawLine(line: usize, row: i32): void {
  const rowBytes = stride();
  const start = mask() + row * rowBytes;
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    const at = start + i;
    const above = v128.or(v128.load(at - 2 * rowBytes), v128.load(at - rowBytes));
    const below = v128.or(v128.load(at + rowBytes), v128.load(at + 2 * rowBytes));
    v128.store(line + i, v128.or(v128.or(above, below), v128.load(at)));
  }
}

/** 255 where foreground is near one of sixteen pixels, by the address in their line. */
export function near(at: usize): v128 {
  const left = v128.or(v128.load(at - 2), v128.load(at - 1));
  const right = v128.or(v128.load(at + 1), v128.load(at + 2));
  return v128.or(v128.or(left, right), v128.load(at));
}
