/**
 * Fills what lies outside a picture, so that passes need no case for the edge.
 * @module
 */
import type { Planes } from "./planes.ts";

const DEPTH = 8;

/**
 * Repeats the edge pixels of a plane eight rows and columns outwards. The columns
 * right of a row's end are also those left of the next row's start: the first eight
 * repeat this row's last pixel, the others the next row's first.
 */
export function repeatEdges(planes: Planes, plane: Uint8Array): void {
  const { width, height, stride, origin, count } = planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    plane.fill(plane[start + width - 1]!, start + width, start + width + DEPTH);
    const next = row + 1 < height ? start + stride : start;
    plane.fill(plane[next]!, start + width + DEPTH, start + stride);
  }
  const last = origin + count - stride;
  for (let depth = 1; depth <= DEPTH; depth++) {
    plane.copyWithin(origin - depth * stride, origin, origin + stride);
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
