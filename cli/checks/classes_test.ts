import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import type { SelfTest } from "../../classes/self_check.ts";
import { ourPlaces } from "../../config/places.ts";
import { settings as settingsSchema } from "../../config/schema.ts";
import { check as classesCheck, findingOf, roomFinding } from "./classes.ts";

function check(test: SelfTest, level: string, words: RegExp, toDo: RegExp): void {
  const finding = findingOf(test, { model: "a model", toDo: "scripts/setup" });
  assert.equal(finding.level, level);
  assert.match(finding.words, words);
  assert.match(finding.toDo ?? "", toDo);
}

Deno.test("the check of classes says model, score and milliseconds", () => {
  const label = { class: "bike", score: 0.97, crops: 2 } as const;
  const by = { model: "a model", runtime: "a runtime" };
  const passed = { kind: "passed", by, label, loadMs: 90.4, cropMs: 81.6 } as const;
  check(
    passed,
    "good",
    /a model sees the bike .*\(0\.97\), in 82 ms once loaded in 90 ms, by a runtime/,
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
  const died = "Cannot classify: it ended before it was done";
  check({ kind: "failed", reason: "died", words: died }, "warning", /ended/, /free -m/);
});

Deno.test("the check of classes calls a box slow that is slow, and says what to do", () => {
  const late = "Cannot classify: it was not done after 35 s";
  const test = { kind: "failed", reason: "late", words: late } as const;
  check(test, "warning", /not done .* after 35 s: this box is too slow/, /classes: off/);
  const label = { class: "bike", score: 0.97, crops: 2 } as const;
  const by = { model: "a model", runtime: "a runtime" };
  const slow = { kind: "passed", by, label, loadMs: 9_000, cropMs: 3_000 } as const;
  check(
    slow,
    "warning",
    /in 3000 ms once loaded in 9000 ms, by a runtime: too slow for the 30 s/,
    /once more/,
  );
  check({ ...slow, cropMs: 700 }, "good", /in 700 ms/, /^$/);
});

Deno.test("the check of classes looks at nothing where a look takes the memory that is left", () => {
  const memory = { availableBytes: 120e6, totalBytes: 1e9 };
  const finding = roomFinding(memory);
  assert.equal(finding?.level, "warning");
  assert.match(finding.words, /has 120 MB of memory left, and a look takes 270 MB/);
  assert.equal(roomFinding({ ...memory, availableBytes: 400e6 }), undefined);
  assert.equal(roomFinding(undefined), undefined, "a box that does not say");
});

Deno.test("the check of classes looks at nothing where the settings turn them off", async () => {
  const settings = settingsSchema.parse({
    cameras: { a: { url: "scene:street" } },
    classes: "off",
  });
  const findings = await classesCheck.run({
    clock: systemClock,
    signal: AbortSignal.abort(),
    places: ourPlaces(),
    configuration: { kind: "none", path: "/nowhere", settings },
    program: undefined,
  });
  assert.deepEqual(findings, [{ level: "good", words: "off, by the settings" }]);
});
