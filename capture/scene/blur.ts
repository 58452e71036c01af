/**
 * Blurs a yuv420p picture as a lens out of focus does, about: two box means after each
 * other along rows and columns.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";

let line = new Float32Array(0);

/** In place. A radius under half a pixel changes nothing. */
export function blur(pixels: Uint8Array, format: FrameFormat, radiusPx: number): void {
  const { width, height } = format;
  const columns = chromaWidth(format);
  const rows = chromaHeight(format);
  const uAt = width * height;
  blurPlane(pixels, { from: 0, width, height }, radiusPx);
  const half = radiusPx / 2;
  blurPlane(pixels, { from: uAt, width: columns, height: rows }, half);
  blurPlane(pixels, { from: uAt + columns * rows, width: columns, height: rows }, half);
}

interface Plane {
  readonly from: number;
  readonly width: number;
  readonly height: number;
}

function blurPlane(pixels: Uint8Array, plane: Plane, radiusPx: number): void {
  const { from, width, height } = plane;
  const radius = Math.round(radiusPx);
  if (radius < 1) return;
  const longest = Math.max(width, height);
  if (line.length < longest) line = new Float32Array(longest);
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < height; row++) {
      blurLine(pixels, { from: from + row * width, step: 1, count: width }, radius);
    }
    for (let column = 0; column < width; column++) {
      blurLine(pixels, { from: from + column, step: width, count: height }, radius);
    }
  }
}

interface Line {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** The mean of `2 * radius + 1` pixels; beyond the ends the outermost goes on. */
function blurLine(pixels: Uint8Array, { from, step, count }: Line, radius: number): void {
  const last = count - 1;
  for (let i = 0; i < count; i++) line[i] = pixels[from + i * step]!;
  let sum = line[0]! * (radius + 1);
  for (let i = 1; i <= radius; i++) sum += line[Math.min(last, i)]!;
  const inverse = 1 / (2 * radius + 1);
  for (let i = 0; i < count; i++) {
    pixels[from + i * step] = sum * inverse + 0.5;
    sum += line[Math.min(last, i + radius + 1)]! - line[Math.max(0, i - radius)]!;
  }
}
