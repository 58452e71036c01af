import assert from "node:assert/strict";
import { HourlyBudget } from "./hourly_budget.ts";

Deno.test("HourlyBudget spends so many within any hour", () => {
  const budget = new HourlyBudget(2);
  assert.equal(budget.spend(0), true);
  assert.equal(budget.spend(1_800_000), true);
  assert.equal(budget.spend(3_599_999), false);
  assert.equal(budget.hasLeft(3_599_999), false);
  assert.equal(budget.hasLeft(3_600_000), true);
  assert.equal(budget.spend(3_600_000), true);
  assert.equal(budget.spend(5_399_999), false);
  assert.equal(budget.spend(5_400_000), true);
});
