import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import { checkoutFiles, readText } from "./checkout.ts";
import { deadFiles, unusedExports } from "./import_graph.ts";
import { allSources, tree } from "./sources.ts";
import { isCommand } from "./tree_shape.ts";

Deno.test("deadFiles() names a file that only its test imports", () => {
  const sources = tree({
    "main.ts":
      'import { a } from "./base/a.ts"; new Worker(new URL("./base/w.ts", import.meta.url));',
    "base/a.ts": "export const a = 1;",
    "base/w.ts": "self.close();",
    "base/dead.ts": "export const d = 1;",
    "base/dead_test.ts": 'import { d } from "./dead.ts";',
    "base/entry.ts": "run();",
  });
  assert.deepEqual(deadFiles(sources, ["deno run main.ts base/entry.ts"]), [
    "base/dead.ts is reached by no file of the program",
  ]);
});

Deno.test("deadFiles() lets tests reach what supports them", () => {
  const sources = tree({
    "tests/support/rig.ts": "export const r = 1;",
    "tests/integration/a_test.ts": 'import { r } from "../support/rig.ts";',
  });
  assert.deepEqual(deadFiles(sources, []), []);
});

function checkUnused(files: Record<string, string>, unused: readonly string[]): void {
  assert.deepEqual(
    unusedExports(tree(files)),
    unused.map((name) => `a.ts exports ${name}, which nobody uses`),
  );
}

Deno.test("unusedExports() names what neither another file nor its own uses", () => {
  checkUnused({ "a.ts": "export const a = 1; export function f() { return a; }" }, ["f"]);
  checkUnused({ "a.ts": "export interface Shape { x: number }" }, ["Shape"]);
});

Deno.test("unusedExports() knows every way to take a name", () => {
  const source = "export const a = 1;";
  checkUnused({ "a.ts": source, "b.ts": 'import { a } from "./a.ts";' }, []);
  checkUnused({ "a.ts": source, "b.ts": 'import * as all from "./a.ts";' }, []);
  checkUnused({ "a.ts": source, "b.ts": 'export * from "./a.ts";' }, []);
  checkUnused({ "a.ts": source, "b.ts": 'const { a } = await import("./a.ts");' }, []);
  checkUnused({ "a.ts": source, "b.ts": 'import { b } from "./a.ts";' }, ["a"]);
});

Deno.test("no file of this repository is dead", () => {
  const texts = checkoutFiles()
    .filter((path) => isCommand(path) || path === "deno.json")
    .map((path) => readText(path));
  expectNone(deadFiles(allSources(), [...texts, "main.ts"]));
});

Deno.test("every export is used", () => {
  expectNone(unusedExports(allSources()));
});
