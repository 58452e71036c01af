import assert from "node:assert/strict";
import fc from "fast-check";
import { HourlyBudget } from "./hourly_budget.ts";

const HOUR_S = 3_600;

/** Cameras that ask every so many seconds, for so many hours; gives who got how many. */
function spend(
  budget: HourlyBudget,
  of: { readonly everyS: Readonly<Record<string, number>>; readonly hours: number },
): Readonly<Record<string, number>> {
  const got = Object.fromEntries(Object.keys(of.everyS).map((camera) => [camera, 0]));
  for (let atS = 0; atS < of.hours * HOUR_S; atS++) {
    for (const [camera, everyS] of Object.entries(of.everyS)) {
      if (atS % everyS === 0 && budget.spend(camera, atS * 1_000)) got[camera]!++;
    }
  }
  return got;
}

Deno.test("HourlyBudget lets a burst through, then what the hour allows", () => {
  const budget = new HourlyBudget(120);
  const burst = spend(budget, { everyS: { gate: 1 }, hours: 1 / 60 }).gate!;
  assert.equal(burst, 12, "1 of its own, 10 that had gathered, 1 of the minute");
  const { gate } = spend(new HourlyBudget(120), { everyS: { gate: 1 }, hours: 4 });
  assert.equal(gate, 4 * 120 + 10);
});

Deno.test("HourlyBudget keeps a quiet camera's share from a busy one, which has the rest", () => {
  const everyS = { street: 10, yard: 300 };
  const { street, yard } = spend(new HourlyBudget(120), { everyS, hours: 4 });
  assert.equal(yard, 48, "all that it asked for");
  assert.ok(street! >= 4 * 108 && street! <= 4 * 108 + 11, String(street));
});

Deno.test("HourlyBudget shares evenly between cameras that all want more", () => {
  const everyS = { a: 7, b: 11, c: 13, d: 60 };
  const got = spend(new HourlyBudget(120), { everyS, hours: 10 });
  for (const count of Object.values(got)) assert.ok(Math.abs(count - 300) <= 12);
});

Deno.test("HourlyBudget has one for each camera at the start, however little it is", () => {
  const budget = new HourlyBudget(1);
  for (const camera of ["a", "b", "c"]) assert.equal(budget.hasLeft(camera, 0), true);
  const got = spend(budget, { everyS: { a: 60, b: 60, c: 60 }, hours: 30 });
  const total = Object.values(got).reduce((sum, count) => sum + count);
  assert.ok(total >= 30 && total <= 34, String(total));
  assert.equal(budget.hasLeft("a", 100 * HOUR_S * 1_000), true);
});

Deno.test("HourlyBudget never gives more than the hours and a burst", () => {
  const asks = fc.array(
    fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 0, max: 900_000 })),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(asks, fc.integer({ min: 1, max: 600 }), (steps, perHour) => {
      const budget = new HourlyBudget(perHour);
      let [nowMs, spent] = [0, 0];
      for (const [camera, gapMs] of steps) {
        nowMs += gapMs;
        if (budget.spend(camera, nowMs)) spent++;
        const allowed = perHour * nowMs / 3_600_000 + Math.max(1, perHour / 12) + 3;
        assert.ok(spent <= allowed + 1e-6);
      }
    }),
  );
});
