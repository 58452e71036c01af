/**
 * A track's view as the classifier takes it. Pure.
 * @module
 */
import type { TrackView } from "../capture/frame/crop.ts";
import type { PixelBox } from "../capture/frame/cut_out.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { Box } from "./crop_area.ts";

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

/** Pixels are shared, boxes stay in pixels of the analysed frame. */
export function trackCrop({ format, pixels, area, box }: TrackView): TrackCrop {
  return { format, pixels, area: boxOf(area), motion: boxOf(box) };
}

function boxOf({ left, top, width, height }: PixelBox): TrackCrop["area"] {
  return { x: left, y: top, w: width, h: height };
}
