import assert from "node:assert/strict";
import { passQuiet, spansOf } from "./spans.ts";

function frames(...at: readonly (readonly [tMs: number, blobs: number])[]) {
  return at.map(([tMs, length]) => ({ tMs, blobs: { length } }));
}

Deno.test("spansOf() joins what a short hole parts, and leaves quiet out", () => {
  const spans = spansOf(
    frames([10_000, 1], [11_000, 2], [12_000, 0], [15_000, 1], [60_000, 0], [90_000, 1]),
  );
  assert.deepEqual(spans, [
    { startMs: 8_500, endMs: 16_500 },
    { startMs: 88_500, endMs: 91_500 },
  ]);
  assert.deepEqual(spansOf(frames([1, 0])), []);
});

Deno.test("passQuiet() goes on to the next busy time, or to the end", () => {
  const reel = {
    span: { startMs: 0, endMs: 100 },
    busy: [{ startMs: 10, endMs: 20 }, { startMs: 50, endMs: 60 }],
  };
  const cases = [[0, 10], [10, 10], [15, 15], [20, 20], [21, 50], [61, 100]] as const;
  for (const [atMs, wanted] of cases) assert.equal(passQuiet(atMs, reel), wanted);
});
