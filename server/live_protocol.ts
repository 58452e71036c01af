/**
 * What the live sockets say. Version 1. Text frames, one JSON object each.
 *
 * A client that connects to `/ws` and says nothing gets `hello` once (and again after
 * it was too slow and lost something), `state` and `alerts` when they change, one
 * `frame` per analysed frame, and a `beat` every second. Stills are fetched
 * by HTTP: `GET /still/CAMERA.jpg` answers the latest, with its PTS, its age and how
 * long until a newer one can be had in `x-streamware-pts-us`, `x-streamware-age-ms` and
 * `x-streamware-next-ms`.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { Header, Observation } from "../analysis/dsl/observation.ts";

/** A camera as the page knows it. */
export interface CameraView {
  readonly camera: string;
  /** Absent until the first frame told the size. */
  readonly header?: Header;
  readonly state: StateLine;
  /** The state in words for people; no secret. */
  readonly words: string;
}

/** How old the newest frame is, measured on the box: browsers' clocks differ. */
export interface FrameAge {
  /** ms since the newest frame was taken; absent before the first. */
  readonly frameAgeMs?: number;
}

/** An alert as the page shows it: all of it. */
export type AlertView = Alert;

export type LiveMessage =
  | {
    readonly type: "hello";
    readonly version: 1;
    readonly utcMs: number;
    readonly cameras: readonly CameraView[];
    readonly alerts: readonly AlertView[];
    /** As in `beat`. */
    readonly ages: Readonly<Record<string, number>>;
  }
  | ({ readonly type: "frame"; readonly camera: string } & Observation)
  | ({ readonly type: "state" } & CameraView & FrameAge)
  | { readonly type: "alerts"; readonly alerts: readonly AlertView[] }
  | {
    readonly type: "beat";
    readonly utcMs: number;
    /** By camera: ms since its newest frame was taken; absent before the first. */
    readonly ages: Readonly<Record<string, number>>;
  };

/** The original project's frame, for its own viewers on port 8765. */
export interface OriginalFrame {
  readonly type: "frame";
  readonly data: {
    readonly frame_num: number;
    /** Seconds. */
    readonly timestamp: number;
    readonly motion_percent: number;
    readonly blobs: readonly {
      readonly id: number;
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly vx: number;
      readonly vy: number;
    }[];
    readonly events: readonly {
      readonly type: string;
      readonly blob_id: number;
      readonly direction: string;
    }[];
    /** base64 JPEG, or empty. */
    readonly background: string;
  };
}
