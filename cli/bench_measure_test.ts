import assert from "node:assert/strict";
import { kernelsTs } from "../analysis/kernels/kernels_ts.ts";
import { systemClock } from "../base/clock.ts";
import { noiseFrames } from "./bench_frames.ts";
import { BENCH_STAGES, measureAnalysis } from "./bench_measure.ts";

/** A clock that is a millisecond further at every look. */
function countingClock() {
  let nowMs = 0;
  return { ...systemClock, monotonicMs: () => nowMs++ };
}

/** CPU that is 20 ms further at every look. */
function countingCpu() {
  let usedMs = 0;
  return () => usedMs += 20;
}

Deno.test("measureAnalysis() tells what every stage took; all of them are the frame's", () => {
  let heap = 0;
  const figures = measureAnalysis(noiseFrames({ width: 64, height: 48 }, 4), 10, {
    kernels: kernelsTs,
    clock: countingClock(),
    cpuMs: countingCpu(),
    // Each look allocates a byte itself.
    heapBytes: () => heap += 1,
  });
  assert.equal(figures.cpuMs, 2);
  assert.equal(figures.name, "64x48 noise, 2 objects");
  for (const stage of BENCH_STAGES) {
    const { p50, p99 } = figures.stagesMs[stage];
    // One look at the clock ends a stage: five of them, and the episodes.
    assert.equal(p50, stage === "all" ? 6 : 1, stage);
    assert.equal(p99, p50, stage);
  }
  assert.equal(figures.garbageBytes, 0);
});

Deno.test("measureAnalysis() does not count what the collector took back", () => {
  let looks = 0;
  const figures = measureAnalysis(noiseFrames({ width: 64, height: 48 }, 4), 10, {
    kernels: kernelsTs,
    clock: countingClock(),
    cpuMs: countingCpu(),
    // Every fourth look is the one after a batch; the collector runs in every third batch.
    heapBytes: () => {
      const batch = Math.floor(looks / 4);
      return looks++ % 4 === 3 ? (batch % 3 === 2 ? 0 : 1_600) : 0;
    },
  });
  assert.equal(figures.garbageBytes, 100);
});
