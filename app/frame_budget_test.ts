import assert from "node:assert/strict";
import { FrameBudget } from "./frame_budget.ts";

Deno.test("FrameBudget gives cameras no more than it has, all together", () => {
  const budget = new FrameBudget(100);
  assert.ok(budget.take("gate", 60));
  assert.equal(budget.take("yard", 60), false);
  assert.ok(budget.take("yard", 40));
  assert.equal(budget.leftBytes, 0);
  assert.ok(budget.take("gate", 50), "a new ring stands in place of the old one");
  assert.equal(budget.take("gate", 70), false);
  assert.equal(budget.leftBytes, 10, "what it had is still its own");
  budget.giveBack("gate");
  assert.equal(budget.leftBytes, 60);
});
