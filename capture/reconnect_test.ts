import assert from "node:assert/strict";
import { type LostSession, Reconnect } from "./reconnect.ts";

const REFUSED: LostSession = { goodMs: 0, why: "refused", again: false };

function waitsOf(sessions: readonly LostSession[]): readonly number[] {
  const reconnect = new Reconnect();
  return sessions.map((session) => reconnect.next(session, 0.5).waitMs);
}

Deno.test("Reconnect waits 1, 2, 4 … 60 s for a source that cannot be had", () => {
  const seconds = waitsOf(new Array(10).fill(REFUSED)).map((ms) => ms / 1_000);
  assert.deepEqual(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
});

Deno.test("Reconnect tries soon once after pictures, and not in a loop", () => {
  const brief: LostSession = { goodMs: 900, why: "no_bytes", again: false };
  assert.deepEqual(waitsOf([brief, brief, brief, brief]), [250, 1_000, 2_000, 4_000]);
});

Deno.test("Reconnect begins anew after a minute of good pictures", () => {
  const good: LostSession = { goodMs: 60_000, why: "no_bytes", again: false };
  assert.deepEqual(waitsOf([REFUSED, REFUSED, REFUSED, good, REFUSED]), [
    ...[1_000, 2_000, 4_000],
    ...[250, 1_000],
  ]);
});

Deno.test("Reconnect waits ever longer after a wrong password, up to a quarter of an hour", () => {
  const wrong: LostSession = { ...REFUSED, why: "auth" };
  const seconds = waitsOf(new Array(7).fill(wrong)).map((ms) => ms / 1_000);
  assert.deepEqual(seconds, [30, 60, 120, 240, 480, 900, 900]);
  const mended = waitsOf([wrong, wrong, REFUSED, wrong]).map((ms) => ms / 1_000);
  assert.deepEqual(mended, [30, 60, 4, 30], "another reason ends it");
});

Deno.test("Reconnect varies every wait by a fifth", () => {
  for (const [why, ms] of [["refused", 1_000], ["auth", 30_000]] as const) {
    for (const chance of [0, 1]) {
      const { waitMs } = new Reconnect().next({ ...REFUSED, why }, chance);
      assert.equal(waitMs, chance === 0 ? 0.8 * ms : 1.2 * ms);
    }
  }
});

Deno.test("Reconnect does not count a try with other settings", () => {
  const again: LostSession = { goodMs: 0, why: undefined, again: true };
  assert.deepEqual(waitsOf([again, again, REFUSED, REFUSED]), [250, 250, 1_000, 2_000]);
});

Deno.test("Reconnect counts sessions that are lost again and again, until a good minute", () => {
  const reconnect = new Reconnect();
  const brief: LostSession = { goodMs: 900, why: "no_bytes", again: false };
  const seen: number[] = [];
  for (const session of [brief, brief, REFUSED, brief, brief]) {
    reconnect.next(session, 0.5);
    seen.push(reconnect.lostInLoop);
  }
  assert.deepEqual(seen, [0, 0, 0, 3, 4]);
  reconnect.good(59_999);
  assert.equal(reconnect.lostInLoop, 4);
  reconnect.good(60_000);
  assert.equal(reconnect.lostInLoop, 0);
});
