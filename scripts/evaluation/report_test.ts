import assert from "node:assert/strict";
import { type ClipReport, exitCodeOf, type Figure, formatTable } from "./report.ts";

function scored(figure: Partial<Figure>): ClipReport {
  const rest = { clip: "a/b.mp4", figure: "MOTA", value: 0.5, better: "higher" } as const;
  return {
    kind: "scored",
    clip: "a/b.mp4",
    seconds: 2,
    figures: [{ ...rest, ...figure }],
  };
}

const MISSING: ClipReport = { kind: "missing", clip: "c.mp4" };

Deno.test("formatTable() shows ours beside the goal and says what was not scored", () => {
  const failed: ClipReport = { kind: "failed", clip: "d.mp4", words: "exit code 4" };
  const text = formatTable([scored({ goal: 0.4, original: 0.138 }), MISSING, failed]);
  assert.match(text, /\| b\.mp4 \| MOTA +\| 0\.500 \| 0\.400 \| yes +\| 0\.138 /);
  assert.match(text, /c\.mp4: MISSING/);
  assert.match(text, /d\.mp4: FAILED, not scored: exit code 4/);
});

Deno.test("formatTable() calls a figure under its floor broken", () => {
  assert.match(formatTable([scored({ goal: 0.7, floor: 0.6 })]), /BROKEN/);
  assert.match(formatTable([scored({ goal: 0.7, floor: 0.4 })]), /\| no /);
});

Deno.test("exitCodeOf() is 1 when broken, 3 when something is missing", () => {
  assert.equal(exitCodeOf([scored({})]), 0);
  assert.equal(exitCodeOf([scored({}), MISSING]), 3);
  assert.equal(exitCodeOf([scored({ floor: 0.6 }), MISSING]), 1);
  assert.equal(exitCodeOf([scored({ value: 7, floor: 9, better: "lower" })]), 0);
});
