import assert from "node:assert/strict";
import { VideoTime } from "./video_time.ts";

Deno.test("VideoTime counts how long the box had a picture", () => {
  const time = new VideoTime();
  time.step({ ptsUs: 5_000_000, ageMs: 900, arrivedMs: 10_000 });
  assert.equal(time.takenMs(5_000_000), 9_100);
  assert.equal(time.takenMs(5_500_000), 9_600);
});

Deno.test("VideoTime knows a picture that was long on its way by the quick ones", () => {
  const time = new VideoTime();
  time.step({ ptsUs: 1_000_000, ageMs: 0, arrivedMs: 1_000 });
  time.step({ ptsUs: 2_000_000, ageMs: 0, arrivedMs: 5_000 });
  assert.equal(time.takenMs(2_000_000), 2_000);
});

Deno.test("VideoTime forgets after a minute, so that clocks may drift, and at a new stream", () => {
  const time = new VideoTime();
  time.step({ ptsUs: 0, ageMs: 0, arrivedMs: 0 });
  for (let second = 1; second <= 60; second++) {
    time.step({ ptsUs: second * 1e6, ageMs: 0, arrivedMs: second * 1_000 + 50 });
  }
  assert.equal(time.takenMs(60e6), 60_050);
  time.reset();
  time.step({ ptsUs: 0, ageMs: 0, arrivedMs: 70_000 });
  assert.equal(time.takenMs(0), 70_000);
});
