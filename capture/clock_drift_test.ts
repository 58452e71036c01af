import assert from "node:assert/strict";
import { ClockDrift } from "./clock_drift.ts";

/** What ClockDrift tells after `minutes` of a clock that is `ppm` too fast. */
function found(minutes: number, ppm: number): number | undefined {
  const drift = new ClockDrift();
  let state = 7;
  for (let atMs = 0; atMs < minutes * 60_000; atMs += 40) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const jitterMs = 60 * (state / 2 ** 32) ** 2;
    drift.step({ ptsMs: 5_000 + atMs * (1 + ppm / 1e6), arrivalMs: atMs + jitterMs });
  }
  return drift.ppm();
}

Deno.test("ClockDrift tells how many millionths a camera's clock is too fast", () => {
  assert.equal(found(5, 100), undefined, "too early to say");
  for (const ppm of [-500, -50, 0, 50, 500]) {
    assert.ok(Math.abs(found(10, ppm)! - ppm) < 5, `${found(10, ppm)} for ${ppm}`);
    assert.ok(Math.abs(found(90, ppm)! - ppm) < 1, `${found(90, ppm)} for ${ppm}`);
  }
});
