import assert from "node:assert/strict";
import { planStages, type Stage } from "./stages.ts";

const FILES = [
  "base/clock.ts",
  "base/clock_test.ts",
  "capture/new_call_test.ts",
  "scripts/support/run_test.ts",
  "tests/browser/page_test.ts",
  "tests/house/words_test.ts",
  "tests/integration/rtsp_test.ts",
  "tests/properties/dsl_test.ts",
  "tests/zoo/odd_test.ts",
];

function plan(compile: string | undefined, files = FILES): Stage[] {
  return planStages({
    files,
    denos: { develop: "deno", compile },
    skips: {
      tests: [],
      notOnCompileDeno: [{ file: "capture/new_call_test.ts", reason: "newer call" }],
    },
  });
}

function filesOf(stages: readonly Stage[], name: string): readonly string[] | undefined {
  const stage = stages.find((stage) => stage.name === name);
  return stage?.kind === "tests" ? stage.files : undefined;
}

Deno.test("planStages() begins with the checks and forgets no test file", () => {
  const stages = plan(undefined);
  assert.deepEqual(stages.slice(0, 3).map(({ name }) => name), [
    "format",
    "lint",
    "types",
  ]);
  const planned = stages.flatMap((stage) => stage.kind === "tests" ? stage.files : []);
  assert.deepEqual(
    [...planned].sort(),
    FILES.filter((file) => file.endsWith("_test.ts")),
  );
});

Deno.test("planStages() runs what starts programs last, one by one but for what mostly waits", () => {
  const stages = plan(undefined);
  assert.deepEqual(
    stages.slice(-4).map(({ name }) => name),
    ["properties", "integration", "browser", "zoo"],
  );
  const isTogether = stages.slice(-4).map(({ command }) =>
    command.includes("--parallel")
  );
  assert.deepEqual(isTogether, [false, true, false, false], "those that mostly wait");
});

Deno.test("planStages() gives the Deno of the binary what it can run", () => {
  assert.deepEqual(filesOf(plan("old"), "unit tests on the Deno of the binary"), [
    "base/clock_test.ts",
    "tests/properties/dsl_test.ts",
  ]);
});

Deno.test("planStages() leaves out a stage without files", () => {
  assert.equal(filesOf(plan("old", ["base/clock_test.ts"]), "browser"), undefined);
  assert.equal(filesOf(plan("old", ["base/clock_test.ts"]), "house rules"), undefined);
});
