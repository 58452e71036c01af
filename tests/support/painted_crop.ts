/**
 * A crop as the worker keeps one: a coloured square on grey ground.
 * @module
 */
import type { Crop } from "../../capture/frame/crop.ts";
import { chromaWidth, frameBytes } from "../../capture/frame/frame.ts";

/** BT.601 limited range. */
const COLOURS = {
  red: [81, 90, 240],
  green: [145, 54, 34],
  blue: [41, 240, 110],
  grey: [126, 128, 128],
} as const;

export type PaintedColour = keyof typeof COLOURS;

export interface PaintedCropOptions {
  readonly track?: number;
  readonly colour?: PaintedColour;
  readonly ground?: PaintedColour;
  readonly width?: number;
  readonly height?: number;
  readonly ptsUs?: number;
}

/** The square fills the middle 60 % of the crop each way. */
export function paintedCrop(options: PaintedCropOptions = {}): Crop {
  const { track = 1, colour = "red", ground = "grey" } = options;
  const { width = 120, height = 120, ptsUs = 1_000_000 } = options;
  const format = { width, height };
  const object = {
    left: even(width * 0.2),
    top: even(height * 0.2),
    width: even(width * 0.6),
    height: even(height * 0.6),
  };
  const pixels = new Uint8Array(frameBytes(format));
  const half = chromaWidth(format);
  const uAt = width * height;
  const vAt = uAt + (pixels.length - uAt) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= object.left && x < object.left + object.width &&
        y >= object.top && y < object.top + object.height;
      const [luma, u, v] = COLOURS[inside ? colour : ground];
      pixels[y * width + x] = luma;
      pixels[uAt + (y >> 1) * half + (x >> 1)] = u;
      pixels[vAt + (y >> 1) * half + (x >> 1)] = v;
    }
  }
  return { track, format, pixels, ptsUs, tMs: 0, score: 1 };
}

function even(pixels: number): number {
  return Math.floor(pixels / 2) * 2;
}
