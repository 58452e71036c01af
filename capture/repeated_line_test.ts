import assert from "node:assert/strict";
import { RepeatedLine } from "./repeated_line.ts";

Deno.test("RepeatedLine tells the same line ever more seldom, with its count", () => {
  const line = new RepeatedLine();
  const told = Array.from({ length: 1_440 }, () => line.step("refused"));
  assert.deepEqual(told.filter((times) => times !== undefined), [
    ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024],
  ]);
  assert.equal(line.step("auth"), 1);
  assert.equal(line.step("refused"), 1);
});
