/**
 * A piece of a frame in colour, cut around an object: what is worth showing of it.
 * Pixels only; which one is best is decided by `analysis/`.
 * @module
 */
import type { PixelBox } from "./cut_out.ts";
import type { FrameFormat } from "./frame.ts";

export interface Crop {
  readonly track: number;
  /** Size of `pixels`, planar 4:2:0 as in a frame. */
  readonly format: FrameFormat;
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly ptsUs: number;
  /** As in the observation of its frame. */
  readonly tMs: number;
  /** Higher is better; comparable within one track only. */
  readonly score: number;
}

/** A crop with room around the object, for who has to tell what it is. */
export interface TrackView extends Crop {
  /**
   * What it shows of the frame, and where in the frame the object's own box lies. Out of a
   * larger picture `pixels` are more than the area's, whose edges may be between pixels.
   */
  readonly area: PixelBox;
  readonly box: PixelBox;
}
