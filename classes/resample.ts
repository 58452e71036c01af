/**
 * A part of a yuv420p picture as the detector wants it: a square of RGB, the picture in
 * its middle, grey beside it. Shrinks by averaging over areas and enlarges between
 * neighbours. Colours as in `capture/frame/yuv_to_rgb.ts`: BT.601, limited range.
 * @module
 */
import { assert } from "../base/assert.ts";
import {
  chromaHeight,
  chromaWidth,
  frameBytes,
  type FrameFormat,
} from "../capture/frame/frame.ts";
import type { Box } from "./crop_area.ts";

/** Where a part of a picture lies in the square: `square = picture * scale + offset`. */
export interface Placement {
  /** Pixels of the square for one of the picture. */
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The detector was trained with this grey where nothing is. */
const GREY = 114;

/** How `part` is placed in a square of `side` pixels: as large as it fits, in the middle. */
export function placementOf(part: Box, side: number): Placement {
  const scale = side / Math.max(part.w, part.h);
  return {
    scale,
    offsetX: (side - part.w * scale) / 2 - part.x * scale,
    offsetY: (side - part.h * scale) / 2 - part.y * scale,
  };
}

/**
 * Writes `part` of the picture into `rgb`, three bytes a pixel of a square of `side`.
 * @param part in pixels of the picture, within it
 */
export function resample(
  picture: { readonly pixels: Uint8Array; readonly format: FrameFormat },
  part: Box,
  to: { readonly rgb: Uint8ClampedArray; readonly side: number },
): void {
  const { pixels, format } = picture;
  assert(pixels.length === frameBytes(format), "a picture has the bytes of its format");
  assert(to.rgb.length === 3 * to.side ** 2, "the target has three bytes a pixel");
  const scale = to.side / Math.max(part.w, part.h);
  const width = Math.max(1, Math.round(part.w * scale));
  const height = Math.max(1, Math.round(part.h * scale));
  const half = { width: chromaWidth(format), height: chromaHeight(format) };
  const uAt = format.width * format.height;
  const vAt = uAt + half.width * half.height;
  const size = { width, height };
  const small = { x: part.x / 2, y: part.y / 2, w: part.w / 2, h: part.h / 2 };
  const luma = resamplePlane({ plane: pixels.subarray(0, uAt), ...format }, part, size);
  const u = resamplePlane({ plane: pixels.subarray(uAt, vAt), ...half }, small, size);
  const v = resamplePlane({ plane: pixels.subarray(vAt), ...half }, small, size);
  to.rgb.fill(GREY);
  const left = (to.side - width) >> 1;
  const top = (to.side - height) >> 1;
  for (let y = 0, from = 0; y < height; y++) {
    let at = 3 * ((top + y) * to.side + left);
    for (let x = 0; x < width; x++, from++, at += 3) {
      const light = 1.164 * (luma[from]! - 16);
      const blue = u[from]! - 128;
      const red = v[from]! - 128;
      to.rgb[at] = light + 1.596 * red;
      to.rgb[at + 1] = light - 0.391 * blue - 0.813 * red;
      to.rgb[at + 2] = light + 2.018 * blue;
    }
  }
}

interface Plane {
  readonly plane: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/** First across, then down: a row that was made once serves every row that needs it. */
function resamplePlane({ plane, width }: Plane, part: Box, to: PlaneSize): Float32Array {
  const columns = tapsOf({ from: part.x, length: part.w, count: to.width, limit: width });
  const limit = plane.length / width;
  const rows = tapsOf({ from: part.y, length: part.h, count: to.height, limit });
  const firstRow = rows.first[0]!;
  const lastRow = rows.first[to.height - 1]! + rows.taps - 1;
  const across = new Float32Array((lastRow - firstRow + 1) * to.width);
  for (let y = firstRow; y <= Math.min(lastRow, limit - 1); y++) {
    mixRow(plane.subarray(y * width, (y + 1) * width), columns, {
      row: across.subarray((y - firstRow) * to.width, (y - firstRow + 1) * to.width),
    });
  }
  const out = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    for (let tap = 0; tap < rows.taps; tap++) {
      const weight = rows.weights[y * rows.taps + tap]!;
      if (weight === 0) continue;
      const from = (rows.first[y]! + tap - firstRow) * to.width;
      for (let x = 0; x < to.width; x++) {
        out[y * to.width + x]! += weight * across[from + x]!;
      }
    }
  }
  return out;
}

function mixRow(
  from: Uint8Array,
  columns: Taps,
  to: { readonly row: Float32Array },
): void {
  const { first, taps, weights } = columns;
  for (let x = 0; x < to.row.length; x++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[x * taps + tap]!;
      if (weight !== 0) sum += weight * from[first[x]! + tap]!;
    }
    to.row[x] = sum;
  }
}

/** For each of the new pixels: which old ones it is mixed of, and how much of each. */
interface Taps {
  readonly first: Int32Array;
  /** Weights a pixel; those that reach beyond the picture are zero. */
  readonly taps: number;
  readonly weights: Float32Array;
}

interface Stretch {
  /** In old pixels. */
  readonly from: number;
  readonly length: number;
  /** New pixels that it becomes. */
  readonly count: number;
  /** Old pixels that there are. */
  readonly limit: number;
}

function tapsOf(stretch: Stretch): Taps {
  const step = stretch.length / stretch.count;
  const taps = step >= 1 ? Math.ceil(step) + 1 : 2;
  const first = new Int32Array(stretch.count);
  const weights = new Float32Array(stretch.count * taps);
  for (let at = 0; at < stretch.count; at++) {
    const begin = stretch.from + at * step;
    first[at] = step >= 1
      ? areaTaps([begin, begin + step], stretch.limit, weights.subarray(at * taps))
      : nearTaps(begin + step / 2, stretch.limit, weights.subarray(at * taps));
  }
  return { first, taps, weights };
}

/** How much of each old pixel lies between two places. @returns the first of them */
function areaTaps(
  [begin, end]: readonly [number, number],
  limit: number,
  weights: Float32Array,
): number {
  const first = Math.min(Math.max(Math.floor(begin), 0), limit - 1);
  const last = Math.min(Math.max(Math.ceil(end) - 1, first), limit - 1);
  let sum = 0;
  for (let at = first; at <= last; at++) {
    const covered = Math.max(0, Math.min(end, at + 1) - Math.max(begin, at));
    weights[at - first] = covered;
    sum += covered;
  }
  if (sum === 0) weights[0] = sum = 1;
  for (let at = 0; at <= last - first; at++) weights[at]! /= sum;
  return first;
}

/** The two old pixels around a place. @returns the first of them */
function nearTaps(middle: number, limit: number, weights: Float32Array): number {
  const place = Math.min(Math.max(middle - 0.5, 0), limit - 1);
  const first = Math.min(Math.floor(place), Math.max(0, limit - 2));
  weights[0] = 1 - (place - first);
  if (limit > 1) weights[1] = place - first;
  return first;
}
