import assert from "node:assert/strict";
import { judgeHeat, judgePower } from "./heat.ts";

Deno.test("judgeHeat() warns of a processor that slows down, and trusts no broken sensor", () => {
  assert.deepEqual(judgeHeat([]), []);
  assert.deepEqual(judgeHeat([-273, 0, 127]), []);
  assert.equal(judgeHeat([45, 51.4])[0]?.words, "the hottest sensor says 51 °C");
  assert.equal(judgeHeat([45, 81])[0]?.level, "warning");
});

Deno.test("judgePower() says nothing where the kernel does not know", () => {
  assert.deepEqual(judgePower(undefined), []);
  assert.equal(judgePower(false)[0]?.level, "good");
  assert.equal(judgePower(true)[0]?.level, "warning");
});
