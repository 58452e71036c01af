/**
 * Polygons in 0..1 of the picture as pixels of a plane. Pure geometry; what a pixel
 * then means is the caller's, and whether a point is in a polygon is `zones.ts`.
 * @module
 */
import type { Point } from "./zones.ts";

/** A plane without padding: pixel (x, y) is at `y * width + x`. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Calls `paint` for each run of a row whose pixels' centres lie in the polygon, by the
 * even-odd rule: `from` to `to`, one past the last, as indices into the plane.
 * Cost: rows times corners. Corners outside of 0..1 are cut off at the edge.
 */
export function eachRun(
  points: readonly Point[],
  shape: { readonly width: number; readonly height: number },
  paint: (from: number, to: number) => void,
): void {
  const { width, height } = shape;
  const crossings: number[] = [];
  for (let row = 0; row < height; row++) {
    crossings.length = 0;
    collectCrossings(points, (row + 0.5) / height, crossings);
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = pixelFrom(crossings[i]!, width);
      const to = pixelFrom(crossings[i + 1]!, width);
      if (from < to) paint(row * width + from, row * width + to);
    }
  }
}

/** Sets every pixel whose centre lies in the polygon. */
export function fillPolygon(
  raster: Raster,
  points: readonly Point[],
  value: number,
): void {
  eachRun(points, raster, (from, to) => raster.pixels.fill(value, from, to));
}

/** Where the polygon's edges cross the height `y`, in any order; always an even number. */
function collectCrossings(points: readonly Point[], y: number, into: number[]): void {
  let a = points[points.length - 1]!;
  for (const b of points) {
    if ((a.y > y) !== (b.y > y)) {
      into.push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    a = b;
  }
}

/** The first pixel whose centre is not left of `x`. */
function pixelFrom(x: number, width: number): number {
  return Math.min(width, Math.max(0, Math.ceil(x * width - 0.5)));
}
