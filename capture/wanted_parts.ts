/**
 * Parts of pictures at a camera's full size, as they are asked for. Takes none: that are
 * `full_parts.ts` and `clip_parts.ts`.
 * @module
 */
import type { FrameFormat } from "./frame/frame.ts";

/** What of the picture of one moment is wanted, in pixels of the full picture. */
export interface WantedPart {
  /** As in frames and in the motion DSL. */
  readonly ptsUs: number;
  /** Top-left corner, even. */
  readonly left: number;
  readonly top: number;
}

/** Which parts, best first: of each moment at most one. */
export interface WantedParts {
  readonly parts: readonly WantedPart[];
  /** Of every part, even; inside the picture wherever one begins. */
  readonly size: FrameFormat;
  /** What each is made smaller to; the same when it is to stay. */
  readonly shrunkTo: FrameFormat;
}
