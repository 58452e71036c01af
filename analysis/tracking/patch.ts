/**
 * A box of the picture sampled on a fixed grid: the same cost and the same length for a
 * far walker and a near car, so that templates never need resizing.
 * @module
 */
import type { Foreground } from "../foreground.ts";
import type { FootBox } from "./sighting.ts";

export const PATCH_COLUMNS = 12;
export const PATCH_ROWS = 24;
export const PATCH_CELLS = PATCH_COLUMNS * PATCH_ROWS;

/** What one box shows. Cells outside the picture have `on` 0. */
export interface Patch {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  /** 1 where the cell's middle is foreground. */
  readonly on: Uint8Array;
}

export function makePatch(): Patch {
  return {
    y: new Uint8Array(PATCH_CELLS),
    u: new Uint8Array(PATCH_CELLS),
    v: new Uint8Array(PATCH_CELLS),
    on: new Uint8Array(PATCH_CELLS),
  };
}

/** Samples the middle of every cell of `box`. */
export function samplePatch(patch: Patch, picture: Foreground, box: FootBox): void {
  const { width, height, stride, mask } = picture;
  const stepX = box.w / PATCH_COLUMNS;
  const stepY = box.h / PATCH_ROWS;
  const left = box.x - box.w / 2 + stepX / 2;
  const top = box.foot - box.h + stepY / 2;
  let cell = 0;
  for (let row = 0; row < PATCH_ROWS; row++) {
    const y = Math.floor(top + row * stepY);
    const inside = y >= 0 && y < height;
    for (let column = 0; column < PATCH_COLUMNS; column++, cell++) {
      const x = Math.floor(left + column * stepX);
      if (!inside || x < 0 || x >= width) {
        patch.on[cell] = 0;
        continue;
      }
      const at = y * stride + x;
      patch.y[cell] = picture.y[at]!;
      patch.u[cell] = picture.u[at]!;
      patch.v[cell] = picture.v[at]!;
      patch.on[cell] = mask[at]! >> 7;
    }
  }
}
