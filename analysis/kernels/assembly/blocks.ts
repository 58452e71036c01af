/**
 * A row is worked at in blocks of sixteen pixels. The last may reach past the picture's
 * edge, into the guard: what a pass writes there must be 0 in a mask.
 * @module
 */

export const BLOCK: i32 = 16;
/** Bytes from one sample of a block to its next, and of all eight: `../planes.ts`. */
export const SAMPLE_BYTES: i32 = 48;
export const BLOCK_BYTES: i32 = 384;
export const SAMPLES: i32 = 8;

/** The same byte, or the same word of two, in every lane. */
export function bytesOf(value: i32): v128 {
  return i8x16.splat(value as i8);
}
export function wordsOf(value: i32): v128 {
  return i16x8.splat(value as i16);
}

/** 255 in the lanes that are not zero. */
export function isSet(bytes: v128): v128 {
  return i8x16.ne(bytes, bytesOf(0));
}

/** 255 in the lanes of the row's last block that lie inside a picture of this width. */
export function lastColumns(width: i32): v128 {
  const inside = width & (BLOCK - 1);
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return i8x16.lt_u(lanes, bytesOf(inside === 0 ? BLOCK : inside));
}

/** Sixteen pixels of a running mean, their whole grey levels. */
export function meanBytes(mean: usize): v128 {
  return i8x16.narrow_i16x8_u(
    i16x8.shr_u(v128.load(mean), 8),
    i16x8.shr_u(v128.load(mean, 16), 8),
  );
}

/** |a - b| of bytes. */
export function apart(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}
