import assert from "node:assert/strict";
import { readSkips } from "../../scripts/support/testing/skips.ts";
import { checkoutFiles, readText } from "./checkout.ts";

Deno.test("tests/skips.json can be read and names test files that are there", () => {
  const skips = readSkips(readText("tests/skips.json"));
  const files = new Set(checkoutFiles());
  for (const { file } of [...skips.tests, ...skips.notOnCompileDeno]) {
    assert.ok(files.has(file), `${file} is not there`);
  }
});

Deno.test("tests/skips.json gives one reason for one test", () => {
  const skips = readSkips(readText("tests/skips.json"));
  const names = skips.tests.map(({ file, test }) => `${file}: ${test}`);
  assert.deepEqual(names, [...new Set(names)]);
});
