import assert from "node:assert/strict";
import { CLASS_REASONS } from "../analysis/dsl/class_line.ts";
import { classWords } from "./classes_en.ts";

Deno.test("a mark says how sure the detector is, or why nobody can tell", () => {
  const sure = { state: "sure", class: "person", score: 0.875 } as const;
  assert.equal(classWords.because(sure), "The detector's score: 0.88 of 1");
  const unknown = { state: "unknown", class: "unknown", score: 0.96 } as const;
  const reasons = CLASS_REASONS.map((why) => classWords.because({ ...unknown, why }));
  assert.equal(new Set(reasons).size, CLASS_REASONS.length);
  for (const words of reasons) assert.doesNotMatch(words!, /0\.96/);
  assert.equal(classWords.because({ state: "waiting" }), undefined);
});
