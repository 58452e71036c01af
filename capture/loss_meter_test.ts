import assert from "node:assert/strict";
import { GapWatch } from "./gap_watch.ts";
import { LossMeter } from "./loss_meter.ts";

/** Percent of `seconds` at 25 a second of which the pictures that `isLost` are missing. */
function percentOf(seconds: number, isLost: (at: number) => boolean) {
  const gaps = new GapWatch();
  const meter = new LossMeter();
  for (let at = 0; at < seconds * 25; at++) {
    if (isLost(at)) continue;
    meter.step(at * 40, gaps.step(at * 3_600, at % 25 === 0).missing);
  }
  return meter;
}

Deno.test("LossMeter tells which part of the pictures is missing", () => {
  assert.equal(new LossMeter().percent(), undefined);
  assert.equal(percentOf(60, () => false).percent(), 0);
  for (const [every, percent] of [[50, 2], [10, 10], [5, 20]] as const) {
    const meter = percentOf(60, (at) => at > 30 && at % every === 0);
    assert.ok(
      Math.abs(meter.percent()! - percent) < 0.6,
      `${meter.percent()} of ${percent}`,
    );
    assert.ok(meter.missingTotal >= 1_450 / every - 1);
  }
});

Deno.test("LossMeter forgets what was lost more than five minutes ago", () => {
  const meter = percentOf(700, (at) => at > 30 && at < 2_000 && at % 5 === 0);
  assert.equal(meter.percent(), 0);
  assert.ok(meter.missingTotal > 390);
});
