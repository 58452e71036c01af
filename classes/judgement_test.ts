import assert from "node:assert/strict";
import type { ClassLabel } from "./label.ts";
import { judgement } from "./judgement.ts";

const DOG: ClassLabel = { class: "animal", score: 0.876, crops: 3, detail: "dog" };

Deno.test("judgement() calls what travelled by its label, with two decimals", () => {
  assert.deepEqual(judgement(DOG, { track: 7, hasTravelled: true }), {
    ...{ blob: 7, class: "animal", score: 0.88, crops: 3, detail: "dog" },
  });
});

Deno.test("judgement() calls people and animals by their label, also where they stand", () => {
  for (const word of ["person", "animal"] as const) {
    const label = { ...DOG, class: word };
    const line = judgement(label, { track: 7, hasTravelled: false });
    assert.deepEqual(line, judgement(label, { track: 7, hasTravelled: true }));
    assert.equal(line.class, word);
  }
});

Deno.test("judgement() calls nothing by its label that is parked and went nowhere", () => {
  for (const word of ["vehicle", "bike"] as const) {
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
