import assert from "node:assert/strict";
import { type ModelView, viewOf } from "./foreground.ts";
import { HEAT_MASKED, heatOf } from "./heat.ts";
import { kernelsTs } from "./kernels/kernels_ts.ts";
import { IGNORED } from "./kernels/planes.ts";

function viewOfSize(width: number, height: number): ModelView {
  return viewOf(kernelsTs.allocate({ width, height, divisor: 1 }), kernelsTs);
}

Deno.test("heatOf() is the mean widening of each cell, in tenths of a grey level", () => {
  const view = viewOfSize(64, 36);
  assert.ok(heatOf(view).cells.every((cell) => cell === 0));
  // One of the four pixels of the second cell of the first row.
  view.noise[2] = 40; // ten grey levels
  view.blink[2] = 16; // two
  const { columns, rows, cells } = heatOf(view);
  assert.deepEqual([columns, rows], [32, 18]);
  assert.deepEqual([...cells.subarray(0, 3)], [0, 30, 0]);
});

Deno.test("heatOf() saturates below what says masked, and leaves masked pixels out", () => {
  const view = viewOfSize(64, 36);
  view.noise.fill(255);
  view.blink.fill(255);
  assert.ok(heatOf(view).cells.every((cell) => cell === 254));
  view.base.fill(IGNORED, 0, 2);
  assert.equal(heatOf(view).cells[0], 254, "its other row counts");
  view.base.fill(IGNORED);
  assert.ok(heatOf(view).cells.every((cell) => cell === HEAT_MASKED));
});

Deno.test("heatOf() has a cell for each pixel of a picture that is smaller than the grid", () => {
  const { columns, rows, cells } = heatOf(viewOfSize(5, 3));
  assert.deepEqual([columns, rows, cells.length], [5, 3, 15]);
});
