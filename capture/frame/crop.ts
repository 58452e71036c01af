/**
 * A piece of a frame in colour, cut around an object: what is worth showing of it.
 * Pixels only; which one is best is decided by `analysis/`.
 * @module
 */
import type { FrameFormat } from "./frame.ts";

/** Even pixels of the frame. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Crop {
  readonly track: number;
  /** Size of `pixels`, planar 4:2:0 as in a frame. */
  readonly format: FrameFormat;
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Where it was cut from, in a frame of `frame` size. */
  readonly at: PixelBox;
  readonly frame: FrameFormat;
  /** The object's box inside the crop, pixels of the crop. */
  readonly object: PixelBox;
  readonly ptsUs: number;
  /** As in the observation of its frame. */
  readonly tMs: number;
  /** Higher is better; comparable within one track only. */
  readonly score: number;
}
