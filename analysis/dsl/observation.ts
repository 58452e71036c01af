/**
 * One frame's meaning: what the analyser says, the DSL writes and everyone reads.
 *
 * All numbers are fixed-point from the moment they are made (`fixed.ts`), with the
 * decimals that the text shows, so that `parse(format(x)) = x`. Coordinates are
 * 0..1 of the picture, x to the right, y down. No pixels, no I/O.
 * @module
 */
import type { StateLine } from "./camera_state.ts";
import type { ClassLine } from "./class_line.ts";

export const EVENT_TYPES = [
  "ENTER",
  "EXIT",
  "MOVE",
  "STOP",
  "APPEAR",
  "DISAPPEAR",
  "SPLIT",
  "MERGE",
  "CROSS",
  "DROP",
  "TAKE",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const DIRECTIONS = [
  "LEFT",
  "RIGHT",
  "UP",
  "DOWN",
  "TOWARD",
  "AWAY",
  "STATIC",
] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const CAUSES = [
  "light",
  "ir_switch",
  "headlight",
  "shadow",
  "reflection",
  "rain",
  "snow",
  "noise",
  "insect",
  "sway",
  "shake",
  "overlay",
  "decode_loss",
  "absorbed",
] as const;
export type Cause = (typeof CAUSES)[number];

/** A moving thing in this frame. Position and size 3 decimals, speeds 4. */
export interface Blob {
  readonly id: number;
  /** Centre of the box. */
  readonly x: number;
  readonly y: number;
  /** The full box. */
  readonly w: number;
  readonly h: number;
  /** Picture widths and heights per frame, as the original has it. */
  readonly vx: number;
  readonly vy: number;
  /** The same per second: does not change with the frame rate. */
  readonly vxPerS: number;
  readonly vyPerS: number;
  /** Frames since there was evidence for it; 0 = seen in this frame. */
  readonly coast: number;
  /** It is kept quiet, and why; absent: it is reported. */
  readonly suppressed?: Cause;
}

/** The outline of a blob: vertices, foreground area in pixels of the picture. */
export interface Edge {
  readonly blob: number;
  readonly points: number;
  readonly areaPx: number;
  /** 0 a disc … 1 all fringe: 1 - 4 pi area / perimeter^2, 2 decimals. */
  readonly complexity: number;
}

/** A blob's history. `dist` in picture diagonals-free units: sqrt(dx^2+dy^2) of 0..1. */
export interface Track {
  readonly blob: number;
  /** Frames in which it was seen. */
  readonly frames: number;
  /** Length of the path so far, 4 decimals. */
  readonly dist: number;
  /** Mean path per frame, 4 decimals. */
  readonly speed: number;
  /** Mean path per second, 4 decimals. */
  readonly speedPerS: number;
  readonly moving: boolean;
}

/** An instant. `sinceMs` and `sinceFrame` say when the thing began, if earlier. */
export interface MotionEvent {
  readonly type: EventType;
  readonly blob: number;
  /** ENTER and EXIT: the picture edge; else the way it moves. */
  readonly dir: Direction;
  readonly sinceMs?: number;
  readonly sinceFrame?: number;
  readonly zone?: string;
  /** The line that was crossed. */
  readonly line?: string;
  /** The other blob of a MERGE or SPLIT, or whose DROP or TAKE it was. */
  readonly with?: number;
}

/** Why something moved, or was kept quiet. Score 0..1, 2 decimals. */
export interface CauseLine {
  readonly cause: Cause;
  readonly score: number;
  readonly blob?: number;
  readonly suppressed: boolean;
}

/** One analysed frame. */
export interface Observation {
  /** Counts decoded frames from 1. */
  readonly frame: number;
  /** UTC epoch ms; ms from the first frame under `clock=media`. Whole. */
  readonly tMs: number;
  /** The source's own presentation time, whole microseconds. */
  readonly ptsUs: number;
  /** Frames that came but were not analysed since the last observation. */
  readonly skipped: number;
  /** Foreground, percent of the picture, 1 decimal. */
  readonly motionPct: number;
  /** Regions of foreground, tracked or not. */
  readonly regions: number;
  readonly blobs: readonly Blob[];
  readonly edges: readonly Edge[];
  readonly tracks: readonly Track[];
  /** What was found out since the last observation, also of tracks that are gone. */
  readonly classes?: readonly ClassLine[];
  readonly events: readonly MotionEvent[];
  readonly causes: readonly CauseLine[];
  readonly states: readonly StateLine[];
}

/** What a journal or a stream says of itself, in lines that begin with `#`. */
export interface Header {
  readonly version: 1;
  readonly camera: string;
  /** Size of the picture that was analysed, pixels. */
  readonly width: number;
  readonly height: number;
  /** The size worked at inside, pixels. */
  readonly workWidth: number;
  readonly workHeight: number;
  /** Frames per second asked for; 0 = every frame of the source. */
  readonly fps: number;
  /** `media`: times are ms from the first frame; `utc`: epoch ms. */
  readonly clock: "media" | "utc";
  readonly analyser: string;
  /** Hash of the settings that change what is found. */
  readonly settings: string;
  /** Name and version of the model that says what moved; absent: none does. */
  readonly classModel?: string;
}
