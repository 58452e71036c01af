import assert from "node:assert/strict";
import { readHeat } from "./heat.ts";

Deno.test("readHeat() takes a grid that is whole, and nothing else", () => {
  const heat = { columns: 2, rows: 1, cells: [0, 255] };
  assert.deepEqual(readHeat(heat), heat);
  for (
    const wrong of [
      null,
      "no",
      {},
      { ...heat, cells: [0] },
      { ...heat, rows: "1" },
      { columns: 0, rows: 0, cells: [] },
    ]
  ) {
    assert.equal(readHeat(wrong), undefined);
  }
});
