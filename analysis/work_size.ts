/**
 * The size worked at inside: one function of the size of the frame.
 * @module
 */

/** Frames up to this many pixels are worked at whole (320x240 and 360x240 are). */
const WHOLE_PX_MAX = 120_000;
/** Larger frames are halved until at most this many pixels are left. */
const WORK_PX_MAX = 240_000;

export interface WorkSize {
  readonly width: number;
  readonly height: number;
  /** Frame pixels per work pixel along each axis: 1, 2, 4, 8 … */
  readonly divisor: number;
}

/** Odd remainders at the right and lower edge are left out. At least 1x1. */
export function workSize(width: number, height: number): WorkSize {
  let divisor = 1;
  if (width * height > WHOLE_PX_MAX) {
    divisor = 2;
    while (width * height > WORK_PX_MAX * divisor * divisor) divisor *= 2;
  }
  return {
    width: Math.max(1, Math.floor(width / divisor)),
    height: Math.max(1, Math.floor(height / divisor)),
    divisor,
  };
}
