/**
 * Pass G: how noisy is this pixel? Two levels widen its match radius (pass A).
 *
 * noise, in eighths of a grey level, is the running mean of the distance to the
 * nearest sample over about 32 still frames:
 *
 *   noise = (31 * noise + 8 * min(nearest, 31) + 16) / 32
 *
 * blink counts up by 8 where raw flickers, and down by 1 elsewhere: leaves, water,
 * flags (SuBSENSE, St-Charles et al., 2015).
 *
 * Both only outside the foreground, its rim of two pixels and what is held: the parts
 * of a thing that look like the ground would widen their radius frame by frame until
 * nothing of it is seen any more.
 * @module
 */
import type { Planes } from "./planes.ts";
import { isNearMask } from "./rim.ts";

const NEAREST_MAX = 31;
const BLINK_UP = 8;

export function adapt(planes: Planes): void {
  const { raw, rawBefore, mask, nearest, noise, blink, hold } = planes;
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    for (let i = start; i < start + width; i++) {
      const still = hold[i] === 0 && !isNearMask(mask, i, stride);
      if (still && raw[i] !== rawBefore[i]) {
        blink[i] = Math.min(255, blink[i]! + BLINK_UP);
      } else if (blink[i] !== 0) blink[i] = blink[i]! - 1;
      if (still) {
        const distance = Math.min(NEAREST_MAX, nearest[i]!);
        noise[i] = (noise[i]! * 31 + distance * 8 + 16) >> 5;
      }
    }
  }
  rawBefore.set(raw);
  planes.maskBefore.set(mask);
}
