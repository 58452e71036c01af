import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import { checkoutFiles, readText } from "./checkout.ts";
import { isTestFile } from "./source_place.ts";
import { machineWords, silencedWithoutReason, withoutModuleDoc } from "./source_words.ts";
import { allSources, tree } from "./sources.ts";

Deno.test("withoutModuleDoc() names a source that opens with anything else", () => {
  const good = "/**\n * One idea.\n * @module\n */\nexport const a = 1;\n";
  const late = "/** A. */\nconst a = 1;\n/** @module */\n";
  assert.deepEqual(withoutModuleDoc(tree({ "good.ts": good })), []);
  assert.equal(withoutModuleDoc(tree({ "late.ts": late })).length, 1);
  assert.equal(withoutModuleDoc(tree({ "none.ts": "const a = 1;\n" })).length, 1);
});

Deno.test("silencedWithoutReason() names silence without a reason, and wholesale silence", () => {
  const check = (line: string, count: number) =>
    assert.equal(silencedWithoutReason(tree({ "a.ts": line })).length, count, line);
  check("// deno-lint-ignore" + " no-explicit-any", 1);
  check("// deno-lint-ignore" + " no-explicit-any -- the door reads what it is given", 0);
  check("// @ts-expect-error" + "", 1);
  check("// deno-lint-ignore-file" + " no-explicit-any -- all of it", 1);
  check('const a = "deno-lint-ignore";', 0);
});

Deno.test("machineWords() names a place of one machine", () => {
  const check = (text: string, count: number) =>
    assert.equal(machineWords(tree({ "a.md": text })).length, count, text);
  check("see /" + "work/main/base", 1);
  check("see /" + "home/ann/streamware", 1);
  check('"resolved": "https://registry.' + 'npmjs.org/zod"', 1);
  check("frames lie under /dev/shm/streamware", 0);
  check("Network and frameworks/x", 0);
});

Deno.test("every source opens with a doc comment; tests have their sentences instead", () => {
  const sources = new Map([...allSources()].filter(([path]) => !isTestFile(path)));
  expectNone(withoutModuleDoc(sources));
});

Deno.test("every silenced rule has its reason", () => {
  expectNone(silencedWithoutReason(allSources()));
});

Deno.test("no file names a place of one machine", () => {
  const texts = checkoutFiles().filter((path) =>
    !/\.(png|jpg|wasm|ico|woff2)$/.test(path)
  );
  expectNone(machineWords(new Map(texts.map((path) => [path, readText(path)]))));
});
