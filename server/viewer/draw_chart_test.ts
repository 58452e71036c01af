import assert from "node:assert/strict";
import { secondAt } from "./draw_chart.ts";

Deno.test("secondAt() reaches from the oldest second to now, and not beyond", () => {
  const scene = { history: [{ second: 940, peakPct: 1 }], nowSecond: 1_000 };
  const at = (x: number) => secondAt({ x, width: 638 }, scene);
  assert.equal(at(0), 940);
  assert.equal(at(300), 970);
  assert.equal(at(600), 1_000);
  assert.equal(at(638), 1_000, "on the scale at the right");
  assert.equal(at(-5), 940);
});
