/**
 * A larger picture of the same moment, where what moved is small in the analysed one: when
 * it is worth asking for, which part of it, and whether what came shows the same. Boxes
 * and pixels only; where larger pictures come from is decided by `app/` and `cli/`.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { PixelBox } from "../capture/frame/cut_out.ts";
import type { TrackCrop } from "./track_crop.ts";
import { type Box, viewWithin, WIDEST_VIEW } from "./crop_area.ts";

/** What is as long as this is told as well from the analysed frame: docs/design/classes.md. */
export const SMALL_PX = 48;
/** A picture that is larger by less than this shows no more. */
const LARGER_LEAST = 1.4;
/** Two streams of one camera may be cut from its sensor differently: then places differ. */
const ASPECT_OFF_MOST = 0.02;
/** The longer side that is of use: the detector's close view of 300 pixels, with room. */
export const PART_SIDE_MAX = 480;

/** The analysed frame, and the larger picture of the same moment. */
export interface Pictures {
  readonly frame: FrameFormat;
  readonly larger: FrameFormat;
}

/** Whether the larger picture shows more of anything, at the same places. */
export function isLarger({ frame, larger }: Pictures): boolean {
  const across = larger.width / frame.width;
  const down = larger.height / frame.height;
  return Math.min(across, down) >= LARGER_LEAST &&
    Math.abs(across / down - 1) <= ASPECT_OFF_MOST;
}

/** @param motion where it moved, in pixels of the analysed frame */
export function isSmall({ w, h }: Pick<Box, "w" | "h">): boolean {
  return Math.max(w, h) < SMALL_PX;
}

/** What of the frame the detector looks at, at most, in a larger picture. */
export function areaOfUse(motion: Box, { frame, larger }: Pictures): Box {
  const whole = { x: 0, y: 0, w: frame.width, h: frame.height };
  const leastPx = WIDEST_VIEW.leastPx * frame.width / larger.width;
  return viewWithin(motion, whole, { ...WIDEST_VIEW, leastPx });
}

/**
 * The part of the larger picture that shows `area` of the frame, on even pixels.
 * @param leastSize it is at least so large, as far as the picture goes
 */
export function partOfLarger(
  area: Box,
  { frame, larger }: Pictures,
  leastSize: FrameFormat = { width: 2, height: 2 },
): PixelBox {
  const across = larger.width / frame.width;
  const down = larger.height / frame.height;
  const columns = evenSpan(area.x * across, (area.x + area.w) * across, {
    least: leastSize.width,
    limit: larger.width,
  });
  const rows = evenSpan(area.y * down, (area.y + area.h) * down, {
    least: leastSize.height,
    limit: larger.height,
  });
  return {
    ...{ left: columns.from, top: rows.from },
    ...{ width: columns.length, height: rows.length },
  };
}

/** What a part of the larger picture shows, in pixels of the frame, also between them. */
export function areaOfPart(
  { left, top, width, height }: PixelBox,
  { frame, larger }: Pictures,
): Box {
  const across = frame.width / larger.width;
  const down = frame.height / larger.height;
  return { x: left * across, y: top * down, w: width * across, h: height * down };
}

/** The size to which a part is made smaller, if at all. */
export function sizeOfUse({ width, height }: FrameFormat): FrameFormat {
  const share = Math.min(1, PART_SIDE_MAX / Math.max(width, height));
  if (share === 1) return { width, height };
  return { width: evenNear(width * share), height: evenNear(height * share) };
}

function evenSpan(
  from: number,
  to: number,
  { least, limit }: { readonly least: number; readonly limit: number },
): { readonly from: number; readonly length: number } {
  // An odd last column has no chroma of its own in most larger pictures: left out.
  const most = 2 * Math.floor(limit / 2);
  // A hair of rounding is no pixel more.
  const begin = Math.min(Math.max(2 * Math.floor(from / 2 + 1e-6), 0), most - 2);
  const end = Math.min(2 * Math.ceil(to / 2 - 1e-6), most);
  const length = Math.min(Math.max(end - begin, least, 2), most);
  return { from: Math.min(begin, most - length), length };
}

function evenNear(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

/** Around what moved, as its own place is what has to agree. */
const COMPARED = { sides: 1.5, leastPx: 16 };
/** Correlation from which two pictures are of the same moment: docs/design/classes.md. */
export const SAME_LEAST = 0.8;

/**
 * How much a larger crop looks like the analysed one around what moved: the correlation of
 * their lightness, -1 … 1, the larger one averaged to the frame's pixels. 0 where either
 * is of one lightness: nothing can be told then.
 */
export function likeness(analysed: TrackCrop, larger: TrackCrop): number {
  const { area, motion, format, pixels } = analysed;
  const at = viewWithin(motion, area, COMPARED);
  const across = larger.format.width / larger.area.w;
  const down = larger.format.height / larger.area.h;
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let y = Math.ceil(at.y); y + 1 <= at.y + at.h; y++) {
    const top = (y - larger.area.y) * down;
    for (let x = Math.ceil(at.x); x + 1 <= at.x + at.w; x++) {
      const a = pixels[(y - area.y) * format.width + x - area.x]!;
      const left = (x - larger.area.x) * across;
      const b = meanOf(larger, { left, top, right: left + across, bottom: top + down });
      count++;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const spread = (count * sumAA - sumA ** 2) * (count * sumBB - sumB ** 2);
  return spread > 0 ? (count * sumAB - sumA * sumB) / Math.sqrt(spread) : 0;
}

/** Mean lightness of the whole pixels nearest to an area. */
function meanOf(
  { format, pixels }: TrackCrop,
  edges: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  },
): number {
  const left = Math.min(Math.max(Math.round(edges.left), 0), format.width - 1);
  const top = Math.min(Math.max(Math.round(edges.top), 0), format.height - 1);
  const right = Math.min(Math.max(Math.round(edges.right), left + 1), format.width);
  const bottom = Math.min(Math.max(Math.round(edges.bottom), top + 1), format.height);
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += pixels[y * format.width + x]!;
  }
  return sum / ((right - left) * (bottom - top));
}
