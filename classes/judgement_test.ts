import assert from "node:assert/strict";
import type { ClassLabel } from "./label.ts";
import { judgement } from "./judgement.ts";

const DOG: ClassLabel = { class: "animal", score: 0.876, crops: 3, detail: "dog" };

Deno.test("judgement() calls what travelled by its label, with two decimals", () => {
  assert.deepEqual(judgement(DOG, { track: 7, hasTravelled: true }), {
    ...{ blob: 7, class: "animal", score: 0.88, crops: 3, detail: "dog" },
  });
});

Deno.test("judgement() calls nothing by its label that went nowhere, whatever it is", () => {
  for (const word of ["person", "vehicle", "bike", "animal"] as const) {
    const line = judgement({ ...DOG, class: word }, { track: 7, hasTravelled: false });
    assert.deepEqual(line, {
      ...{ blob: 7, class: "unknown", score: 0.88, crops: 3, why: "still" },
    });
  }
});

Deno.test("judgement() of what nobody can tell has no reason but the pictures", () => {
  const unknown: ClassLabel = { class: "unknown", score: 0.2, crops: 2 };
  for (const hasTravelled of [true, false]) {
    assert.deepEqual(judgement(unknown, { track: 7, hasTravelled }), {
      ...{ blob: 7, class: "unknown", score: 0.2, crops: 2 },
    });
  }
});
