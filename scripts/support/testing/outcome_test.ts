import assert from "node:assert/strict";
import { type Failure, judgeRun, type StageRun } from "./outcome.ts";
import type { Stage } from "./stages.ts";

const LINT: Stage = { kind: "check", name: "lint", command: ["deno", "lint"] };
const UNIT: Stage = {
  kind: "tests",
  name: "unit",
  command: ["deno", "test"],
  files: ["a_test.ts", "b_test.ts"],
};

const GOOD: StageRun = {
  code: 0,
  signal: null,
  output: "all is well",
  junit: reportOf(["a_test.ts", "b_test.ts"]),
  seconds: 1,
  orphans: [],
};

function reportOf(files: readonly string[], inside = ""): string {
  return files.map((file) =>
    `<testcase name="t" classname="./${file}">${inside}</testcase>`
  ).join("\n");
}

interface Expected {
  readonly passed: number;
  readonly skipped?: number;
  readonly failures?: readonly Failure[];
}

function check(stage: Stage, run: Partial<StageRun>, expected: Expected): void {
  const { passed, skipped, failures } = judgeRun(stage, { ...GOOD, ...run });
  assert.deepEqual(
    { passed, skipped, failures },
    { skipped: 0, failures: [], ...expected },
  );
}

Deno.test("judgeRun() counts a check as one, and tests one by one", () => {
  check(LINT, {}, { passed: 1 });
  check(UNIT, {}, { passed: 2 });
});

Deno.test("judgeRun() counts a failing check as one failure with its first words", () => {
  check(LINT, { code: 1, output: "\nerror[no-any]: no\nmore" }, {
    passed: 0,
    failures: [{
      what: "lint",
      why: "ended with exit code 1: error[no-any]: no",
      more: ["more"],
    }],
  });
});

Deno.test("judgeRun() names a failing test and does not count the exit code again", () => {
  const junit = reportOf(["a_test.ts"]) +
    reportOf(["b_test.ts"], '<failure message="no">Error: no\n  at x</failure>');
  check(UNIT, { code: 1, junit }, {
    passed: 1,
    failures: [{ what: "b_test.ts: t", why: "Error: no", more: ["  at x"] }],
  });
});

Deno.test("judgeRun() tells the first lines of a difference", () => {
  const message = `AssertionError: Expected values to be strictly deep-equal:
+ actual - expected

+ [
+   'one',
- []
    at file:///b_test.ts:3:34`;
  const junit = reportOf(["a_test.ts"]) +
    reportOf(["b_test.ts"], `<failure message="no">${message}</failure>`);
  check(UNIT, { code: 1, junit }, {
    passed: 1,
    failures: [{
      what: "b_test.ts: t",
      why:
        "AssertionError: Expected values to be strictly deep-equal: + [ / + 'one', / - []",
      more: [
        "+ actual - expected",
        "+ [",
        "+   'one',",
        "- []",
        "    at file:///b_test.ts:3:34",
      ],
    }],
  });
});

Deno.test("judgeRun() keeps what a leak is, and no more than a screen of a long failure", () => {
  const failed = (message: string) =>
    judgeRun(UNIT, {
      ...GOOD,
      code: 1,
      junit: reportOf(["a_test.ts"]) +
        reportOf(["b_test.ts"], `<failure message="no">${message}</failure>`),
    }).failures[0]!;
  const leak = "  - An async operation to read a text file was started in this test";
  assert.deepEqual(failed(`Leaks detected:\n${leak}, but never completed.`), {
    what: "b_test.ts: t",
    why: "Leaks detected:",
    more: [`${leak}, but never completed.`],
  });
  const long = Array.from({ length: 1_000 }, (_, at) => `${at} ${"x".repeat(1_000)}`);
  const { more = [] } = failed(long.join("\n"));
  assert.equal(more.length, 14);
  assert.ok(more.every((line) => line.length < 310 && line.endsWith("x …")));
});

Deno.test("judgeRun() counts a file that threw or holds no test as failed", () => {
  check(UNIT, { code: 1, junit: reportOf(["a_test.ts"]) }, {
    passed: 1,
    failures: [{ what: "b_test.ts", why: "no test of this file ran" }],
  });
  check(UNIT, { code: 0, junit: reportOf(["a_test.ts"]) }, {
    passed: 1,
    failures: [{ what: "b_test.ts", why: "no test of this file ran" }],
  });
});

Deno.test("judgeRun() knows a file whose tests are declared in a suite", () => {
  const junit = reportOf(["a_test.ts", "suite.ts"]);
  check(UNIT, { junit, output: "running 1 test from ./b_test.ts\nt ... ok" }, {
    passed: 2,
  });
  check(UNIT, { junit, output: "./b_test.ts => t ... ok (1ms)" }, { passed: 2 });
  check(UNIT, { junit, output: "running 0 tests from ./b_test.ts" }, {
    passed: 2,
    failures: [{ what: "b_test.ts", why: "no test of this file ran" }],
  });
});

Deno.test("judgeRun() counts every file as failed when no report was written", () => {
  const why = "no report was written";
  check(UNIT, { code: 1, junit: "" }, {
    passed: 0,
    failures: [{ what: "a_test.ts", why }, { what: "b_test.ts", why }],
  });
});

Deno.test("judgeRun() counts a bad exit code without a failing test as a failure", () => {
  check(UNIT, { code: 1 }, {
    passed: 2,
    failures: [{ what: "unit", why: "ended with exit code 1" }],
  });
});

Deno.test("judgeRun() tells a crash, a stop for time and an interrupt in one line", () => {
  const stopped = { code: 143, signal: "SIGTERM", junit: "" } as const;
  check(UNIT, { ...stopped, code: 139, signal: "SIGSEGV" }, {
    passed: 0,
    failures: [{ what: "unit", why: "was ended by SIGSEGV" }],
  });
  check(UNIT, { ...stopped, stopped: "time" }, {
    passed: 0,
    failures: [{ what: "unit", why: "did not end in time and was stopped" }],
  });
  check(UNIT, { ...stopped, stopped: "interrupt", orphans: ["ffmpeg"] }, {
    passed: 0,
    failures: [{ what: "unit", why: "was interrupted" }],
  });
});

Deno.test("judgeRun() counts what was over when a stage was stopped, and names what hung", () => {
  const output = "running 2 tests from ./a_test.ts\none ... ok (1s)\ntwo ...";
  check(UNIT, { junit: "", output, stopped: "time" }, {
    passed: 1,
    failures: [{
      what: "unit",
      why: 'did not end in time and was stopped, during "two"',
    }],
  });
});

Deno.test("judgeRun() counts a process that was left running as a failure", () => {
  check(UNIT, { orphans: ["ffmpeg -i x"] }, {
    passed: 2,
    failures: [{ what: "unit", why: "left a process running: ffmpeg -i x" }],
  });
});

Deno.test("judgeRun() counts skipped tests apart", () => {
  check(
    UNIT,
    { junit: reportOf(["a_test.ts"]) + reportOf(["b_test.ts"], "<skipped/>") },
    {
      passed: 1,
      skipped: 1,
    },
  );
});
