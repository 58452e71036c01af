import assert from "node:assert/strict";
import { countUntil, momentOf } from "./moment.ts";
import type { RecordedCamera } from "./recording.ts";

function blob(x: number) {
  return { id: 1, x, y: 0.5, w: 0.1, h: 0.2, vxPerS: 0, vyPerS: 0, coast: 0 };
}

/** Nothing at first; comes at 10 s, moves, stands from 12 s, is gone at 20 s. */
const CAMERA: RecordedCamera = {
  camera: "gate",
  frames: [
    { tMs: 0, motionPct: 0, blobs: [] },
    { tMs: 10_000, motionPct: 1, blobs: [blob(0.1)] },
    { tMs: 11_000, motionPct: 2, blobs: [blob(0.3)] },
    { tMs: 12_000, motionPct: 3, blobs: [blob(0.5)] },
    { tMs: 20_000, motionPct: 0, blobs: [] },
  ],
  stills: [{ tMs: 9_000, jpeg: "a" }, { tMs: 11_000, jpeg: "b" }],
  events: [],
  states: [],
  motion: { spanMs: 1_000, peaks: [] },
  names: new Map(),
  busy: [],
};

function blobsAt(atMs: number): readonly number[] {
  return momentOf(CAMERA, atMs).overlay.blobs.map(({ x }) => Math.round(x * 100) / 100);
}

Deno.test("momentOf() shows blobs where they were, on their way between two frames", () => {
  assert.deepEqual(blobsAt(10_000), [0.1]);
  assert.deepEqual(blobsAt(10_500), [0.2]);
  assert.deepEqual(blobsAt(12_000), [0.5]);
});

Deno.test("momentOf() shows nothing before it came, what stands, and nothing after", () => {
  assert.deepEqual(blobsAt(-1), []);
  assert.deepEqual(blobsAt(9_900), [], "nobody comes half-way out of a quiet time");
  assert.deepEqual(blobsAt(19_000), [0.5], "it stands");
  assert.deepEqual(blobsAt(20_000), []);
  assert.deepEqual(blobsAt(90_000), []);
  assert.equal(momentOf(CAMERA, 90_000).motionPct, undefined, "nobody knows");
});

Deno.test("momentOf() lets the trail fade that leads to what stands", () => {
  const trail = (atMs: number) => momentOf(CAMERA, atMs).overlay.trails.get(1)!;
  assert.ok(trail(12_500).length >= 3);
  assert.ok(trail(12_500)[0]!.youth < trail(12_000)[0]!.youth);
  assert.equal(trail(19_000).length, 1, "only where it is");
});

Deno.test("momentOf() takes the picture of its moment, the first before there is one", () => {
  const cases = [[0, "a"], [10_500, "a"], [10_700, "b"], [30_000, "b"]] as const;
  for (const [atMs, jpeg] of cases) {
    assert.equal(momentOf(CAMERA, atMs).still?.jpeg, jpeg, `${atMs}`);
  }
  assert.equal(momentOf({ ...CAMERA, stills: [] }, 0).still, undefined);
});

Deno.test("countUntil() counts what is not later", () => {
  const list = [1, 3, 3, 7].map((tMs) => ({ tMs }));
  assert.deepEqual([0, 1, 2, 3, 7, 9].map((atMs) => countUntil(list, atMs)), [
    ...[0, 1, 1],
    ...[3, 4, 4],
  ]);
});
