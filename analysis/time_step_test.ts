import assert from "node:assert/strict";
import {
  FIRST_STEP,
  type OddTime,
  STEP_S_MAX,
  STEP_S_MIN,
  timeStep,
} from "./time_step.ts";

function check(lastUs: number, nowUs: number, dtS: number, odd?: OddTime): void {
  const step = timeStep(lastUs, nowUs, { dtS: 0.04, leap: false });
  assert.deepEqual(step, { dtS, leap: odd === "leap", ...(odd ? { odd } : {}) });
}

Deno.test("timeStep() is the time between two stamps", () => {
  check(1_000_000, 1_100_000, 0.1);
});

Deno.test("timeStep() takes the last step for a stamp that repeats or jumps back", () => {
  check(1_000_000, 1_000_000, 0.04, "repeated");
  check(9_000_000, 40_000, 0.04, "back");
  check(0, Number.NaN, 0.04, "back");
});

Deno.test("timeStep() clamps stamps that lie too near or too far", () => {
  check(0, 1, STEP_S_MIN);
  check(0, 3_000_000, STEP_S_MAX);
});

Deno.test("timeStep() says when so much time was lost that nothing can be told apart", () => {
  const step = timeStep(0, 60_000_000, { dtS: 0.04, leap: false });
  assert.deepEqual(step, { dtS: 0.04, leap: true, odd: "leap", longS: 60 });
});

Deno.test("timeStep() takes long steps that follow each other for rare frames, not for gaps", () => {
  const first = timeStep(0, 8_000_000, { dtS: 0.04, leap: false });
  assert.equal(first.leap, true);
  const second = timeStep(8_000_000, 16_200_000, first);
  assert.deepEqual(second, { dtS: STEP_S_MAX, leap: false, odd: "leap", longS: 8.2 });
  assert.equal(timeStep(16_200_000, 29_000_000, second).leap, true, "longer than those");
  const short = timeStep(16_200_000, 16_300_000, second);
  assert.equal(timeStep(16_300_000, 24_300_000, short).leap, true, "one alone");
});

Deno.test("timeStep() begins with a tenth of a second", () => {
  assert.deepEqual(FIRST_STEP, { dtS: 0.1, leap: false });
});
