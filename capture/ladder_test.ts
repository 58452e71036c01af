import assert from "node:assert/strict";
import { Ladder } from "./ladder.ts";

/** A camera with a keyframe each `everyMs`, quiet from the start, after `forMs`. */
function quietFor(forMs: number, everyMs = 1_000, idleAfterS = 20): Ladder {
  const ladder = new Ladder({ idleAfterS });
  for (let nowMs = 0; nowMs <= forMs; nowMs += everyMs) {
    ladder.keyframe(nowMs);
    ladder.looked(true, nowMs);
  }
  return ladder;
}

Deno.test("a camera in which nothing moves goes down, and says why", () => {
  assert.deepEqual(quietFor(19_000).at(19_500), { rung: "full", why: undefined });
  assert.deepEqual(quietFor(20_000).at(20_000), { rung: "keys", why: "quiet" });
});

Deno.test("any motion brings it up at once, and the quiet counts anew", () => {
  const ladder = quietFor(30_000);
  ladder.looked(false, 30_100);
  assert.equal(ladder.at(30_100).rung, "full");
  for (let nowMs = 31_000; nowMs <= 51_000; nowMs += 1_000) {
    ladder.keyframe(nowMs);
    ladder.looked(true, nowMs);
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
  ladder.looked(false, 3_000);
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
