/**
 * `../rim.ts` for sixteen pixels.
 * @module
 */

/** Rows and columns to each side that count as near. */
export const RIM: i32 = 2;

/** 255 where the mask, given by the first pixel's address, is set within two rows and columns. */
export function nearMask(mask: usize, rowBytes: i32): v128 {
  let near = acrossRow(mask);
  near = v128.or(near, acrossRow(mask - 2 * rowBytes));
  near = v128.or(near, acrossRow(mask - rowBytes));
  near = v128.or(near, acrossRow(mask + rowBytes));
  return v128.or(near, acrossRow(mask + 2 * rowBytes));
}

function acrossRow(at: usize): v128 {
  const left = v128.or(v128.load(at - 2), v128.load(at - 1));
  const right = v128.or(v128.load(at + 1), v128.load(at + 2));
  return v128.or(v128.or(left, right), v128.load(at));
}
