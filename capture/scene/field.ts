/**
 * Changes a yuv420p picture by a number at each place: light that falls on it, or
 * something that covers it. Where the number comes from is each effect's.
 * @module
 */
import { chromaHeight, chromaWidth, type FrameFormat } from "../frame/frame.ts";
import type { Area } from "./canvas.ts";
import type { Yuv } from "./colour.ts";

/** A number for the pixel whose centre is at `x`, `y`. */
export type Field = (x: number, y: number) => number;

/** Frames keep clear of the values that end a scale, as a camera's do. */
export function toByte(value: number): number {
  return value < 1 ? 1 : value > 254 ? 254 : Math.round(value);
}

/** The part of the picture around a place, on whole chroma pixels. */
export function areaAt(
  middle: { readonly x: number; readonly y: number },
  reach: { readonly x: number; readonly y: number },
  format: FrameFormat,
): Area {
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, value));
  const even = (value: number) => 2 * Math.floor(value / 2);
  return {
    left: inside(even(middle.x - reach.x), format.width),
    top: inside(even(middle.y - reach.y), format.height),
    right: inside(even(middle.x + reach.x) + 2, format.width),
    bottom: inside(even(middle.y + reach.y) + 2, format.height),
  };
}

export function wholeArea({ width, height }: FrameFormat): Area {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** More (above 1) or less light: colour keeps its hue and gains with the light. */
export function lightField(
  pixels: Uint8Array,
  format: FrameFormat,
  { area, gainOf }: { readonly area: Area; readonly gainOf: Field },
): void {
  const { width } = format;
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const gain = gainOf(column + 0.5, row + 0.5);
      if (gain === 1) continue;
      const at = row * width + column;
      pixels[at] = toByte(16 + (pixels[at]! - 16) * gain);
    }
  }
  eachChroma(format, area, (u, v, x, y) => {
    const gain = Math.min(1.2, gainOf(x, y));
    if (gain === 1) return;
    pixels[u] = toByte(128 + (pixels[u]! - 128) * gain);
    pixels[v] = toByte(128 + (pixels[v]! - 128) * gain);
  });
}

/** Covers with a colour by a part, 0 nothing … 1 all. */
export function coverField(
  pixels: Uint8Array,
  format: FrameFormat,
  more: { readonly area: Area; readonly colour: Yuv; readonly partOf: Field },
): void {
  const { area, colour, partOf } = more;
  const { width } = format;
  for (let row = area.top; row < area.bottom; row++) {
    for (let column = area.left; column < area.right; column++) {
      const part = partOf(column + 0.5, row + 0.5);
      if (part <= 0) continue;
      const at = row * width + column;
      pixels[at] = toByte(pixels[at]! + (colour[0] - pixels[at]!) * part);
    }
  }
  eachChroma(format, area, (u, v, x, y) => {
    const part = partOf(x, y);
    if (part <= 0) return;
    pixels[u] = toByte(pixels[u]! + (colour[1] - pixels[u]!) * part);
    pixels[v] = toByte(pixels[v]! + (colour[2] - pixels[v]!) * part);
  });
}

/** Calls `visit` with the places of U and V in the frame and the middle of the pixel. */
export function eachChroma(
  format: FrameFormat,
  area: Area,
  visit: (u: number, v: number, x: number, y: number) => void,
): void {
  const columns = chromaWidth(format);
  const rows = chromaHeight(format);
  const uAt = format.width * format.height;
  const vAt = uAt + columns * rows;
  const right = Math.min(columns, (area.right + 1) >> 1);
  const bottom = Math.min(rows, (area.bottom + 1) >> 1);
  for (let row = area.top >> 1; row < bottom; row++) {
    for (let column = area.left >> 1; column < right; column++) {
      const at = row * columns + column;
      visit(uAt + at, vAt + at, 2 * column + 1, 2 * row + 1);
    }
  }
}

/** 0 up to `part` 0, 1 from `part` 1 on, and level at both ends. */
export function eased(part: number): number {
  const within = Math.max(0, Math.min(1, part));
  return within * within * (3 - 2 * within);
}

/** How much of an effect there is at a time that comes and goes within `fadeMs`. */
export function strengthIn(
  timeMs: number,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  fadeMs: number,
): number {
  if (timeMs < startMs || timeMs >= endMs) return 0;
  if (fadeMs <= 0) return 1;
  return eased(Math.min(timeMs - startMs + 1, endMs - timeMs) / fadeMs);
}
