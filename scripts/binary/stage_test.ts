import assert from "node:assert/strict";
import { TestFolder } from "../../tests/support/clips.ts";
import { checkProcessor, pointToNative, stripPackage } from "./stage.ts";
import { elfTarget } from "./target.ts";

const X64 = elf(62);
const ARM64 = elf(183);

/** The head of an ELF file for a processor. */
function elf(machine: number): Uint8Array {
  const head = new Uint8Array(64);
  head.set([0x7f, 0x45, 0x4c, 0x46]);
  head[18] = machine;
  return head;
}

function write(folder: TestFolder, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = folder.file(name);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    const bytes = typeof content === "string"
      ? new TextEncoder().encode(content)
      : content;
    Deno.writeFileSync(path, bytes);
  }
}

function namesIn(folder: TestFolder): string[] {
  return [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
}

Deno.test("elfTarget() tells processors apart, and what is no ELF", () => {
  assert.equal(elfTarget(X64), "x64");
  assert.equal(elfTarget(ARM64), "arm64");
  assert.equal(elfTarget(elf(8)), undefined);
  assert.equal(
    elfTarget(new TextEncoder().encode("#!/bin/sh and more words")),
    undefined,
  );
});

Deno.test("checkProcessor() refuses native code for the other processor, and none", () => {
  using folder = new TestFolder();
  assert.throws(() => checkProcessor(folder.path, "x64"), /there is none/);
  write(folder, { "a/a.node": X64, "b/lib.so.8.18.7": X64, "c.js": "" });
  checkProcessor(folder.path, "x64");
  assert.throws(
    () => checkProcessor(folder.path, "arm64"),
    /for arm64.* a\/a\.node is not/,
  );
  write(folder, { "b/lib.so.8.18.7": ARM64 });
  assert.throws(() => checkProcessor(folder.path, "x64"), /b\/lib\.so\.8\.18\.7 is not/);
});

Deno.test("stripPackage() leaves what runs", () => {
  using folder = new TestFolder();
  write(folder, {
    ...{ "index.mjs": "", "index.d.mts": "", "a.node": X64, "liba.so.1.2": X64 },
    ...{ "package.json": "{}", "README.md": "", "LICENSE": "", "src/a.cc": "" },
  });
  stripPackage(folder.path);
  assert.deepEqual(namesIn(folder), [
    ...["a.node", "index.mjs", "liba.so.1.2", "package.json", "src"],
  ]);
});

Deno.test("pointToNative() leaves no script for Deno's compiler to read", () => {
  using folder = new TestFolder();
  const exports = { "./a.node": "./index.cjs", "./package": "./package.json" };
  const told = { name: "a", version: "1.0.0", license: "MIT", scripts: {}, exports };
  write(folder, {
    "package.json": JSON.stringify(told),
    "index.cjs": 'module.exports = require("./lib/a.node");',
    "lib/a.node": X64,
  });
  pointToNative(folder.path);
  assert.deepEqual(namesIn(folder), ["lib", "package.json"]);
  assert.deepEqual(JSON.parse(Deno.readTextFileSync(folder.file("package.json"))), {
    ...{ name: "a", version: "1.0.0", license: "MIT", type: "module" },
    exports: { "./a.node": "./lib/a.node", "./package": "./package.json" },
  });
});
