import assert from "node:assert/strict";
import { readPretty, unfinishedTest } from "./pretty.ts";

function check(output: string, expected: readonly string[]): void {
  assert.deepEqual(
    readPretty(output).map(({ file, name, outcome }) => `${outcome} ${file}: ${name}`),
    expected,
  );
}

Deno.test("readPretty() knows tests that were over and the files they are from", () => {
  check(
    "running 2 tests from ./a_test.ts\none ... ok (1s)\ntwo ... FAILED (5ms)\n" +
      "running 1 test from ./b_test.ts\nthree ... ignored (0ms)\nfour ...",
    ["passed a_test.ts: one", "failed a_test.ts: two", "skipped b_test.ts: three"],
  );
});

Deno.test("readPretty() knows the files of tests that run side by side", () => {
  check("./b_test.ts => one ... ok (1ms)\n./a_test.ts => two ... FAILED (1ms)", [
    "passed b_test.ts: one",
    "failed a_test.ts: two",
  ]);
});

Deno.test("unfinishedTest() names the test that hangs", () => {
  const hangs = (output: string, name: string | undefined) =>
    assert.equal(unfinishedTest(output), name);
  hangs("one ... ok (1s)\ntwo ...", "two");
  hangs(
    "two ...'two' has been running for over (2m0s)\n'two' has been running for over (4m0s)\n",
    "two",
  );
  hangs("one ... ok (1s)\n", undefined);
});
