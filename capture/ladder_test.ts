import assert from "node:assert/strict";
import { Ladder } from "./ladder.ts";

function look(ladder: Ladder, quiet: boolean, nowMs: number): void {
  ladder.looked(quiet, { nowMs, ptsUs: 1_000 * nowMs });
}

/** A camera with a keyframe each `everyMs`, quiet from the start, after `forMs`. */
function quietFor(forMs: number, everyMs = 1_000, idleAfterS = 20): Ladder {
  const ladder = new Ladder({ idleAfterS });
  for (let nowMs = 0; nowMs <= forMs; nowMs += everyMs) {
    ladder.keyframe(nowMs);
    look(ladder, true, nowMs);
  }
  return ladder;
}

Deno.test("a camera in which nothing moves goes down, and says why", () => {
  assert.deepEqual(quietFor(19_000).at(19_500), { rung: "full", why: undefined });
  assert.deepEqual(quietFor(20_000).at(20_000), { rung: "keys", why: "quiet" });
});

/** Ten looks a second; something moves where `moves` says so. @returns times down, ms */
function lookedAt(ladder: Ladder, fromMs: number, moves: (ms: number) => boolean) {
  const down: number[] = [];
  for (let ms = 0; ms < 30_000; ms += 100) {
    if (ms % 1_000 === 0) ladder.keyframe(fromMs + ms);
    look(ladder, !moves(ms), fromMs + ms);
    if (ladder.at(fromMs + ms).rung === "keys") down.push(ms);
  }
  return down;
}

Deno.test("a trifle that is gone at once costs a moment, what lasts or comes again all of the quiet", () => {
  const trifle = lookedAt(quietFor(30_000), 31_000, (ms) => ms >= 500 && ms < 600);
  assert.deepEqual(trifle.slice(3, 8), [300, 400, 600, 700, 800]);
  const lasts = lookedAt(quietFor(30_000), 31_000, (ms) => ms >= 500 && ms < 900);
  assert.equal(lasts.find((ms) => ms > 600), 20_900);
  const again = lookedAt(quietFor(30_000), 31_000, (ms) => ms % 500 === 0 && ms < 2_000);
  assert.equal(again.find((ms) => ms > 1_100), 20_000 + 1_600);
});

Deno.test("how long something moves is told by the source's time, however fast it is caught up", () => {
  const ladder = quietFor(30_000);
  ladder.stirred();
  for (let ms = 0; ms < 1_000; ms += 100) {
    const quiet = ms < 200 || ms >= 700;
    ladder.looked(quiet, { nowMs: 30_000 + ms / 10, ptsUs: 1_000 * (30_000 + ms) });
  }
  ladder.keyframe(30_500);
  ladder.keyframe(31_000);
  for (let ms = 31_000; ms <= 40_000; ms += 1_000) ladder.keyframe(ms);
  assert.equal(ladder.at(40_000).rung, "full");
});

Deno.test("a glance in which something moved, and which came to nothing, costs five quiet seconds", () => {
  const ladder = quietFor(30_000);
  ladder.stirred();
  assert.equal(ladder.at(30_100).rung, "full");
  const down = lookedAt(ladder, 30_100, (ms) => ms === 0);
  assert.equal(down[0], 5_100);
});

Deno.test("any motion brings it up at once, and the quiet counts anew", () => {
  const ladder = quietFor(30_000);
  look(ladder, false, 30_100);
  assert.equal(ladder.at(30_100).rung, "full");
  look(ladder, false, 30_400);
  for (let nowMs = 31_000; nowMs <= 51_000; nowMs += 1_000) {
    ladder.keyframe(nowMs);
    look(ladder, true, nowMs);
    assert.equal(ladder.at(nowMs).rung, nowMs < 51_000 ? "full" : "keys");
  }
});

Deno.test("keyframes that are rare, or of unknown distance, keep it up", () => {
  assert.equal(quietFor(100_000, 8_000).at(100_000).rung, "full");
  const ladder = quietFor(30_000);
  ladder.reset();
  assert.equal(ladder.at(60_000).rung, "full");
});

Deno.test("keyframes that stay away bring it up", () => {
  const ladder = quietFor(30_000);
  assert.equal(ladder.at(34_500).rung, "keys");
  assert.equal(ladder.at(34_600).rung, "full");
});

Deno.test("one that is not to idle stays up", () => {
  assert.equal(quietFor(90_000, 1_000, 0).at(90_000).rung, "full");
});

Deno.test("what has to spare the box holds it down, though something moves", () => {
  const ladder = quietFor(3_000);
  ladder.hold("heat");
  look(ladder, false, 3_000);
  assert.deepEqual(ladder.at(3_000), { rung: "keys", why: "heat" });
  ladder.hold(undefined);
  assert.deepEqual(ladder.at(3_000), { rung: "full", why: undefined });
});

Deno.test("keyframes that cannot be looked at alone keep it up, held down or not", () => {
  const ladder = quietFor(30_000);
  ladder.openKeyframe();
  assert.deepEqual(ladder.at(30_000), { rung: "full", why: undefined });
  ladder.hold("cpu");
  assert.deepEqual(ladder.at(30_000), { rung: "full", why: undefined });
  ladder.reset();
  assert.deepEqual(ladder.at(30_000), { rung: "keys", why: "cpu" });
});
