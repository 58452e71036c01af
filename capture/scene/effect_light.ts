/**
 * A cloud edge: the light falls in a moment, the camera's exposure makes up for half
 * of it over seconds, and the light comes back as suddenly.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, tableOf } from "./effect.ts";
import type { CauseSpan } from "./truth.ts";

const ROUND_MS = 30_000;
const DIMS_AT_MS = 10_000;
const CLEARS_AT_MS = 20_000;
/** How long the light itself takes to change. */
const EDGE_MS = 300;
/** How long the exposure takes to follow. */
const FOLLOW_MS = 2_500;
/** Light under the cloud, against sunlight. */
const CLOUD_LIGHT = 0.62;
/** What the exposure makes up for, as a part of the change. */
const FOLLOWED = 0.5;

export function lightEffect(): Effect {
  return {
    name: "light",
    apply(pixels, format, { timeMs }) {
      const gain = gainAt(timeMs);
      if (gain === 1) return;
      changeExposure(pixels, format, gain);
    },
    causes: (untilMs) => lightSpans(untilMs),
  };
}

function changeExposure(pixels: Uint8Array, format: FrameFormat, gain: number): void {
  const lumaEnd = format.width * format.height;
  const luma = tableOf((value) => 16 + (value - 16) * gain);
  const chroma = tableOf((value) => 128 + (value - 128) * Math.min(1.1, gain));
  applyTable(pixels, luma, { from: 0, to: lumaEnd });
  applyTable(pixels, chroma, { from: lumaEnd, to: pixels.length });
}

/** Brightness at a time against the scene's own; 1 long after the last change. */
export function gainAt(timeMs: number): number {
  const inRound = timeMs % ROUND_MS;
  if (inRound < DIMS_AT_MS) return 1;
  const isCleared = inRound >= CLEARS_AT_MS;
  const since = inRound - (isCleared ? CLEARS_AT_MS : DIMS_AT_MS);
  const cloud = Math.min(1, since / EDGE_MS);
  const light = isCleared
    ? CLOUD_LIGHT + (1 - CLOUD_LIGHT) * cloud
    : 1 + (CLOUD_LIGHT - 1) * cloud;
  const followed = CLOUD_LIGHT ** -FOLLOWED;
  const following = eased(since / FOLLOW_MS);
  const exposure = isCleared
    ? followed + (1 - followed) * following
    : 1 + (followed - 1) * following;
  return light * exposure;
}

function eased(part: number): number {
  const within = Math.max(0, Math.min(1, part));
  return within * within * (3 - 2 * within);
}

function lightSpans(untilMs: number): CauseSpan[] {
  const spans: CauseSpan[] = [];
  for (let round = 0; round * ROUND_MS <= untilMs; round++) {
    for (const at of [DIMS_AT_MS, CLEARS_AT_MS]) {
      const startMs = round * ROUND_MS + at;
      if (startMs > untilMs) continue;
      spans.push({
        cause: "light",
        startMs,
        endMs: Math.min(untilMs, startMs + FOLLOW_MS),
      });
    }
  }
  return spans;
}
