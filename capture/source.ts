/**
 * Where frames come from. One interface for cameras, files, devices and scenes.
 * @module
 */
import type { FrameFormat, FrameStamp } from "./frame/frame.ts";
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { Fault } from "../base/fault.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Secret } from "../base/secret.ts";

/** What a source is asked for. Frames have at most `width` columns, the height follows. */
export interface SourceOptions {
  /** Names the camera in states, logs and paths: `[a-z0-9_-]{1,32}`. */
  readonly camera: string;
  /** What the user typed: URL, path, device, `scene:NAME`. May hold a password. */
  readonly url: string;
  /** Of a camera, when they do not stand in the URL. */
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
  readonly fps: number;
  readonly width: number;
  /** Files only: begin again at the end. */
  readonly loop: boolean;
  /** Scenes only: seed of the generator. */
  readonly seed: number;
}

/** Who takes what a source gives. Calls come in order, on the main thread. */
export interface FrameSink {
  /** Before the first frame, and again whenever the size changes. */
  format(format: FrameFormat): void;
  /** `pixels` (yuv420p, `frameBytes` long) are lent for the time of the call. */
  frame(pixels: Uint8Array, stamp: FrameStamp): void;
  /** Something changed; `words` are for people and hold no secret. */
  state(state: StateLine, words: string): void;
  /** A file or scene is over, or broke off with a fault. Cameras never end. */
  ended(fault?: Fault): void;
}

/** Counters since the start, for metrics. */
export interface SourceCounts {
  readonly framesTotal: number;
  readonly framesDropped: number;
  readonly packetsTotal: number;
  readonly bytesTotal: number;
  readonly reconnects: number;
  readonly decoderRestarts: number;
  readonly decoderErrors: number;
}

/** A running source. Disposing it ends its children and waits until they are gone. */
export interface FrameSource extends AsyncDisposable {
  readonly counts: SourceCounts;
  /** Process ids of the children that run now. */
  readonly children: readonly number[];
}

/** All that a source is opened with, beside what was read from its URL. */
export interface SourceOpening {
  readonly options: SourceOptions;
  readonly sink: FrameSink;
  readonly parts: SourceParts;
}

/** What every source needs from outside. */
export interface SourceParts {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in 0..1, anew each time: for the jitter of waits. */
  readonly chance: () => number;
}
