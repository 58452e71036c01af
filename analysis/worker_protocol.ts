/**
 * What the main thread and an analysis worker say to each other.
 *
 * Every message names its camera, so that one worker serves several. Each is answered by
 * exactly one reply, in the order in which they were sent: so the main thread knows
 * without polling whether a worker is busy, since when, and with which camera. A camera
 * has one `wake` on its way at most.
 * @module
 */
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { AnalysisSettings } from "./analysis_settings.ts";
import type { Header, Observation } from "./dsl/observation.ts";
import type { HeatMap } from "./heat.ts";
import type { LastSeen } from "./kept_analysis.ts";
import type { SnapshotRefusal } from "./snapshot.ts";

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
  /** Of what people drew in the picture: `drawnDigest`. */
  readonly drawn?: string;
  /** Where what the analyser knows is kept for a successor; absent: nowhere. */
  readonly memory?: AttachedMemory;
}

export interface AttachedMemory {
  /** Path of its files, without their endings: `worker_model_file.ts`. */
  readonly path: string;
  /** False: begin anew, as what is kept there may be what went wrong. */
  readonly resume: boolean;
  /** What the main thread saw last: later than any file when a worker was lost. */
  readonly lastSeen?: LastSeen;
  /** How long ago that was, ms. */
  readonly seenAgoMs?: number;
}

export type ToWorker =
  | { readonly kind: "attach"; readonly attachment: Attachment }
  | { readonly kind: "wake"; readonly camera: string; readonly generation: number }
  | DetachRequest
  | PictureRequest
  | HeatRequest;

/**
 * The camera goes: what it holds is freed, and what it knows is kept if it is kept at all.
 * Only where the answer is waited for, as by a camera that moves to another worker: at the
 * end of the program the worker is ended meanwhile, and a service's successor may find the
 * snapshot of some seconds before.
 */
export interface DetachRequest {
  readonly kind: "detach";
  readonly camera: string;
  readonly generation: number;
}

/** Asks for the best picture of a track so far: answered by one `picture`. */
export interface PictureRequest {
  readonly kind: "picture";
  readonly camera: string;
  readonly generation: number;
  readonly track: number;
  /** Comes back with the answer. */
  readonly request: number;
}

/** Asks how restless the picture is: answered by one `heat`. */
export interface HeatRequest {
  readonly kind: "heat";
  readonly camera: string;
  readonly generation: number;
  readonly request: number;
}

/** What an analyser began with. */
export type Beginning =
  /** The same analyser goes on with another ring. */
  | { readonly kind: "goes on" }
  | { readonly kind: "restored"; readonly ageMs: number }
  | { readonly kind: "fresh"; readonly why: WhyFresh };

export type WhyFresh = "nothing kept" | "not to be trusted" | "too old" | SnapshotRefusal;

export const FRAME_FAULTS = [
  "size",
  "repeated",
  "back",
  "leap",
  "held",
  "damaged",
] as const;
/** What was wrong with a frame; by which rule it is taken: docs/design/motion.md. */
export type FrameFault = (typeof FRAME_FAULTS)[number];
export type FrameFaults = Readonly<Record<FrameFault, number>>;

/** What was kept for a successor after the last frame but one, or why it was not. */
export type Keeping =
  | { readonly bytes: number; readonly costMs: number }
  | { readonly failed: string };

/** Where and when a frame was analysed; times are `Clock.monotonicMs` of the box. */
export interface FromWorkerFrame {
  readonly observation: Observation;
  /** When the frame was ready in the ring. */
  readonly arrivalMs: number;
  /** What reading and analysing took, ms. */
  readonly costMs: number;
  /** The smallest id that the next new track may get. */
  readonly nextTrack: number;
  /** Frames with a fault since the last reply; absent when there was none. */
  readonly faults?: FrameFaults;
  /** Absent when nothing was due. */
  readonly keeping?: Keeping;
  /** Frames that are owed wait in the ring. */
  readonly more?: true;
}

/** `frames`: the ring could not be read, which is nobody's mistake here. */
export type FailedAt = "frames" | "analysis";

export type FromWorker =
  & { readonly camera: string; readonly generation: number }
  & (
    | { readonly kind: "attached"; readonly header: Header; readonly began: Beginning }
    | ({ readonly kind: "observed" } & FromWorkerFrame)
    | { readonly kind: "stirred"; readonly ptsUs: number }
    | { readonly kind: "idle" }
    | { readonly kind: "detached" }
    | { readonly kind: "picture"; readonly request: number; readonly crop?: Crop }
    | { readonly kind: "heat"; readonly request: number; readonly heat?: HeatMap }
    | { readonly kind: "failed"; readonly at: FailedAt; readonly words: string }
  );
