import assert from "node:assert/strict";
import { LearningPace } from "./learning_pace.ts";

function after(seconds: number, frameMs: number): { pace: LearningPace; taken: number } {
  const pace = new LearningPace();
  let taken = 0;
  for (let ms = 0; ms < 1_000 * seconds; ms += frameMs) {
    pace.pass(frameMs);
    // A row is visited every fourth frame.
    if (!pace.warmsUp) taken += pace.rate / 256 / 4;
  }
  return { pace, taken };
}

Deno.test("LearningPace gives as many samples a second at 5, 10, 25 and 50 frames", () => {
  const at25 = after(30, 40).taken;
  for (const frameMs of [200, 100, 66, 20]) {
    const { taken } = after(30, frameMs);
    assert.ok(Math.abs(taken / at25 - 1) < 0.25, `${frameMs} ms: ${taken} to ${at25}`);
  }
});

Deno.test("LearningPace lets the means follow faster when frames are rare", () => {
  const shifts = [20, 40, 80, 200].map((frameMs) => after(10, frameMs).pace.shift);
  assert.deepEqual(shifts, [4, 3, 2, 1]);
});

Deno.test("LearningPace warms up for a time, not for a number of frames", () => {
  for (const frameMs of [20, 40, 100, 200]) {
    assert.equal(after(2.2, frameMs).pace.warmsUp, true, `${frameMs} ms`);
    assert.equal(after(2.6, frameMs).pace.warmsUp, false, `${frameMs} ms`);
  }
});

Deno.test("LearningPace keeps its rates in range whatever time passes", () => {
  const { pace } = after(3, 40);
  for (const ms of [0, 1, 5, 1_000, 3_600_000, 2 ** 31]) {
    pace.pass(ms);
    assert.ok(pace.rate >= 1 && pace.rate <= 255, `${ms} ms: rate ${pace.rate}`);
    assert.ok(pace.shift >= 1 && pace.shift <= 6, `${ms} ms: shift ${pace.shift}`);
  }
});

Deno.test("LearningPace begins again with another scene, and goes on from a kept one", () => {
  const { pace } = after(10, 40);
  const kept = { turn: pace.turn, ageMs: pace.ageMs };
  pace.restart();
  assert.deepEqual([pace.turn, pace.warmsUp, pace.rate], [0, true, 255]);
  pace.resume(kept);
  assert.deepEqual([pace.turn, pace.warmsUp], [kept.turn, false]);
});

Deno.test("LearningPace counts turns for ever without starting a scene again", () => {
  const pace = new LearningPace();
  pace.resume({ turn: 2 ** 30 - 1, ageMs: 2 ** 31 });
  pace.pass(40);
  assert.equal(pace.turn % 64, 0);
  assert.ok(pace.turn > 0);
});
