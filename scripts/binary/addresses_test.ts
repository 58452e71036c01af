import assert from "node:assert/strict";
import { bundledName, reachedBy } from "./addresses.ts";

function check(source: string, workers: string[], assets: [string, string][] = []): void {
  const reached = reachedBy("capture/source.ts", source);
  assert.deepEqual([...reached.workers], workers);
  assert.deepEqual([...reached.assets], assets);
}

function refuses(source: string, words: RegExp): void {
  assert.throws(() => reachedBy("capture/source.ts", source), words);
}

Deno.test("reachedBy() finds a worker that is named for checkout and bundle", () => {
  check(
    `import { a } from "./a.ts";
     const file = import.meta.url.endsWith(".ts") ? "./scene/draw.ts" : "./draw.js";
     new Worker(new URL(file, import.meta.url), { type: "module" });`,
    ["capture/scene/draw.ts"],
  );
});

Deno.test("reachedBy() refuses a worker that the bundle would not find", () => {
  refuses(
    'new Worker(new URL("./draw.ts", import.meta.url));',
    /Cannot bundle capture\/source\.ts: its worker \.\/draw\.ts is "\.\/draw\.js"/,
  );
  refuses("new Worker(address);", /starts a worker, but names no module of it/);
});

Deno.test("reachedBy() finds files and folders that a source reads", () => {
  check('new URL("./dist/", import.meta.url);', [], [["./dist/", "capture/dist/"]]);
  refuses('new URL("../a.txt", import.meta.url);', /outside of the bundle's folder/);
  refuses("read(import.meta.dirname);", /import\.meta\.dirname is not followed/);
});

Deno.test("reachedBy() does not take a comment for code", () => {
  check('/** new Worker(new URL("./a.ts", import.meta.url)) */ const a = 1;', []);
});

Deno.test("bundledName() drops the folders", () => {
  assert.equal(bundledName("capture/scene/scene_worker.ts"), "scene_worker.js");
});
