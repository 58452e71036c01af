/**
 * Is the scene after a restart the one that was kept, and how long was nobody looking?
 * Pure rules; who keeps and restores is `kept_analysis.ts`.
 * @module
 */
import type { Foreground } from "./foreground.ts";
import { FIRST_STEP, type TimeStep, timeStep } from "./time_step.ts";

/**
 * More of the picture than this in motion is another picture. A person at the door fills
 * a third; a camera that was turned, or a night that has fallen, more than half.
 */
const MOVING_PART_MAX = 0.5;

/**
 * The times of two frames may disagree by so much with what is known of the time between
 * them: uptime counts whole seconds, and a frame is some hundred ms old when it is seen.
 */
const CLOCK_SLACK_MS = 2_000;
/** The clock was set back since: how long it took is not known, so it is long. */
const UNKNOWN_MS = 3_600_000;

/** Whether the first mask of a restored model is one that its scene can have. */
export function agreesWith({ mask, width, height, stride }: Foreground): boolean {
  let moving = 0;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    for (let x = 0; x < width; x++) if (mask[row + x] !== 0) moving++;
  }
  return moving <= MOVING_PART_MAX * width * height;
}

/** The step to the first frame after a restart; both in the clock of the observations, ms. */
export function sinceKept(keptTMs: number, tMs: number): TimeStep {
  const awayMs = tMs >= keptTMs - CLOCK_SLACK_MS ? tMs - keptTMs : UNKNOWN_MS;
  const { dtS, leap } = timeStep(0, 1_000 * Math.max(1, awayMs), FIRST_STEP);
  return { dtS, leap };
}

/**
 * When a kept frame was, in the clock as it stands now: its own time, or another one if
 * somebody has set the clock since. All in ms.
 */
export function datedNow(
  tMs: number,
  { ageMs, utcMs }: { readonly ageMs: number; readonly utcMs: number },
): number {
  const wasMs = utcMs - ageMs;
  return Math.abs(tMs - wasMs) <= CLOCK_SLACK_MS ? tMs : wasMs;
}
