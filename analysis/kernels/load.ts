/**
 * Pass 0: a yuv420p frame at work size. Luma is the mean over cells of divisor x
 * divisor; chroma, which has half the frame's size, is doubled at divisor 1,
 * taken as it is at 2 and averaged beyond. Odd remainders are left out.
 * @module
 */
import {
  chromaHeight,
  chromaWidth,
  frameBytes,
  type FrameFormat,
} from "../../capture/frame/frame.ts";
import { assert } from "../../base/assert.ts";
import { repeatEdges } from "./edges.ts";
import type { Planes } from "./planes.ts";

export function load(
  planes: Planes,
  pixels: Uint8Array,
  format: FrameFormat,
  divisor: number,
): void {
  assert(pixels.length >= frameBytes(format), "a frame has the bytes of its format");
  const luma = { from: 0, width: format.width, height: format.height };
  const u = {
    from: format.width * format.height,
    width: chromaWidth(format),
    height: chromaHeight(format),
  };
  const v = { ...u, from: u.from + u.width * u.height };
  shrink(planes, planes.y, pixels, luma, divisor);
  if (divisor === 1) {
    double(planes, planes.u, pixels, u);
    double(planes, planes.v, pixels, v);
  } else {
    shrink(planes, planes.u, pixels, u, divisor >> 1);
    shrink(planes, planes.v, pixels, v, divisor >> 1);
  }
  repeatEdges(planes, planes.y);
  repeatEdges(planes, planes.u);
  repeatEdges(planes, planes.v);
}

/** A plane inside the frame's bytes. */
interface Source {
  readonly from: number;
  readonly width: number;
  readonly height: number;
}

/** Rounded mean of side x side cells. */
function shrink(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
  side: number,
): void {
  const isThin = source.width < side || source.height < side;
  if (side === 1) copy(planes, into, pixels, source);
  else if (isThin) shrinkThin(planes, into, pixels, source, side);
  else if (side === 2) halve(planes, into, pixels, source);
  else shrinkByFours(planes, into, pixels, source, side);
}

function copy(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
): void {
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const from = source.from + row * source.width;
    const out = origin + row * stride;
    for (let i = 0; i < width; i++) into[out + i] = pixels[from + i]!;
  }
}

function halve(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
): void {
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    let upper = source.from + 2 * row * source.width;
    let lower = upper + source.width;
    const end = origin + row * stride + width;
    for (let i = end - width; i < end; i++) {
      const sum = pixels[upper]! + pixels[upper + 1]! + pixels[lower]! +
        pixels[lower + 1]!;
      into[i] = (sum + 2) >> 2;
      upper += 2;
      lower += 2;
    }
  }
}

/** For sides of 4, 8, 16 …: sums whole lines of cells, four pixels at a time. */
function shrinkByFours(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
  side: number,
): void {
  const { width, height, stride, origin, columns } = planes;
  const area = side * side;
  for (let row = 0; row < height; row++) {
    columns.fill(area >> 1);
    for (let line = row * side; line < (row + 1) * side; line++) {
      let i = source.from + line * source.width;
      for (let column = 0; column < width; column++) {
        let sum = columns[column]!;
        for (const end = i + side; i < end; i += 4) {
          sum += pixels[i]! + pixels[i + 1]! + pixels[i + 2]! + pixels[i + 3]!;
        }
        columns[column] = sum;
      }
    }
    const out = origin + row * stride;
    for (let column = 0; column < width; column++) {
      into[out + column] = (columns[column]! / area) | 0;
    }
  }
}

/** For pictures thinner than a cell: the mean of what a cell has of them. */
function shrinkThin(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
  side: number,
): void {
  const { width, height, stride, origin } = planes;
  const cellWidth = Math.min(side, source.width);
  const cellHeight = Math.min(side, source.height);
  const area = cellWidth * cellHeight;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const corner = source.from + row * side * source.width + column * side;
      let sum = area >> 1;
      for (let line = 0; line < cellHeight; line++) {
        const start = corner + line * source.width;
        for (let i = start; i < start + cellWidth; i++) sum += pixels[i]!;
      }
      into[origin + row * stride + column] = (sum / area) | 0;
    }
  }
}

/** Every pixel twice along both axes. */
function double(
  planes: Planes,
  into: Uint8Array,
  pixels: Uint8Array,
  source: Source,
): void {
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const from = source.from + (row >> 1) * source.width;
    const out = origin + row * stride;
    for (let column = 0; column < width; column++) {
      into[out + column] = pixels[from + (column >> 1)]!;
    }
  }
}
