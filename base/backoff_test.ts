import assert from "node:assert/strict";
import fc from "fast-check";
import { backoffMs, RECONNECT } from "./backoff.ts";

Deno.test("backoffMs() doubles up to its bound, with the jitter it was given", () => {
  const middle = [1, 2, 3, 7, 8, 1_000].map((n) => backoffMs(RECONNECT, n, 0.5));
  assert.deepEqual(middle, [1_000, 2_000, 4_000, 60_000, 60_000, 60_000]);
  assert.equal(backoffMs(RECONNECT, 1, 0), 800);
  assert.equal(backoffMs(RECONNECT, 1, 1), 1_200);
});

Deno.test("backoffMs() stays within 20 % of its bounds for every try and chance", () => {
  const chances = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.integer({ min: -5 }), chances, (attempt, chance) => {
    const waitMs = backoffMs(RECONNECT, attempt, chance);
    assert.ok(waitMs >= 800 && waitMs <= 72_000, `${waitMs}`);
  }));
});
