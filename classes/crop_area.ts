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

/** A square around what moved: how many times its longer side, and never smaller. */
export interface View {
  readonly sides: number;
  readonly leastPx: number;
}

/**
 * The widest view that is ever asked for. What is kept of a track has to hold it.
 * Measured: docs/design/classes.md, "How much around it".
 */
export const WIDEST_VIEW: View = { sides: 2.6, leastPx: 144 };

/**
 * The part of the frame to keep for the detector, with what lies around the motion box;
 * even numbers, so that it can be cut out of yuv420p.
 */
export function areaToKeep(motion: Box, frame: FrameFormat): Box {
  return viewArea(motion, frame, WIDEST_VIEW);
}

/** The view's square around the box's middle, clipped to the frame, on even pixels. */
export function viewArea(motion: Box, frame: FrameFormat, view: View): Box {
  const side = Math.max(view.sides * Math.max(motion.w, motion.h), view.leastPx);
  const across = span(motion.x + motion.w / 2, side, frame.width);
  const down = span(motion.y + motion.h / 2, side, frame.height);
  return { x: across.from, y: down.from, w: across.length, h: down.length };
}

/** `length` around `middle` within 0 … `limit`, both ends even, never empty. */
function span(middle: number, length: number, limit: number) {
  const last = Math.max(0, limit - 2);
  const from = Math.min(toEven(Math.max(0, middle - length / 2)), toEven(last));
  const to = toEven(Math.min(limit, middle + length / 2));
  return { from, length: Math.max(Math.min(2, limit), to - from) };
}

function toEven(length: number): number {
  return 2 * Math.floor(length / 2);
}
