import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import {
  countLines,
  measureFunctions,
  SIZE_CAPS,
  tooLong,
  tooLongOnTheWhole,
} from "./sizes.ts";
import { allSources, programSources, tree } from "./sources.ts";

const CAPS = {
  fileLinesMax: 6,
  fileLinesMedianMax: 6,
  functionLinesMax: 3,
  functionLinesP90Max: 3,
};

Deno.test("countLines() does not count what follows the last newline", () => {
  assert.equal(countLines("a\nb\n"), 2);
  assert.equal(countLines("a\nb"), 2);
});

Deno.test("measureFunctions() knows functions, methods and arrows by name and place", () => {
  const source =
    "const a = 1;\nfunction f() {\n}\nclass C {\n  #m() {\n    return () =>\n 1;\n  }\n}\n";
  assert.deepEqual(measureFunctions("a.ts", source), [
    { name: "f", line: 2, lines: 2 },
    { name: "#m", line: 5, lines: 4 },
    { name: "arrow function", line: 6, lines: 2 },
  ]);
});

Deno.test("tooLong() names a file and a function that are over their caps", () => {
  assert.deepEqual(tooLong(tree({ "a.ts": "const a = 1;\n".repeat(7) }), CAPS), [
    "a.ts has 7 lines, at most 6",
  ]);
  assert.deepEqual(tooLong(tree({ "a.ts": "function f() {\n\n\n}\n" }), CAPS), [
    "a.ts:1 f has 4 lines, at most 3",
  ]);
  assert.deepEqual(
    tooLong(tree({ "a.ts": "const T = {\n a: 1,\n b: 2,\n c: 3,\n};\n" }), CAPS),
    [],
  );
});

Deno.test("tooLongOnTheWhole() looks at the median file and at one function in ten", () => {
  const long = "const a = 1;\n".repeat(6);
  assert.equal(tooLongOnTheWhole(tree({ "a.ts": long, "b.ts": long }), CAPS).length, 1);
  const wide = "function f() {\n\n}\n";
  assert.equal(tooLongOnTheWhole(tree({ "a.ts": wide, "b.ts": wide }), CAPS).length, 1);
  assert.deepEqual(tooLongOnTheWhole(tree({ "a.ts": "\n", "b.ts": "\n" }), CAPS), []);
});

Deno.test("every file and every function of this repository is short enough", () => {
  expectNone(tooLong(allSources(), SIZE_CAPS));
});

Deno.test("the median file and nine functions in ten are short", () => {
  expectNone(tooLongOnTheWhole(programSources(), SIZE_CAPS));
});
