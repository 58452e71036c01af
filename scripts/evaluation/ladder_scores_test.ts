import assert from "node:assert/strict";
import { estimatedCpu, scoreLadder, type Stay, type ToldEvent } from "./ladder_scores.ts";

function stay(startMs: number, endMs: number, toldMs = startMs): Stay {
  return { startMs, endMs, toldMs, isReport: true };
}

function event(type: string, atMs: number, toldMs = atMs): ToldEvent {
  return { type, atMs, toldMs };
}

Deno.test("what both told is late by when its line came out, not by what it says", () => {
  const full = { stays: [stay(1_000, 9_000, 1_400)], events: [event("ENTER", 1_000)] };
  const ladder = {
    stays: [stay(1_100, 9_000, 3_400)],
    events: [event("ENTER", 1_100, 3_400)],
  };
  const score = scoreLadder(full, ladder);
  assert.equal(score.staysMissed, 0);
  assert.equal(score.toldLaterMs, 2_000);
  assert.equal(score.toldLaterMaxMs, 2_000);
  assert.equal(score.sinceOffMaxMs, 100);
  assert.equal(score.eventsMissed, 0);
});

Deno.test("a stay is missed when nobody was told of at its time, else it is cut otherwise", () => {
  const full = {
    stays: [stay(0, 10_000), stay(4_000, 5_000), stay(20_000, 21_000)],
    events: [],
  };
  const score = scoreLadder(full, { stays: [stay(0, 10_000)], events: [] });
  assert.equal(score.staysMissed, 1);
  assert.equal(score.staysCutOtherwise, 1);
  assert.equal(score.staysMore, 0);
  const onlyLadder = scoreLadder({ stays: [], events: [] }, full);
  assert.equal(onlyLadder.staysMore, 3);
});

Deno.test("events of another kind, or a second away, are others", () => {
  const full = { stays: [], events: [event("ENTER", 0), event("EXIT", 9_000)] };
  const ladder = { stays: [], events: [event("APPEAR", 0), event("EXIT", 10_000)] };
  assert.equal(scoreLadder(full, ladder).eventsMissed, 2);
});

Deno.test("the estimate of CPU is 1 for a camera that never rests, and less with rarer keyframes", () => {
  assert.equal(estimatedCpu({ frames: 100, onKeys: 0, decoded: 100 }, 1), 1);
  const resting = { frames: 100, onKeys: 100, decoded: 0 };
  assert.ok(Math.abs(estimatedCpu(resting, 1) - 0.21) < 1e-9);
  assert.ok(estimatedCpu(resting, 4) < estimatedCpu(resting, 1));
});
