/**
 * Which part of a frame to keep of a track, and which square of it the detector looks
 * at. Boxes only, no pixels: those are `resample.ts`.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";

/** Pixels of one frame, top-left corner; may be between pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A square around what moved: so many times its longer side, and never smaller. */
export interface View {
  readonly sides: number;
  /** Pixels of the picture that is looked at. */
  readonly leastPx: number;
}

/**
 * The part of the frame to keep for the detector: all that its widest view may ask for,
 * clipped to the frame, on even numbers, so that it can be cut out of yuv420p.
 * @param motion within the frame, at least in part
 */
export function areaToKeep(motion: Box, frame: FrameFormat): Box {
  const whole = { x: 0, y: 0, w: frame.width, h: frame.height };
  const { x, y, w, h } = viewWithin(motion, whole, WIDEST_VIEW);
  const [left, top] = [toEven(x), toEven(y)];
  // The last row or column of an odd frame belongs to a pair of its own.
  const width = Math.min(frame.width, evenUp(x + w)) - left;
  const height = Math.min(frame.height, evenUp(y + h)) - top;
  return { x: left, y: top, w: width, h: height };
}

/** The detector's second look, the widest: what is kept of a track has to hold it. */
export const WIDEST_VIEW: View = { sides: 2.6, leastPx: 144 };

/** The view's square around the box's middle, clipped to `area`; never empty. */
export function viewWithin(motion: Box, area: Box, view: View): Box {
  const side = Math.max(view.sides * Math.max(motion.w, motion.h), view.leastPx);
  const across = span(motion.x + motion.w / 2, side, [area.x, area.x + area.w]);
  const down = span(motion.y + motion.h / 2, side, [area.y, area.y + area.h]);
  return { x: across.from, y: down.from, w: across.length, h: down.length };
}

/** `length` around `middle`, cut to the bounds; at least a pixel, at the nearer end. */
function span(middle: number, length: number, bounds: readonly [number, number]) {
  const [least, most] = bounds;
  const from = Math.min(Math.max(middle - length / 2, least), most - 1);
  const to = Math.max(Math.min(middle + length / 2, most), from + 1);
  return { from, length: to - from };
}

function toEven(at: number): number {
  return 2 * Math.floor(at / 2);
}

function evenUp(at: number): number {
  return 2 * Math.ceil(at / 2);
}
