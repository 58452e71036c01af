import assert from "node:assert/strict";
import { checkoutFiles } from "./checkout.ts";

Deno.test("checkoutFiles() walks a tree without git and leaves out what was fetched", () => {
  const root = Deno.makeTempDirSync({ prefix: "streamware-test-" }) + "/";
  try {
    for (const folder of ["base", "node_modules/zod", ".ci"]) {
      Deno.mkdirSync(root + folder, { recursive: true });
      Deno.writeTextFileSync(`${root}${folder}/a.ts`, "");
    }
    Deno.symlinkSync("base/a.ts", `${root}link.ts`);
    assert.deepEqual(checkoutFiles(root), [".ci/a.ts", "base/a.ts"]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("checkoutFiles() finds this file", () => {
  assert.ok(checkoutFiles().includes("tests/house/checkout_test.ts"));
});
