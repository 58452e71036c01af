/**
 * What a running program says over its control socket: HTTP/1.1 over a Unix socket, for
 * `streamware status`, `events`, `logs`, `snapshot` and `doctor`. Version 1; the page of
 * it is docs/ref/status.md. Types and paths only.
 *
 * `GET /status` answers a `ControlStatus`. `GET /events` answers one `ControlEvent` a
 * line (NDJSON), `GET /logs` one line of the log each (text): both with `lines=N` for the
 * last N, and `follow=1` for what comes as well; `/events` also with `camera=NAME`,
 * `since=ORDINAL` (later ones only) and `class=CLASS`. `GET /unreported` answers one
 * `Unreported` a line, of `live_protocol.ts`, with the same, without `class`, and
 * `why=REASON`. `GET /snapshot/NAME.jpg` answers the newest analysed frame, its age in
 * `SNAPSHOT_AGE_HEADER`; with `size=full` the newest picture at the camera's full size,
 * where one can be had. `SNAPSHOT_SIZE_HEADER` and `SNAPSHOT_KIND_HEADER` say what it is.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { CameraState, StateReason } from "../analysis/dsl/camera_state.ts";
import type { ClassLine, ObjectClass } from "../analysis/dsl/class_line.ts";
import type { MotionEvent } from "../analysis/dsl/observation.ts";
import type { Narration } from "../llm/narration.ts";

export const CONTROL_VERSION = 1;

export interface ControlStatus {
  readonly version: typeof CONTROL_VERSION;
  /** `down`: nothing is watched, or the whole box is in trouble. As `/healthz` has it. */
  readonly status: "well" | "degraded" | "down";
  /** Why, in words, without a period. */
  readonly why: string;
  /** Of the program. */
  readonly programVersion: string;
  readonly pid: number;
  readonly startedUtcMs: number;
  /** When this was answered, by the box's clock. */
  readonly utcMs: number;
  readonly urls: ControlUrls;
  /** The settings file in use; absent when there is none. */
  readonly configFile?: string;
  /** Memory in RAM of this process, bytes; its FFmpeg children are not in it. */
  readonly memoryBytes?: number;
  readonly cameras: readonly CameraStatus[];
  /** Absent when words are off. */
  readonly words?: WordsStatus;
  readonly outlets: readonly OutletStatus[];
  /** In the order in which they were raised. */
  readonly alerts: readonly Alert[];
}

export interface ControlUrls {
  /** Of the page: by each name that this box has, the best one first. */
  readonly pages: readonly string[];
  /** The original's socket; absent when it is off or its port is taken. */
  readonly original?: string;
}

export interface CameraStatus {
  readonly camera: string;
  /** Without user, password and query. */
  readonly source: string;
  readonly state: CameraState;
  readonly why?: StateReason;
  /** Of the decode ladder: `full` or `keys`; absent where there is none. */
  readonly rung?: string;
  readonly sinceUtcMs: number;
  /** The state in words. */
  readonly words: string;
  /** Of a camera with two streams: the one for live video, stills and clips. */
  readonly mainStream?: {
    readonly state: "online" | "offline";
    readonly sinceUtcMs: number;
    readonly words: string;
  };
  /** What decodes it, and why; absent where there is no choice. */
  readonly decoding?: { readonly by: string; readonly words: string };
  /** Frames analysed a second, over the last ten seconds; absent before there are two. */
  readonly analysedFps?: number;
  /** Absent before the first frame. */
  readonly frameAgeMs?: number;
  /** Part of the last five minutes' pictures that did not come; absent when not known. */
  readonly lossPercent?: number;
  /** Millionths by which the camera's clock is faster than the box's; the same. */
  readonly clockDriftPpm?: number;
  /** The analysis worker in which it sits, counted from 1; absent while it has none. */
  readonly worker?: number;
  /** Memory taken by what it sent in the last seconds; absent where nothing is kept. */
  readonly codedBytes?: number;
  /** Of the analysed picture, pixels; absent before the first frame. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** Who writes the sentences, and how it goes. */
export interface WordsStatus {
  /** `model`: one looks at pictures; `template`: sentences are made without any. */
  readonly author: "model" | "template";
  /** The model that was chosen or asked for; absent when there is none. */
  readonly model?: string;
  /** How it is, in words: "ready", "loading", "Ollama does not answer at …". */
  readonly words: string;
  /** The last sentence that was not kept quiet. */
  readonly last?: {
    readonly camera: string;
    readonly text: string;
    readonly utcMs: number;
  };
}

/** A place where words go, beside the page. */
export interface OutletStatus {
  readonly name: string;
  readonly state: "working" | "failing" | "off";
  /** Without credentials: "espeak-ng", "POST to https://example.org/…". */
  readonly words: string;
  /** Deliveries that wait. */
  readonly waiting?: number;
  readonly lastFailure?: { readonly utcMs: number; readonly words: string };
}

/** Something that happened: an event of the motion DSL, a class, or a sentence. */
export type ControlEvent =
  & {
    /** Counts over all cameras since the program was started, from 1, without gaps. */
    readonly ordinal: number;
    readonly camera: string;
    readonly utcMs: number;
    /** What its track is, as far as is known when this is asked for; absent: not at all. */
    readonly class?: ObjectClass;
  }
  & (
    | {
      readonly kind: "event";
      readonly event: MotionEvent;
      /** Its line of the motion DSL. */
      readonly dsl: string;
    }
    | {
      readonly kind: "class";
      readonly label: ClassLine;
      /** Its line of the motion DSL. */
      readonly dsl: string;
    }
    | { readonly kind: "narration"; readonly narration: Narration }
  );

/** As many as the program remembers. */
export const EVENTS_KEPT_MAX = 1_000;

/** How old the picture is, whole ms, in the answer to `/snapshot`. */
export const SNAPSHOT_AGE_HEADER = "x-streamware-age-ms";
/** Its size in pixels: `1920x1080`. */
export const SNAPSHOT_SIZE_HEADER = "x-streamware-size";
/** `full`: as the camera sends it; `analysed`: as small as it is analysed. */
export const SNAPSHOT_KIND_HEADER = "x-streamware-kind";
