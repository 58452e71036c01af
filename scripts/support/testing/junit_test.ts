import assert from "node:assert/strict";
import { readJunit, type TestCase } from "./junit.ts";

function check(cases: string, expected: readonly Partial<TestCase>[]): void {
  const read = readJunit(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="1" failures="0" errors="0" time="0.020">
    <testsuite name="./a_test.ts" tests="1" disabled="0" errors="0" failures="0">
        ${cases}
    </testsuite>
</testsuites>`,
  );
  assert.equal(read.length, expected.length);
  expected.forEach((part, index) =>
    assert.deepEqual({ ...read[index], ...part }, read[index])
  );
}

Deno.test("readJunit() reads a test that passed, with its file, name and time", () => {
  check(
    `<testcase name="ok &amp; &lt;fine&gt; &quot;q&quot;" classname="./base/a_test.ts" time="0.250" line="1" col="6">
        </testcase>`,
    [{
      file: "base/a_test.ts",
      name: 'ok & <fine> "q"',
      outcome: "passed",
      message: "",
      seconds: 0.25,
    }],
  );
});

Deno.test("readJunit() tells skipped, failed and cancelled tests apart", () => {
  check(
    `<testcase name="one" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="two" classname="./a_test.ts" time="0.001" line="3" col="6">
            <failure message="Uncaught Error: boom &lt;x&gt;
line 2">Error: boom &lt;x&gt;
line ]]&gt; 2
    at file:///a_test.ts:3:34</failure>
        </testcase>
        <testcase name="three" classname="./a_test.ts" time="0.000" line="2" col="6">
            <error message="Cancelled"/>
        </testcase>`,
    [
      { name: "one", outcome: "skipped" },
      {
        name: "two",
        outcome: "failed",
        message: "Error: boom <x>\nline ]]> 2\n    at file:///a_test.ts:3:34",
      },
      { name: "three", outcome: "failed", message: "Cancelled" },
    ],
  );
});

Deno.test("readJunit() reads a test without a body", () => {
  check(`<testcase name="short" classname="./a_test.ts" time="0.000"/>`, [
    { name: "short", outcome: "passed" },
  ]);
});

Deno.test("readJunit() finds nothing in an empty text", () => {
  assert.deepEqual(readJunit(""), []);
});
