import assert from "node:assert/strict";
import { isQuiet } from "../../app/quiet.ts";
import { scriptedObservation } from "../../tests/support/scripted_observation.ts";
import { LadderRun } from "./ladder_run.ts";

/** 40 s at 10 frames a second in which something moves from a time on: what was stepped, ms. */
function shown(plan: { idleAfterS: number; gopS: number; movesFromMs: number }) {
  const steppedMs: number[] = [];
  const run = new LadderRun(plan, {
    isQuiet,
    analyzer: {
      stirs: ({ pixels }) => pixels[0] === 1,
      step: ({ pixels, ptsUs, number }) => {
        steppedMs.push(ptsUs / 1_000);
        const frame = scriptedObservation({ frame: number, tMs: ptsUs / 1_000 });
        return { ...frame, regions: pixels[0]! };
      },
    },
  });
  for (let ms = 0; ms < 40_000; ms += 100) {
    run.frame(new Uint8Array([ms >= plan.movesFromMs ? 1 : 0]), ms * 1_000);
  }
  return { steppedMs, said: run.finish() };
}

Deno.test("a quiet film is glanced at, and what led to motion is shown then, each frame once", () => {
  const { steppedMs, said } = shown({ idleAfterS: 20, gopS: 2, movesFromMs: 31_300 });
  assert.deepEqual(steppedMs, steppedMs.toSorted((a, b) => a - b));
  const resting = steppedMs.filter((ms) => ms >= 20_000 && ms <= 30_000);
  assert.deepEqual(resting, [20_000, 22_000, 24_000, 26_000, 28_000, 30_000]);
  // Found at 32 s: all since the glance before.
  const after = steppedMs.filter((ms) => ms > 30_000);
  assert.deepEqual(after, Array.from({ length: 99 }, (_, i) => 30_100 + 100 * i));
  assert.equal(said.climbs, 1);
  assert.equal(said.frames, 400);
});

Deno.test("a film whose camera never rests is shown as it is", () => {
  const { steppedMs, said } = shown({ idleAfterS: 0, gopS: 1, movesFromMs: 0 });
  assert.equal(steppedMs.length, 400);
  assert.deepEqual([said.onKeys, said.decoded, said.climbs], [0, 400, 0]);
});
