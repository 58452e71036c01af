/**
 * yuv420p to RGB, BT.601 limited range, as cameras of the sizes we analyse send it.
 * @module
 */
import { assert } from "../../base/assert.ts";
import { chromaHeight, chromaWidth, frameBytes, type FrameFormat } from "./frame.ts";

/** Writes 3 bytes a pixel into `rgb`, whose clamping is relied on. */
export function yuvToRgb(
  pixels: Uint8Array,
  format: FrameFormat,
  rgb: Uint8ClampedArray,
): void {
  const { width, height } = format;
  assert(pixels.length === frameBytes(format), "a frame has the bytes of its format");
  assert(rgb.length === width * height * 3, "the target has three bytes a pixel");
  const half = chromaWidth(format);
  const uAt = width * height;
  const vAt = uAt + half * chromaHeight(format);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    const row = (y >> 1) * half;
    for (let x = 0; x < width; x++, from++, to += 3) {
      const luma = 298 * (pixels[from]! - 16) + 128;
      const u = pixels[uAt + row + (x >> 1)]! - 128;
      const v = pixels[vAt + row + (x >> 1)]! - 128;
      rgb[to] = (luma + 409 * v) >> 8;
      rgb[to + 1] = (luma - 100 * u - 208 * v) >> 8;
      rgb[to + 2] = (luma + 516 * u) >> 8;
    }
  }
}
