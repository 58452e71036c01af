import assert from "node:assert/strict";
import { judgeClock } from "./clock.ts";

Deno.test("judgeClock() finds a clock that forgot, and one that nothing keeps right", () => {
  const now = Date.UTC(2026, 7, 1, 2, 3);
  assert.equal(judgeClock(now, "yes").level, "good");
  assert.match(judgeClock(now, "yes").words, /2026-08-01 02:03 UTC/);
  assert.equal(judgeClock(now, "no").level, "warning");
  assert.equal(judgeClock(now, undefined).level, "note");
  assert.equal(judgeClock(Date.UTC(1970, 0, 1), "yes").level, "broken");
});
