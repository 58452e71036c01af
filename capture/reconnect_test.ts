import assert from "node:assert/strict";
import { type LostSession, Reconnect } from "./reconnect.ts";

const REFUSED: LostSession = { goodMs: 0, why: "refused", again: false };

function waitsOf(sessions: readonly LostSession[]): readonly number[] {
  const reconnect = new Reconnect();
  return sessions.map((session) => reconnect.next(session, 0.5).waitMs);
}

Deno.test("Reconnect waits 1, 2, 4 … 60 s for a source that cannot be had", () => {
  const seconds = waitsOf(new Array(10).fill(REFUSED)).map((ms) => ms / 1_000);
  assert.deepEqual(seconds, [1, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

Deno.test("Reconnect tries soon once after pictures, and not in a loop", () => {
  const brief: LostSession = { goodMs: 900, why: "no_bytes", again: false };
  assert.deepEqual(waitsOf([brief, brief, brief, brief]), [250, 1_000, 2_000, 4_000]);
});

Deno.test("Reconnect begins anew after a minute of good pictures", () => {
  const good: LostSession = { goodMs: 60_000, why: "no_bytes", again: false };
  assert.deepEqual(waitsOf([REFUSED, REFUSED, REFUSED, good, REFUSED]), [
    ...[1_000, 1_000, 2_000],
    ...[250, 1_000],
  ]);
});

Deno.test("Reconnect waits long after a wrong password", () => {
  assert.deepEqual(waitsOf([{ ...REFUSED, why: "auth" }]), [30_000]);
});

Deno.test("Reconnect does not count a try with other settings", () => {
  const again: LostSession = { goodMs: 0, why: undefined, again: true };
  assert.deepEqual(waitsOf([again, again, REFUSED, REFUSED]), [250, 250, 1_000, 1_000]);
});
