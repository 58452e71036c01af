/**
 * What the live sockets say. Version 1. Text frames, one JSON object each.
 *
 * A client that connects to `/ws` and says nothing gets `hello` once (and again after
 * it was too slow and lost something), `state` and `alerts` when they change, one
 * `frame` per analysed frame, and a `beat` every second. Stills are fetched
 * by HTTP: `GET /still/CAMERA.jpg` answers the latest, with its PTS, its age and how
 * long until a newer one can be had in `x-streamware-pts-us`, `x-streamware-age-ms` and
 * `x-streamware-next-ms`. What was before one came is at `GET /recent/CAMERA.json`. The
 * picture of a narration with `hasPicture` is at `GET /picture/ID.jpg`, while it is kept.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { CameraState, StateLine } from "../analysis/dsl/camera_state.ts";
import type { Episode, Suppression } from "../analysis/dsl/episode.ts";
import type {
  Blob,
  Header,
  MotionEvent,
  Observation,
} from "../analysis/dsl/observation.ts";
import type { Narration } from "../llm/narration.ts";
import {
  formatBlob,
  formatEvent,
  formatFrame,
  formatTrack,
} from "../analysis/dsl/text_format.ts";

/** A camera as the page knows it. */
export interface CameraView {
  readonly camera: string;
  /** Absent until the first frame told the size. */
  readonly header?: Header;
  readonly state: StateLine;
  /** The state in words for people; no secret. */
  readonly words: string;
  /** What it sends is kept for seconds: `GET /full/NAME.jpg`, `GET /clip/NAME.mp4`. */
  readonly looksBack?: true;
  /** Of a camera with two streams: whether live video, stills and clips have theirs. */
  readonly mainStream?: {
    readonly isThere: boolean;
    /** UTC epoch ms. */
    readonly sinceMs: number;
    readonly words: string;
  };
  /** What people drew in its picture; absent when they drew nothing. */
  readonly places?: CameraPlaces;
}

/** Polygons and lines by name, 0..1 of the picture. */
export interface CameraPlaces {
  readonly zones: readonly DrawnPlace[];
  readonly masks: readonly DrawnPlace[];
  readonly lines: readonly DrawnPlace[];
}

export interface DrawnPlace {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/**
 * How restless the picture is, at `GET /heat/CAMERA.json`: made when somebody asks, at
 * most every other second.
 */
export interface HeatView {
  readonly columns: number;
  readonly rows: number;
  /**
   * Row by row from the top, in tenths of a grey level of noise and flicker: 0 still …
   * 254; 255 lies under a mask.
   */
  readonly cells: readonly number[];
}

/**
 * Something that was seen and is not reported: never told, asked about or posted. An
 * episode comes when it is over, what hides it (`track` the same) when that is known.
 */
export type Unreported =
  & {
    /** Counts over all cameras since the program was started, from 1. */
    readonly ordinal: number;
    readonly camera: string;
    readonly utcMs: number;
    /** In the clock of the camera's observations. */
    readonly tMs: number;
    readonly why: UnreportedReason;
    /** Whom it is about; absent: the whole picture. */
    readonly track?: number;
    /** Where that was last. */
    readonly box?: Pick<Blob, "x" | "y" | "w" | "h">;
  }
  & (
    /** Its line of the motion DSL, which has the score. */
    | { readonly kind: "cause" | "state"; readonly dsl: string }
    | { readonly kind: "episode"; readonly episode: Episode }
  );

export type UnreportedReason = Suppression | CameraState;

/** How old the newest frame is, measured on the box: browsers' clocks differ. */
export interface FrameAge {
  /** ms since the newest frame came to us; absent before the first. */
  readonly frameAgeMs?: number;
}

/** An alert as the page shows it: all of it. */
export type AlertView = Alert;

export type LiveMessage =
  | {
    readonly type: "hello";
    readonly version: 1;
    readonly utcMs: number;
    /** When the program was started: another one means that ids begin anew. */
    readonly startedUtcMs: number;
    readonly cameras: readonly CameraView[];
    readonly alerts: readonly AlertView[];
    /** As in `beat`. */
    readonly ages: Readonly<Record<string, number>>;
    /** One had to log in to hear this, and can log out at /logout. */
    readonly login?: true;
    /** Narrations come; absent under `words.dsl_only`. */
    readonly words?: true;
  }
  | FrameMessage
  | ({ readonly type: "state" } & CameraView & FrameAge)
  | { readonly type: "alerts"; readonly alerts: readonly AlertView[] }
  | { readonly type: "narration"; readonly narration: Narration }
  | { readonly type: "unreported"; readonly unreported: Unreported }
  | {
    readonly type: "beat";
    readonly utcMs: number;
    /** By camera: ms since its newest frame came to us; absent before the first. */
    readonly ages: Readonly<Record<string, number>>;
  };

/** One analysed frame. */
export type FrameMessage = Observation & {
  readonly type: "frame";
  readonly camera: string;
  /** `RecentEvent.ordinal` of its first event; absent when it has none. */
  readonly firstEvent?: number;
  /** Blobs with events that are no news, as they are kept quiet: those have no ordinal. */
  readonly quiet?: readonly number[];
};

/** What a camera showed before one came, for a page that is opened or comes back. */
export interface Recent {
  readonly camera: string;
  /** As in `hello`. */
  readonly startedUtcMs: number;
  /** Oldest first; the last `RECENT_EVENTS_MAX`. */
  readonly events: readonly RecentEvent[];
  /** Oldest first; of the last `RECENT_SECONDS`, without those that had no frame. */
  readonly motion: readonly RecentMotion[];
  /** Oldest first; the last `RECENT_NARRATIONS_MAX`, quiet ones too. */
  readonly narrations: readonly Narration[];
  /** Oldest first; the last `RECENT_UNREPORTED_MAX`. */
  readonly unreported: readonly Unreported[];
}

export interface RecentEvent {
  /** Counts this camera's events since the program was started, from 1. */
  readonly ordinal: number;
  readonly frame: number;
  /** As in its observation. */
  readonly tMs: number;
  readonly event: MotionEvent;
  /** `linesAbout` it. */
  readonly dsl: string;
}

/** The strongest motion of a second. */
export interface RecentMotion {
  /** Whole seconds before now; 0 is the present one. */
  readonly secondsAgo: number;
  /** Percent of the picture. */
  readonly peakPct: number;
}

/** As many as the page shows; about 250 bytes each. */
export const RECENT_EVENTS_MAX = 200;
export const RECENT_NARRATIONS_MAX = 100;
export const RECENT_UNREPORTED_MAX = 100;
/** Five minutes: what the page's chart holds. */
export const RECENT_SECONDS = 300;

/** The frame's own DSL lines about one of its events. */
export function linesAbout(event: MotionEvent, observation: Observation): string {
  const blob = observation.blobs.find(({ id }) => id === event.blob);
  const track = observation.tracks.find((track) => track.blob === event.blob);
  const lines = [
    formatFrame(observation),
    blob && formatBlob(blob),
    formatEvent(event),
    track && formatTrack(track),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}

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
