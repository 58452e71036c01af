/**
 * Since when somebody is in a zone who is seen there for the first time. Pure.
 * @module
 */
import type { Blob } from "./dsl/observation.ts";
import type { Moment } from "./zone_stay.ts";
import type { Box } from "./zones.ts";

/** What is known of where it was since it came into view. */
interface Arriving {
  readonly arrived: Moment;
  readonly now: Moment;
  readonly isIn: (box: Box) => boolean;
}

/** Looked at so often on the way back. */
const BACK_STEPS = 16;

/**
 * Since when it is in a place that it is seen in for the first time: gone back along its
 * speed as far as it stays inside, at most to where it came into view.
 */
export function insideSince(blob: Blob, { arrived, now, isIn }: Arriving): Moment {
  const agoMs = now.ms - arrived.ms;
  if (agoMs <= 0) return arrived;
  for (let step = 1; step <= BACK_STEPS; step++) {
    const seconds = (agoMs * step) / BACK_STEPS / 1_000;
    const { w, h, vxPerS, vyPerS } = blob;
    const box = { x: blob.x - vxPerS * seconds, y: blob.y - vyPerS * seconds, w, h };
    if (isIn(box)) continue;
    const part = (step - 1) / BACK_STEPS;
    return {
      ms: Math.round(now.ms - part * agoMs),
      frame: Math.round(now.frame - part * (now.frame - arrived.frame)),
    };
  }
  return arrived;
}
