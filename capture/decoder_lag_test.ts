import assert from "node:assert/strict";
import { isTooSlow } from "./decoder_lag.ts";

const LAG = { waitingBytes: 0, lagMs: 0, catchesUp: false };

Deno.test("isTooSlow() bounds what waits and how long, more while it catches up", () => {
  const check = (changes: Partial<typeof LAG>, expected: boolean, intervalMs = 40) =>
    assert.equal(isTooSlow({ ...LAG, ...changes }, intervalMs), expected);
  check({}, false);
  check({ waitingBytes: 8_000_001 }, true);
  check({ lagMs: 2_001 }, true);
  check({ lagMs: 2_000 }, false);
  check({ lagMs: 2_001 }, false, 1_000);
  check({ lagMs: 6_001 }, true, 1_000);
  check({ waitingBytes: 8_000_001, lagMs: 9_000, catchesUp: true }, false);
  check({ waitingBytes: 48_000_001, catchesUp: true }, true);
  check({ lagMs: 10_001, catchesUp: true }, true);
});
