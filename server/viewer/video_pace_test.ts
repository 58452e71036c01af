import assert from "node:assert/strict";
import { paceOf, type PlayerState } from "./video_pace.ts";

/** A player at `nowS` that has the stream from `startS` to `endS`, 25 pictures a second. */
function at(
  nowS: number,
  span: { startS?: number; endS: number },
  more: Partial<PlayerState> = {},
): PlayerState {
  const held = [{ startS: span.startS ?? 0, endS: span.endS }];
  return { nowS, rate: 1, intervalS: 0.04, held, ...more };
}

Deno.test("paceOf() leaves a player alone that is close behind", () => {
  assert.deepEqual(paceOf(at(9.7, { endS: 10 })), { rate: 1 });
  assert.deepEqual(paceOf(at(9.9, { endS: 10 })), { rate: 1 });
});

Deno.test("paceOf() hurries a player that fell behind until it is back at its aim", () => {
  assert.equal(paceOf(at(9.5, { endS: 10 })).rate, 1.1);
  assert.equal(paceOf(at(9.6, { endS: 10 }, { rate: 1.1 })).rate, 1.1);
  assert.equal(paceOf(at(9.6, { endS: 10 })).rate, 1);
  assert.equal(paceOf(at(9.71, { endS: 10 }, { rate: 1.1 })).rate, 1);
});

Deno.test("paceOf() leaps to the newest when a player is far behind", () => {
  assert.deepEqual(paceOf(at(5, { endS: 10 }, { rate: 1.1 })), { rate: 1, seekS: 9.7 });
});

Deno.test("paceOf() leaps over a hole, and back into a stream that began anew", () => {
  const held = [{ startS: 0, endS: 5 }, { startS: 8, endS: 8.1 }];
  const overHole = paceOf(at(4.9, { endS: 0 }, { held }));
  assert.deepEqual(overHole, { rate: 1, seekS: 8 });
  assert.equal(paceOf(at(100, { endS: 10 })).seekS, 9.7);
});

Deno.test("paceOf() gives a slow camera as many pictures", () => {
  assert.deepEqual(paceOf(at(6, { endS: 10 }, { intervalS: 1 })), { rate: 1 });
  assert.equal(paceOf(at(0, { endS: 20 }, { intervalS: 1 })).seekS, 16);
});

Deno.test("paceOf() lets a player forget what lies more than some seconds back", () => {
  assert.equal(paceOf(at(19.9, { endS: 20.1 })).forgetBeforeS, undefined);
  assert.equal(paceOf(at(20.1, { endS: 20.4 })).forgetBeforeS, 10.100000000000001);
});

Deno.test("paceOf() has nothing to do before there is a stream", () => {
  assert.deepEqual(paceOf({ nowS: 0, rate: 1.1, held: [], intervalS: 0 }), { rate: 1 });
});
