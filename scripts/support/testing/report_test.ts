import assert from "node:assert/strict";
import type { Outcome } from "./outcome.ts";
import { finalReport, stageLine } from "./report.ts";

const GOOD: Outcome = {
  stage: "unit tests",
  passed: 3,
  skipped: 0,
  failures: [],
  cases: [{ file: "a_test.ts", name: "t", outcome: "passed", message: "", seconds: 0 }],
  seconds: 1.25,
  output: "chatter",
  isWhole: true,
};
const BAD: Outcome = {
  ...GOOD,
  stage: "house rules",
  passed: 1,
  failures: [{ what: "b_test.ts: no lies", why: "Error: a lie" }],
  output: "Error: a lie\n    at b_test.ts:7",
};

function lastLine(text: string): string | undefined {
  return text.split("\n").at(-1);
}

Deno.test("finalReport() ends with the count alone on the last line", () => {
  assert.equal(lastLine(finalReport([GOOD])), "3 passed, 0 failed");
  assert.equal(lastLine(finalReport([GOOD, BAD])), "4 passed, 1 failed");
  assert.equal(
    lastLine(finalReport([{ ...GOOD, skipped: 2 }])),
    "3 passed, 0 failed, 2 skipped",
  );
});

Deno.test("finalReport() says nothing more when all went well", () => {
  assert.equal(finalReport([GOOD]).trim(), "3 passed, 0 failed");
});

Deno.test("finalReport() tells what failed before it shows any output", () => {
  const text = finalReport([GOOD, BAD], [{ what: "tests/skips.json", why: "stale" }]);
  assert.ok(
    text.indexOf("b_test.ts: no lies") < text.indexOf("---- output of house rules"),
  );
  assert.ok(text.indexOf("stale") < text.indexOf("---- output"));
  assert.ok(!text.includes("chatter"));
  assert.equal(lastLine(text), "4 passed, 2 failed");
});

Deno.test("finalReport() tells why a test failed where its output is cut off, and after it", () => {
  const leak =
    "- An async operation to read a text file was started, but never completed.";
  const failure = { what: "b_test.ts: t", why: "Leaks detected:", more: [leak] };
  const output = `${leak}\n${"x".repeat(200_000)}`;
  const text = finalReport([{ ...BAD, failures: [failure], output }]);
  const [list = "", rest = ""] = text.split("---- output of house rules");
  assert.ok(
    list.includes(`\n  b_test.ts: t\n    Leaks detected:\n      ${leak}\n`),
    list,
  );
  assert.ok(!rest.includes(leak), "its output no longer holds it");
});

Deno.test("finalReport() counts a run of nothing as a failure", () => {
  assert.equal(lastLine(finalReport([])), "0 passed, 1 failed");
});

Deno.test("finalReport() keeps the end of an output that is too long", () => {
  const text = finalReport([{ ...BAD, output: `${"x".repeat(30_000)}the end` }]);
  assert.ok(text.includes("the end") && text.includes("characters left out"));
});

Deno.test("stageLine() says how a stage went and how long it took", () => {
  assert.equal(stageLine(GOOD), "ok     unit tests  3 passed, 0 failed  (1.3 s)");
  assert.equal(stageLine(BAD), "FAILED house rules  1 passed, 1 failed  (1.3 s)");
  assert.equal(stageLine({ ...GOOD, cases: [] }), "ok     unit tests  (1.3 s)");
});
