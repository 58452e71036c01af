/**
 * How restless the picture is, place by place: what the model has learned of noise and of
 * flicker, brought to a coarse grid that people can look at. Changes nothing.
 * @module
 */
import type { ModelView } from "./foreground.ts";
import { IGNORED } from "./kernels/planes.ts";

/** Cells of the grid; a picture smaller than that has as many as pixels. */
export const HEAT_COLUMNS = 32;
export const HEAT_ROWS = 18;

/** Of a cell all of whose pixels are under a mask. */
export const HEAT_MASKED = 255;
/** The most of any other. */
export const HEAT_MAX = 254;

export interface HeatMap {
  readonly columns: number;
  readonly rows: number;
  /**
   * Row by row from the top: 0 still … `HEAT_MAX` as restless as it can get, or
   * `HEAT_MASKED`. Tenths of a grey level by which the match radius is widened.
   */
  readonly cells: Uint8Array;
}

/**
 * The mean over each cell's pixels of what widens their match radius (`match.ts`):
 * noise / 4 + blink / 8. Cost: one pass over the picture.
 */
export function heatOf(view: ModelView): HeatMap {
  const columns = Math.min(HEAT_COLUMNS, view.width);
  const rows = Math.min(HEAT_ROWS, view.height);
  const cells = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor(row * view.height / rows);
    const bottom = Math.floor((row + 1) * view.height / rows);
    for (let column = 0; column < columns; column++) {
      const left = Math.floor(column * view.width / columns);
      const right = Math.floor((column + 1) * view.width / columns);
      cells[row * columns + column] = cellOf(view, { left, top, right, bottom });
    }
  }
  return { columns, rows, cells };
}

interface Cell {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function cellOf(view: ModelView, { left, top, right, bottom }: Cell): number {
  const { noise, blink, base, stride } = view;
  let sum = 0;
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = y * stride + left; i < y * stride + right; i++) {
      if (base[i] === IGNORED) continue;
      sum += 2 * noise[i]! + blink[i]!; // eighths of a grey level
      count++;
    }
  }
  if (count === 0) return HEAT_MASKED;
  return Math.min(HEAT_MAX, Math.round(10 * sum / (8 * count)));
}
