import assert from "node:assert/strict";
import { ROOT } from "./checkout.ts";
import { isTest, isWithin, placeOfFile, resolveImport } from "./source_place.ts";

Deno.test("placeOfFile() knows a file by path and by URL", () => {
  assert.equal(placeOfFile(`${ROOT}base/log.ts`), "base/log.ts");
  assert.equal(placeOfFile(`file://${ROOT}base/log.ts`), "base/log.ts");
  assert.equal(placeOfFile("./base/log.ts"), "base/log.ts");
});

Deno.test("resolveImport() follows a specifier from the file that says it", () => {
  assert.equal(
    resolveImport("server/viewer/main.tsx", "../live_protocol.ts"),
    "server/live_protocol.ts",
  );
  assert.equal(resolveImport("main.ts", "./cli/program.ts"), "cli/program.ts");
});

Deno.test("isTest() and isWithin() judge by where a file lies", () => {
  assert.ok(isTest("tests/support/program.ts") && isTest("base/queue_test.ts"));
  assert.ok(!isTest("base/queue.ts"));
  assert.ok(isWithin("base/log.ts", ["cli/", "base/log.ts"]));
  assert.ok(!isWithin("base/login.ts", ["cli/", "base/log.ts"]));
});
