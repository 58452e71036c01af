/**
 * One row a frame of what each stage took, in the original's columns. Formats only:
 * who measures is the driver.
 * @module
 */
import type { Observation } from "../analysis/dsl/observation.ts";
import { clockText } from "../analysis/dsl/text_format.ts";
import type { Stage } from "../analysis/foreground.ts";

/** All a row needs to know of one frame's times, ms. */
export interface FrameTimes {
  /** Waiting for the decoder. */
  readonly captureMs: number;
  /** All stages together, without the wait. */
  readonly totalMs: number;
  readonly stagesMs: Readonly<Record<Stage, number>>;
}

/** The original's columns and what stands in ours; empty where nothing of ours fits. */
const COLUMNS: Readonly<
  Record<string, (observation: Observation, times: FrameTimes) => string>
> = {
  frame_num: ({ frame }) => String(frame),
  timestamp: ({ tMs }) => clockText(tMs),
  total_ms: (_, { totalMs }) => totalMs.toFixed(3),
  capture_ms: (_, { captureMs }) => captureMs.toFixed(3),
  grayscale_ms: (_, { stagesMs }) => stagesMs.load.toFixed(3),
  blur_ms: () => "",
  diff_ms: (_, { stagesMs }) => stagesMs.model.toFixed(3),
  threshold_ms: (_, { stagesMs }) => stagesMs.clean.toFixed(3),
  contours_ms: (_, { stagesMs }) => stagesMs.regions.toFixed(3),
  tracking_ms: (_, { stagesMs }) => stagesMs.tracking.toFixed(3),
  thumbnail_ms: () => "",
  stream_ms: () => "",
  blobs: ({ blobs }) => String(blobs.length),
  motion_pct: ({ motionPct }) => motionPct.toFixed(1),
  events: ({ events }) => String(events.length),
};

/** The first line, with its newline. */
export const TIMING_HEADER = Object.keys(COLUMNS).join(",") + "\n";

/** One frame's line, with its newline. */
export function timingRow(observation: Observation, times: FrameTimes): string {
  const cells = Object.values(COLUMNS).map((cell) => cell(observation, times));
  return cells.join(",") + "\n";
}
