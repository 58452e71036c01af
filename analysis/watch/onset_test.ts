import assert from "node:assert/strict";
import { Onset } from "./onset.ts";

function toldAt(evidence: string, rule: { holdS: number; goneS: number }): number[] {
  const onset = new Onset(rule);
  return [...evidence].flatMap((mark, frame) =>
    onset.step(mark === "x", 0.1) ? [frame] : []
  );
}

Deno.test("Onset tells a thing once it has lasted, and not again while it stays", () => {
  assert.deepEqual(toldAt("..xxxxxxxxxxxx", { holdS: 0.3, goneS: 1 }), [4]);
});

Deno.test("Onset takes no flash for the thing, and bears a gap in the evidence", () => {
  assert.deepEqual(toldAt("x...x...x...", { holdS: 0.3, goneS: 1 }), []);
  assert.deepEqual(toldAt("xxx.xxxx", { holdS: 0.5, goneS: 1 }), [7]);
});

Deno.test("Onset tells it again only after it was gone for long enough", () => {
  assert.deepEqual(toldAt("xxx.....xxx", { holdS: 0.2, goneS: 1 }), [1]);
  assert.deepEqual(toldAt("xxx...........xxx", { holdS: 0.2, goneS: 1 }), [1, 15]);
});
