/**
 * Asks one short-lived child what tracks are. Never throws: what could not be told is an
 * outcome with its reason, and labels that were given before stay. Which tracks are worth
 * it, and when, is decided by its caller; nothing here waits for a frame.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { Box } from "./crop_area.ts";
import type { ClassLabel } from "./label.ts";

/** A piece of one frame in which a track moved. */
export interface TrackCrop {
  /** Size of `pixels`: that of `area`, or larger where a larger picture was at hand. */
  readonly format: FrameFormat;
  /** Planar 4:2:0 as in a frame; read until the classifier is done. */
  readonly pixels: Uint8Array;
  /** What `pixels` show, in pixels of the analysed frame: `areaToKeep()`. */
  readonly area: Box;
  /** Where it moved, in pixels of the same frame. */
  readonly motion: Box;
}

/** One track and its crops, best first. */
export interface ClassifyJob<Track> {
  readonly track: Track;
  readonly crops: readonly TrackCrop[];
}

/** Called after each crop with what is known of its track by then. */
export type OnLabel<Track> = (
  told: {
    readonly track: Track;
    readonly label: ClassLabel;
    /** True with the track's last crop. */
    readonly isFinal: boolean;
  },
) => void;

/** Why the child could not go on. */
export type ClassifyFailure =
  /** There is no model, or no runtime, in this checkout or binary. */
  | "missing"
  /** The model's or the runtime's checksum is not the program's. */
  | "damaged"
  /** The child said something that its protocol does not know. */
  | "garbled"
  /** It was not done in time and was killed. */
  | "late"
  /** It ended by itself or was killed by somebody else (out of memory). */
  | "died"
  /** It could not be started. */
  | "unstarted";

export type ClassifyOutcome =
  | { readonly kind: "done"; readonly crops: number; readonly cost: ClassifyCost }
  | {
    readonly kind: "failed";
    readonly reason: ClassifyFailure;
    /** One sentence for people: "Cannot …: …". */
    readonly words: string;
    /** Crops that were labelled before. */
    readonly crops: number;
  };

/** What it took. */
export interface ClassifyCost {
  /** From the start to the child's "ready". */
  readonly loadMs: number;
  /** Mean of the crops; 0 when there was none. */
  readonly cropMs: number;
}
