import assert from "node:assert/strict";
import { SessionTime } from "./session_time.ts";
import type { Packet } from "./fmp4.ts";

const TIMESCALE = 90_000;

function packet(ptsMs: number, arrivalMs: number): Packet {
  const pts = (ptsMs * TIMESCALE) / 1_000;
  return { bytes: new Uint8Array(), key: true, dts: pts, pts, arrivalMs } as Packet;
}

Deno.test("SessionTime does not follow a camera whose clock is set forward", () => {
  const time = new SessionTime();
  const leaps: number[] = [];
  let last = -1;
  for (let at = 0; at < 500; at++) {
    const ptsMs = at * 40 + (at >= 300 ? 3_600_000 : 0);
    const { ptsUs, leaptMs } = time.step(
      packet(ptsMs, 90 + at * 40),
      TIMESCALE,
      undefined,
    );
    if (leaptMs > 0) leaps.push(Math.round(leaptMs));
    assert.ok(ptsUs > last && Math.abs(ptsUs - at * 40_000) < 50_000, `${at}: ${ptsUs}`);
    last = ptsUs;
  }
  assert.deepEqual(leaps, [3_600_000 + 0]);
});

Deno.test("SessionTime takes a burst, a standstill and a loss for what they are", () => {
  const cases: Record<string, (at: number) => { ptsMs: number; arrivalMs: number }> = {
    // The camera gives its last keyframe first, and what came since at once.
    burst: (at) => ({ ptsMs: at * 40, arrivalMs: Math.max(5_000 + at, at * 40) }),
    // Nothing for four seconds, then all of it.
    standstill: (at) => ({
      ptsMs: at * 40,
      arrivalMs: at > 100 && at < 200 ? 8_000 + at : at * 40,
    }),
    // Nothing for four seconds, which are lost; the last one was late.
    loss: (at) => ({
      ptsMs: at * 40 + (at > 100 ? 4_000 : 0),
      arrivalMs: at * 40 + (at >= 100 ? 4_000 : 0),
    }),
  };
  for (const [what, when] of Object.entries(cases)) {
    const time = new SessionTime();
    for (let at = 0; at < 400; at++) {
      const { ptsMs, arrivalMs } = when(at);
      const { leaptMs } = time.step(packet(ptsMs, arrivalMs), TIMESCALE, undefined);
      assert.equal(leaptMs, 0, `${what} at ${at}`);
    }
  }
});

Deno.test("SessionTime takes pictures that are shown later than sent for no leap", () => {
  const time = new SessionTime();
  for (let at = 0; at < 40; at++) {
    // One a second; the third after a picture comes right behind it.
    const shown = at === 0 ? 0 : at + [2, -1, -1][(at - 1) % 3]!;
    const step = time.step(packet(1_000 * shown, 1_000 * at), TIMESCALE, undefined);
    assert.equal(step.leaptMs, 0, `at ${at}`);
  }
});

Deno.test("SessionTime is settled when no time can be a guess any more, in each session", () => {
  const time = new SessionTime();
  for (let session = 0; session < 2; session++) {
    time.reset();
    for (let at = 0; at < 16; at++) {
      time.step(packet(40 * at, 40 * at), TIMESCALE, undefined);
      assert.ok(!time.isSettled);
    }
    time.step(packet(640, 640), TIMESCALE, undefined);
    assert.ok(time.isSettled);
  }
});

Deno.test("SessionTime goes on over sessions as long as there was none", () => {
  const time = new SessionTime();
  time.step(packet(0, 100), TIMESCALE, undefined);
  time.reset();
  const last = { ptsUs: 0, arrivalMs: 100 };
  assert.equal(time.step(packet(777, 5_100), TIMESCALE, last).ptsUs, 5_000_000);
  assert.equal(time.step(packet(817, 5_140), TIMESCALE, last).ptsUs, 5_040_000);
});
