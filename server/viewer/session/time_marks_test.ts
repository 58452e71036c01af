import assert from "node:assert/strict";
import fc from "fast-check";
import { timeMarks } from "./time_marks.ts";

const START_MS = Date.UTC(2026, 10, 22, 14, 0, 7);

Deno.test("timeMarks() stands at round times, as close as they can be read", () => {
  const marks = timeMarks({ startMs: START_MS, endMs: START_MS + 480_000 }, 700);
  assert.deepEqual(
    marks.map(({ tMs }) => (tMs - START_MS + 7_000) / 60_000),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.match(marks[0]!.text, /^\d\d:01$/);
  const close = timeMarks({ startMs: START_MS, endMs: START_MS + 4_000 }, 700);
  assert.match(close[0]!.text, /:07$/, "with seconds where they differ");
});

Deno.test("timeMarks() has room for every mark, from a moment to years", () => {
  const lengths = fc.integer({ min: 0, max: 1e12 });
  fc.assert(fc.property(lengths, fc.integer({ min: 1, max: 3_000 }), (length, width) => {
    const endMs = START_MS + length;
    const marks = timeMarks({ startMs: START_MS, endMs }, width);
    assert.ok(marks.length <= Math.max(1, width / 84) + 1);
    assert.ok(marks.every(({ tMs }) => tMs >= START_MS && tMs <= endMs));
  }));
});
