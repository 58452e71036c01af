import assert from "node:assert/strict";
import { type ChildCost, classesLines, meanCost } from "./bench_classes_figures.ts";

function cost(cpuMs: number, peakBytes: number): ChildCost {
  return { cpuMs, peakBytes, tookMs: 2 * cpuMs, loadMs: 90, cropMs: 80 };
}

Deno.test("children are told by their means, and by the highest peak", () => {
  const child = meanCost([cost(300, 181e6), cost(400, 184e6), cost(350, 180e6)]);
  assert.deepEqual(child, {
    ...{ children: 3, cpuMs: 350, tookMs: 700, loadMs: 90, cropMs: 80, peakBytes: 184e6 },
  });
});

Deno.test("a camera beside children is told as a multiple of one without", () => {
  const watched = (p50: number, framesPerS: number) => ({
    framesPerS,
    delayMs: { frames: 100, p50, p95: 2 * p50, p99: 3 * p50 },
  });
  const lines = classesLines({
    ...{ name: "a test", child: meanCost([cost(300, 181e6)]) },
    own: [{ children: 20, bytes: 96e6 }, { children: 40, bytes: 97e6 }],
    ...{ alone: watched(60, 10), beside: watched(66, 9.9) },
  });
  assert.match(lines.join("\n"), /96 MB after 20 of them, 97 MB after 40 of them/);
  assert.match(
    lines.at(-1)!,
    /9\.9 frames .* p95 132 .* x0\.990, p50 x1\.10, p95 x1\.10$/,
  );
});
