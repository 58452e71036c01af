import assert from "node:assert/strict";
import type { TestCase } from "./junit.ts";
import { judgeSkips, readSkips, type RunFacts, type SkipCondition } from "./skips.ts";

const BARE: RunFacts = {
  footage: false,
  binary: false,
  boot: false,
  network: false,
  onnx: false,
  full: false,
};

function testCase(name: string, outcome: TestCase["outcome"]): TestCase {
  return { file: "a_test.ts", name, outcome, message: "", seconds: 0 };
}

interface Run {
  readonly cases: readonly TestCase[];
  readonly listed?: readonly (readonly [test: string, ...when: SkipCondition[]])[];
  readonly facts?: RunFacts;
}

function check(run: Run, expected: readonly string[]): void {
  const tests = (run.listed ?? []).map(([test, ...when]) => ({
    file: "a_test.ts",
    test,
    when,
    reason: "because",
  }));
  const wrong = judgeSkips(
    { cases: run.cases, facts: run.facts ?? BARE },
    { tests, notOnCompileDeno: [] },
  );
  assert.deepEqual(wrong, expected);
}

Deno.test("judgeSkips() finds nothing wrong when nothing is skipped or listed", () => {
  check({ cases: [testCase("x", "passed"), testCase("y", "failed")] }, []);
});

Deno.test("judgeSkips() names a skip without a reason once, on however many Denos", () => {
  check({ cases: [testCase("x", "skipped"), testCase("x", "skipped")] }, [
    "a_test.ts: x: skipped without a reason in tests/skips.json",
  ]);
});

Deno.test("judgeSkips() allows a listed skip while its condition holds", () => {
  check({ cases: [testCase("x", "skipped")], listed: [["x", "no-footage"]] }, []);
  check({ cases: [testCase("x", "skipped")], listed: [["x", "not-full"]] }, []);
  check({ cases: [testCase("x", "skipped")], listed: [["x", "always"]] }, []);
});

Deno.test("judgeSkips() objects to a skip whose condition does not hold", () => {
  check({
    cases: [testCase("x", "skipped")],
    listed: [["x", "no-footage"]],
    facts: { ...BARE, footage: true },
  }, ['a_test.ts: x: skipped, though "no-footage" is not so in this run']);
});

Deno.test("judgeSkips() allows a skip for one of several reasons", () => {
  const skipped = {
    cases: [testCase("x", "skipped")],
    listed: [["x", "not-full", "no-binary"]],
  } as const;
  check({ ...skipped, facts: { ...BARE, full: true } }, []);
  check({ ...skipped, facts: { ...BARE, full: true, binary: true } }, [
    'a_test.ts: x: skipped, though "not-full", "no-binary" is not so in this run',
  ]);
});

Deno.test("judgeSkips() objects to a listed test that ran, and to one that is not there", () => {
  check({
    cases: [testCase("x", "passed")],
    listed: [["x", "not-full"], ["gone", "always"]],
  }, [
    "a_test.ts: x: listed in tests/skips.json, but it was not skipped",
    "a_test.ts: gone: listed in tests/skips.json, but there is no such test",
  ]);
});

Deno.test("judgeSkips() lets a listed test run where its condition does not hold", () => {
  check({
    cases: [testCase("x", "passed")],
    listed: [["x", "not-full"]],
    facts: { ...BARE, full: true },
  }, []);
});

Deno.test("readSkips() reads both lists", () => {
  const text = JSON.stringify({
    tests: [{ file: "a_test.ts", test: "x", when: "not-full", reason: "takes an hour" }],
    notOnCompileDeno: [{ file: "b_test.ts", reason: "uses a newer call" }],
  });
  const { tests: [test], notOnCompileDeno } = JSON.parse(text);
  const tests = [{ ...test, when: ["not-full"] }];
  assert.deepEqual(readSkips(text), { tests, notOnCompileDeno });
});

Deno.test("readSkips() names the entry that lacks something or has an unknown word", () => {
  const entry = { file: "a_test.ts", test: "x", when: "always", reason: "because" };
  const refuse = (wrong: object, words: RegExp) =>
    assert.throws(
      () => readSkips(JSON.stringify({ tests: [entry, wrong], notOnCompileDeno: [] })),
      words,
    );
  refuse({ ...entry, reason: " " }, /tests\[1\]: "reason" is missing or empty/);
  refuse({ ...entry, when: ["always", "mondays"] }, /tests\[1\]: "when" is "mondays"/);
  refuse({ ...entry, when: "mondays" }, /tests\[1\]: "when" is "mondays"/);
  assert.throws(() => readSkips("{}"), /"tests" is not a list/);
});
