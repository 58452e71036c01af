import assert from "node:assert/strict";
import { cpuFigures, cpuLine, delayFigures } from "./bench_capture_figures.ts";

Deno.test("the ratio is the median over windows, each against what ran beside it", () => {
  const windows = [[10, 12], [20, 30], [10, 11]].map(([alone, whole]) => ({
    alonePercent: alone!,
    wholePercent: whole!,
  }));
  assert.equal(cpuFigures(windows).ratio, 1.2);
  assert.equal(cpuFigures(windows.slice(0, 2)).ratio, 1.35);
  assert.match(
    cpuLine("full", cpuFigures(windows)),
    /^full rate +x1\.20 .*windows 1\.20/,
  );
});

Deno.test("a line's delay counts from the push of the picture whose time it carries", () => {
  const pushesMs = new Map([[0, 1_000], [1, 1_040], [3, 1_120]]);
  const told = [
    { ptsUs: 0, atMs: 1_100 },
    { ptsUs: 40_000, atMs: 1_150 },
    // Nobody pushed it.
    { ptsUs: 80_000, atMs: 9_000 },
    // Times are rounded on their way.
    { ptsUs: 119_989, atMs: 1_240 },
  ];
  assert.deepEqual(delayFigures(told, { pushesMs, fps: 25 }), {
    ...{ frames: 3, p50: 110, p95: 110, p99: 110 },
  });
  assert.equal(delayFigures([], { pushesMs, fps: 25 }), undefined);
});
