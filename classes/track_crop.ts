/**
 * A track's view as the classifier takes it. Pure.
 * @module
 */
import type { TrackView } from "../capture/frame/crop.ts";
import type { PixelBox } from "../capture/frame/cut_out.ts";
import type { TrackCrop } from "./classifier.ts";

export function trackCrop({ format, pixels, area, box }: TrackView): TrackCrop {
  return { format, pixels, area: boxOf(area), motion: boxOf(box) };
}

function boxOf({ left, top, width, height }: PixelBox): TrackCrop["area"] {
  return { x: left, y: top, w: width, h: height };
}
