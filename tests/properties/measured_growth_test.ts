import assert from "node:assert/strict";
import { medianOf, robustSlope, thinned } from "../support/fault_measure.ts";

Deno.test("robustSlope() finds the growth among values that leap", () => {
  const points = Array.from({ length: 100 }, (_, at) => {
    const leap = at % 5 === 0 ? 40 : 0;
    return [at, 3 + 0.5 * at + leap] as const;
  });
  assert.ok(Math.abs(robustSlope(points) - 0.5) < 0.05, `${robustSlope(points)}`);
});

Deno.test("robustSlope() is about nothing where nothing grows", () => {
  const points = Array.from({ length: 60 }, (_, at) => [at, at % 3] as const);
  assert.ok(Math.abs(robustSlope(points)) < 0.001, `${robustSlope(points)}`);
});

Deno.test("thinned() keeps every part of a long row, each by its median", () => {
  const points = Array.from({ length: 10 }, (_, at) => [at, at === 4 ? 99 : at] as const);
  assert.deepEqual(thinned(points, 3), [[1.5, 1.5], [5.5, 6.5], [8.5, 8.5]]);
  assert.deepEqual(thinned(points, 99), points);
});

Deno.test("medianOf() takes the middle, or between both middles", () => {
  assert.equal(medianOf([9, 1, 5]), 5);
  assert.equal(medianOf([9, 1, 5, 3]), 4);
  assert.ok(Number.isNaN(medianOf([])));
});
