/**
 * What a session page holds: the JSON inside it, which `session_recorder.ts` writes and
 * the page's own code reads, and how frames are packed in it. Vocabulary only.
 * @module
 */
import type { CameraState, StateLine } from "../analysis/dsl/camera_state.ts";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { Episode, Suppression } from "../analysis/dsl/episode.ts";
import type { Blob, Header, MotionEvent } from "../analysis/dsl/observation.ts";
import type { Narration } from "../llm/narration.ts";

/** The id of the script element that holds the JSON. */
export const SESSION_ELEMENT = "session";

export interface SessionRecord {
  readonly version: 1;
  /** Of the program that wrote it. */
  readonly program: string;
  /** UTC epoch ms; `endedUtcMs` is when the page was written. */
  readonly startedUtcMs: number;
  readonly endedUtcMs: number;
  /** False when the program went on after this was written, or was killed. */
  readonly complete: boolean;
  readonly leftOut: LeftOut;
  readonly cameras: readonly SessionCamera[];
  /** Oldest first; quiet ones too. */
  readonly narrations: readonly Narration[];
  /** By narration: its id, and a JPEG as base64. */
  readonly pictures: readonly (readonly [id: number, jpeg: string])[];
  /** Oldest first; absent in a page of a version that kept none. */
  readonly unreported?: readonly SessionUnreported[];
}

/** What was seen and not reported, and why: as the live page has it. */
export type SessionUnreported =
  & {
    readonly ordinal: number;
    readonly camera: string;
    readonly utcMs: number;
    readonly tMs: number;
    readonly why: Suppression | CameraState;
    readonly track?: number;
    readonly box?: Pick<Blob, "x" | "y" | "w" | "h">;
  }
  & (
    | { readonly kind: "cause" | "state"; readonly dsl: string }
    | { readonly kind: "episode"; readonly episode: Episode }
  );

/** What was recorded and then given up for room, oldest first; counts. */
export interface LeftOut {
  readonly frames: number;
  readonly stills: number;
  readonly events: number;
  readonly narrations: number;
  readonly pictures: number;
  readonly unreported?: number;
}

export interface SessionCamera {
  readonly camera: string;
  /** Absent when no frame came. */
  readonly header?: Header;
  /** All lists are oldest first; all times as in the observations. */
  readonly frames: readonly PackedFrame[];
  readonly stills: readonly (readonly [tMs: number, jpeg: string])[];
  readonly events: readonly SessionEvent[];
  readonly states: readonly StateLine[];
  /** The last that was said of each track; absent in a page of a version that kept none. */
  readonly classes?: readonly ClassLine[];
  readonly motion: MotionPeaks;
}

export interface SessionEvent {
  readonly tMs: number;
  readonly event: MotionEvent;
}

/** The strongest motion of equal spans of time; spans without a frame are missing. */
export interface MotionPeaks {
  readonly spanMs: number;
  /** Which span, counted from 1970, and percent of the picture. */
  readonly peaks: readonly (readonly [span: number, peakPct: number])[];
}

/** What is drawn of a frame. */
export type PackedFrame = readonly [
  tMs: number,
  motionPct: number,
  blobs: readonly PackedBlob[],
];

/** In the order of `BLOB_FIELDS`. */
export type PackedBlob = readonly number[];

/** A blob without its speed per frame, which nothing draws. */
export type SessionBlob = Omit<Blob, "vx" | "vy">;

const BLOB_FIELDS = ["id", "x", "y", "w", "h", "vxPerS", "vyPerS", "coast"] as const;

/** Numbers in a row: a page holds many thousands of blobs. */
export function packBlob(blob: SessionBlob): PackedBlob {
  return BLOB_FIELDS.map((field) => blob[field]);
}

/** The mirror of `packBlob`. */
export function unpackBlob(packed: PackedBlob): SessionBlob {
  const [id = 0, x = 0, y = 0, w = 0, h = 0, vxPerS = 0, vyPerS = 0, coast = 0] = packed;
  return { id, x, y, w, h, vxPerS, vyPerS, coast };
}
