import assert from "node:assert/strict";
import { DrawnModel, gravel } from "../../tests/support/drawn_model.ts";
import { CELL_COUNT_MAX, Cells } from "./cells.ts";

Deno.test("cells count what is unlike the model, and forget it with the next frame", () => {
  const size = { width: 50, height: 37 };
  const model = new DrawnModel(size, gravel);
  const cells = new Cells(size);
  model.show((x, y) => x >= 8 && x < 16 && y >= 8 && y < 16 ? 250 : gravel(x, y));
  cells.look(model.view, 0.1);
  const cell = cells.cellAt(9, 9);
  assert.equal(cells.raw[cell], CELL_COUNT_MAX);
  assert.equal(cells.mask[cell], CELL_COUNT_MAX);
  assert.deepEqual([...cells.active.subarray(0, cells.activeCount)], [cell]);
  model.show(gravel);
  cells.look(model.view, 0.1);
  assert.equal(cells.raw[cell], 0);
  assert.equal(cells.activeCount, 0);
});

Deno.test("cells learn how noisy a still scene is", () => {
  const size = { width: 160, height: 120 };
  const model = new DrawnModel(size, gravel);
  const cells = new Cells(size);
  // Off by -4, -2, 0, 2 or 4: a mean distance of 2.4, so a deviation of 3.
  model.show((x, y) => gravel(x, y) + 2 * ((x * 7 + y * 13) % 5) - 4);
  for (let frame = 0; frame < 100; frame++) cells.look(model.view, 0.1);
  assert.ok(Math.abs(cells.sigma - 3) < 0.5, `${cells.sigma}`);
});

Deno.test("cells at the edge are painted up to the edge", () => {
  const size = { width: 20, height: 12 };
  const cells = new Cells(size);
  const plane = new Uint8Array(32 * 12);
  assert.ok(cells.paint(cells.count - 1, plane, { stride: 32, value: 1 }));
  assert.equal(plane.reduce((sum, value) => sum + value), 4 * 4);
  assert.ok(!cells.paint(cells.count - 1, plane, { stride: 32, value: 1 }));
});
