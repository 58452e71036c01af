/**
 * What the main thread and an analysis worker say to each other.
 *
 * Every message names its camera, so that one worker may serve several. A wake is
 * answered by exactly one reply, `observed`, `idle` or `failed`: so the host knows
 * without polling whether a worker is busy, and since when. A question for a picture is
 * answered beside that, and never counts as work.
 * @module
 */
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { AnalysisSettings } from "./analysis_settings.ts";
import type { Header, Observation } from "./dsl/observation.ts";

/** A camera's ring to read from and how to number what is found there. */
export interface Attachment {
  readonly camera: string;
  /** Grows with each attachment; replies of an older one are ignored. */
  readonly generation: number;
  readonly ringPath: string;
  readonly format: FrameFormat;
  readonly fps: number;
  /** Number of the frame with ring sequence 0. */
  readonly firstFrame: number;
  /** No id below this is given to a track: ids are never used again. */
  readonly firstTrack: number;
  /** Whether the best picture of each track is kept, to be asked for. */
  readonly pictures: boolean;
  /** How pixels are looked at; as usual when absent. */
  readonly analysis?: AnalysisSettings;
}

export type ToWorker =
  | { readonly kind: "attach"; readonly attachment: Attachment }
  | { readonly kind: "wake"; readonly camera: string; readonly generation: number }
  | PictureRequest;

/** Asks for the best picture of a track so far: answered by one `picture`. */
export interface PictureRequest {
  readonly kind: "picture";
  readonly camera: string;
  readonly generation: number;
  readonly track: number;
  /** Comes back with the answer. */
  readonly request: number;
}

/** Where and when a frame was analysed; times are `Clock.monotonicMs` of the box. */
export interface FromWorkerFrame {
  readonly observation: Observation;
  /** When the frame was ready in the ring. */
  readonly arrivalMs: number;
  /** What reading and analysing took, ms. */
  readonly costMs: number;
  /** The smallest id that the next new track may get. */
  readonly nextTrack: number;
}

export type FromWorker =
  & { readonly camera: string; readonly generation: number }
  & (
    | { readonly kind: "attached"; readonly header: Header }
    | ({ readonly kind: "observed" } & FromWorkerFrame)
    | { readonly kind: "idle" }
    | { readonly kind: "picture"; readonly request: number; readonly crop?: Crop }
    | { readonly kind: "failed"; readonly words: string }
  );
