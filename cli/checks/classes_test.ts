import assert from "node:assert/strict";
import type { SelfTest } from "../../classes/self_check.ts";
import { findingOf } from "./classes.ts";

function check(test: SelfTest, level: string, words: RegExp, toDo: RegExp): void {
  const finding = findingOf(test);
  assert.equal(finding.level, level);
  assert.match(finding.words, words);
  assert.match(finding.toDo ?? "", toDo);
}

Deno.test("the check of classes says model, score and milliseconds", () => {
  const label = { class: "bike", score: 0.97, crops: 2 } as const;
  const passed = { kind: "passed", label, loadMs: 90.4, cropMs: 81.6 } as const;
  check(
    passed,
    "good",
    /ssdlite.* sees the bike .*\(0\.97\), in 82 ms after 90 ms/,
    /^$/,
  );
});

Deno.test("the check of classes refuses a model that does not see the picture", () => {
  const label = { class: "unknown", score: 0.1, crops: 2 } as const;
  const words = "Cannot use the detector: it says unknown (0.10) of a picture of bike";
  check({ kind: "wrong", label, words }, "warning", /says unknown/, /lscpu/);
});

Deno.test("the check of classes tells what to do where a file is missing, and else", () => {
  const words = "Cannot read detector.model: it is not there";
  check({ kind: "failed", reason: "missing", words }, "warning", /not there/, /setup/);
  const late = "Cannot classify: it was not done after 35 s";
  check({ kind: "failed", reason: "late", words: late }, "warning", /35 s/, /free -m/);
});
