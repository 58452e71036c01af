/**
 * Fills what lies outside a picture, so that passes need no case for the edge.
 * @module
 */
import type { Planes } from "./planes.ts";

const DEPTH = 8;

/**
 * Repeats the edge pixels of a plane eight rows and columns outwards. The columns
 * right of a row are also those left of the next: the first eight repeat this row's
 * last pixel, the others the next row's first.
 */
export function repeatEdges(planes: Planes, plane: Uint8Array): void {
  const { width, stride, origin, count } = planes;
  const last = origin + count - stride;
  for (let start = origin; start <= last; start += stride) {
    plane.fill(plane[start + width - 1]!, start + width, start + width + DEPTH);
    const next = start < last ? start + stride : start;
    plane.fill(plane[next]!, start + width + DEPTH, start + stride);
  }
  // The row above the first stands left of the first, not of the second.
  const above = origin - stride;
  plane.copyWithin(above, origin, origin + stride);
  plane.fill(plane[origin]!, above + width + DEPTH, origin);
  for (let depth = 2; depth <= DEPTH; depth++) {
    plane.copyWithin(origin - depth * stride, above, origin);
  }
  for (let depth = 1; depth <= DEPTH; depth++) {
    plane.copyWithin(last + depth * stride, last, last + stride);
  }
}

/** Zeroes the columns of a mask right of the picture. */
export function cutRight(planes: Planes, mask: Uint8Array): void {
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    mask.fill(0, start + width, start + stride);
  }
}
