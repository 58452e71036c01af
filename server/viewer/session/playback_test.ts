import assert from "node:assert/strict";
import { advance, openingOf, seek, toggle } from "./playback.ts";

const REEL = {
  span: { startMs: 0, endMs: 10_000 },
  busy: [{ startMs: 1_000, endMs: 2_000 }, { startMs: 8_000, endMs: 9_000 }],
};
const OPENING = openingOf(REEL);
const PLAYS = { ...OPENING, plays: true };

Deno.test("openingOf() stands at the first thing that was seen, and waits", () => {
  assert.deepEqual([OPENING.atMs, OPENING.plays], [1_000, false]);
  assert.equal(openingOf({ ...REEL, busy: [] }).atMs, 0);
  const early = [{ startMs: -500, endMs: 2 }];
  assert.equal(openingOf({ ...REEL, busy: early }).atMs, 0, "not before the start");
});

Deno.test("advance() goes on with the time at its speed, and not while it pauses", () => {
  assert.equal(advance(PLAYS, 100, REEL).atMs, 1_100);
  assert.equal(advance({ ...PLAYS, speed: 4 }, 100, REEL).atMs, 1_400);
  assert.equal(advance(OPENING, 100, REEL), OPENING);
});

Deno.test("advance() does not jump after the page was away", () => {
  assert.equal(advance(PLAYS, 3_600_000, REEL).atMs, 1_250);
});

Deno.test("advance() passes over quiet times when it may", () => {
  const late = { ...PLAYS, atMs: 1_950 };
  assert.equal(advance(late, 100, REEL).atMs, 8_000);
  assert.equal(advance({ ...late, passesQuiet: false }, 100, REEL).atMs, 2_050);
});

Deno.test("advance() stops at the end, and toggle() begins anew from there", () => {
  const over = advance({ ...PLAYS, speed: 16, atMs: 8_950 }, 100, REEL);
  assert.deepEqual([over.atMs, over.plays], [10_000, false]);
  const again = toggle(over, REEL);
  assert.deepEqual([again.atMs, again.plays, again.speed], [1_000, true, 16]);
  assert.equal(toggle(again, REEL).plays, false);
});

Deno.test("seek() stays within the session", () => {
  assert.deepEqual([-5, 5, 99_999].map((to) => seek(PLAYS, to, REEL).atMs), [
    0,
    5,
    10_000,
  ]);
});
