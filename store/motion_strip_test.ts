import assert from "node:assert/strict";
import { MotionStrip } from "./motion_strip.ts";

Deno.test("MotionStrip keeps the strongest of each second, and no zero for a hole", () => {
  const strip = new MotionStrip();
  for (const [tMs, pct] of [[0, 1], [900, 3], [950, 2], [7_000, 0.5]] as const) {
    strip.add(tMs, pct);
  }
  assert.deepEqual(strip.peaks(), { spanMs: 1_000, peaks: [[0, 3], [7, 0.5]] });
});

Deno.test("MotionStrip widens its spans when there are many, and keeps the strongest", () => {
  const strip = new MotionStrip();
  for (let second = 0; second < 100_000; second++) {
    strip.add(second * 1_000, second === 77_777 ? 50 : 1);
  }
  const { spanMs, peaks } = strip.peaks();
  assert.ok(peaks.length <= 3_600 && peaks.length > 1_800);
  assert.deepEqual(peaks.filter(([, pct]) => pct === 50), [[
    Math.floor(77_777_000 / spanMs),
    50,
  ]]);
});

Deno.test("MotionStrip is not confused when the box sets its clock", () => {
  const strip = new MotionStrip();
  for (const tMs of [5_000, Date.UTC(2026, 0, 1), 6_000]) strip.add(tMs, 1);
  assert.equal(strip.peaks().peaks.length, 3);
});
