/**
 * Is there foreground close by? Asked of few pixels, so each one looks for itself.
 * @module
 */

const RIM = 2;

/** True when foreground lies within two rows and columns of `i`. */
export function isNearMask(mask: Uint8Array, i: number, stride: number): boolean {
  for (let row = i - RIM * stride; row <= i + RIM * stride; row += stride) {
    for (let at = row - RIM; at <= row + RIM; at++) {
      if (mask[at] !== 0) return true;
    }
  }
  return false;
}
