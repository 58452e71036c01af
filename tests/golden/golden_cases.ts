/**
 * Observations made by hand that use every line kind and every word of the DSL.
 * What they must look like, byte for byte, are the files beside this one.
 * @module
 */
import { CAMERA_STATES, STATE_REASONS } from "../../analysis/dsl/camera_state.ts";
import {
  type Blob,
  CAUSES,
  DIRECTIONS,
  EVENT_TYPES,
  type Header,
  type Observation,
} from "../../analysis/dsl/observation.ts";

export interface GoldenCase {
  /** Names the files: `<name>.dsl`, `<name>.jsonl`. */
  readonly name: string;
  readonly header: Header;
  readonly observations: readonly Observation[];
}

const QUIET: Observation = {
  ...{ frame: 1, tMs: 0, ptsUs: 0, skipped: 0, motionPct: 0, regions: 0 },
  ...{ blobs: [], edges: [], events: [], tracks: [], causes: [], states: [] },
};

const WALKER: Blob = {
  ...{ id: 1, x: 0.052, y: 0.61, w: 0.06, h: 0.18 },
  ...{ vx: 0.0041, vy: -0.0003, vxPerS: 0.041, vyPerS: -0.003, coast: 0 },
};

const CLIP: Header = {
  version: 1,
  camera: "clip",
  ...{ width: 768, height: 576, workWidth: 384, workHeight: 288 },
  ...{ fps: 0, clock: "media", analyser: "0.1.0", settings: "9f86d081" },
};

const NIGHT: Header = {
  version: 1,
  camera: 'back "yard", złota 7',
  ...{ width: 1920, height: 1081, workWidth: 480, workHeight: 270 },
  ...{ fps: 12.5, clock: "utc", analyser: "0.1.0+dev", settings: "" },
};

/** 2025-10-26, the hour that daylight-saving time repeats in Europe; UTC does not. */
const NIGHT_MS = Date.UTC(2025, 9, 26, 0, 59, 59, 999);

export const GOLDEN_CASES: readonly GoldenCase[] = [
  {
    name: "a_walker_in_a_clip",
    header: CLIP,
    observations: [
      { ...QUIET, states: [{ state: "warmup", sinceMs: 0 }] },
      {
        ...QUIET,
        ...{ frame: 2, tMs: 100, ptsUs: 100_000, motionPct: 1.1, regions: 2 },
        blobs: [WALKER],
        edges: [{ blob: 1, points: 24, areaPx: 1240, complexity: 0.7 }],
        events: [{ type: "ENTER", blob: 1, dir: "LEFT", sinceMs: 0, sinceFrame: 1 }],
        tracks: [
          {
            ...{ blob: 1, frames: 2, dist: 0.0082, speed: 0.0041, speedPerS: 0.041 },
            moving: true,
          },
        ],
        causes: [{ cause: "shadow", score: 0.8, suppressed: true }],
        states: [{ state: "online", sinceMs: 0 }],
      },
      {
        ...QUIET,
        ...{ frame: 3, tMs: 200, ptsUs: 200_000, motionPct: 0.9, regions: 1 },
        blobs: [{ ...WALKER, x: 0.056, coast: 1 }, { ...WALKER, id: 12, w: 1, h: 1 }],
        events: [{ type: "CROSS", blob: 1, dir: "RIGHT", zone: "front gate" }],
        tracks: [
          {
            ...{ blob: 1, frames: 2, dist: 0.0082, speed: 0.0041, speedPerS: 0.041 },
            moving: false,
          },
        ],
        causes: [{ cause: "light", score: 1, blob: 12, suppressed: true }],
      },
    ],
  },
  {
    name: "every_word_at_night",
    header: NIGHT,
    observations: [
      {
        ...QUIET,
        ...{ frame: 9_007_199_254_740_991, tMs: NIGHT_MS, ptsUs: -1, skipped: 7 },
        ...{ motionPct: 100, regions: 4_096 },
        events: EVENT_TYPES.map((type, index) => ({
          ...{ type, blob: index, dir: DIRECTIONS[index % DIRECTIONS.length]! },
        })),
      },
      {
        ...QUIET,
        ...{ frame: 2, tMs: NIGHT_MS + 1, ptsUs: -12_345_678_901 },
        causes: CAUSES.map((cause, index) => ({
          ...{ cause, score: index / 100, suppressed: index % 2 === 0 },
        })),
      },
      {
        ...QUIET,
        ...{ frame: 3, tMs: NIGHT_MS + 3_600_000, ptsUs: 95_443_717_688 },
        blobs: [
          {
            ...{ id: 0, x: 1.234, y: -0.001, w: 0, h: 0 },
            ...{ vx: -12.3456, vy: 0, vxPerS: 999_999.9999, vyPerS: -0.0001, coast: 40 },
          },
        ],
        events: ["", " ", "a=b", '"', "\\", "Tür\n2\u2028", "porch"].map((zone) => ({
          ...{ type: "ENTER", blob: 0, dir: "STATIC", zone } as const,
        })),
        states: [
          ...CAMERA_STATES.map((state) => ({ state, sinceMs: NIGHT_MS })),
          ...STATE_REASONS.map((why) => ({ state: "offline", sinceMs: 0, why } as const)),
          { state: "online", sinceMs: -1, rung: "keyframes" },
          { state: "stalled", sinceMs: 0, why: "no_frames", rung: "one in 4" },
        ],
      },
    ],
  },
  {
    name: "an_empty_street",
    header: { ...CLIP, width: 1, height: 1, workWidth: 1, workHeight: 1, fps: 29.97 },
    observations: [1, 2, 3].map((frame) => ({
      ...QUIET,
      ...{ frame, tMs: Math.round((frame - 1) * 33.367), ptsUs: (frame - 1) * 33_367 },
    })),
  },
];
