import assert from "node:assert/strict";
import {
  annotatedSamples,
  bestMoments,
  type ClassClip,
  linked,
  trackedSamples,
} from "./class_samples.ts";
import type { TrackRow } from "./mot.ts";

/** A box that goes right by 2 pixels a frame. */
function walk(id: number, from: number, count: number, y = 50): TrackRow[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ frame: from + at, id, x: 20 + 2 * at, y, w: 20, h: 40 },
  }));
}

const CLIP: ClassClip = {
  ...{ clip: "a/b.mp4", truth: "person", tracks: "a/gt.txt", bikes: [200, 230] },
};

Deno.test("annotatedSamples() cuts long tracks, leaves out crumbs, and knows the cyclist", () => {
  const rows = [...walk(1, 1, 130), ...walk(2, 1, 5), ...walk(3, 205, 20)];
  const samples = annotatedSamples(CLIP, rows);
  assert.deepEqual(samples.map(({ id, truth, boxes }) => [id, truth, boxes.length]), [
    ["1.0", "person", 60],
    ["1.60", "person", 60],
    ["1.120", "person", 10],
    ["3.0", "bike", 20],
  ]);
});

Deno.test("trackedSamples() takes tracks of what is annotated, and leaves out the others", () => {
  const annotation = walk(1, 1, 60);
  const ours = [...walk(7, 5, 40, 54), ...walk(8, 5, 40, 200)];
  const ids = trackedSamples(CLIP, ours, annotation).map(({ id, truth }) => [id, truth]);
  assert.deepEqual(ids, [["7.0", "person"]]);
});

Deno.test("trackedSamples() knows the verge, and takes all else where nothing is annotated", () => {
  const { tracks: _, bikes: __, ...rest } = CLIP;
  const clip: ClassClip = { ...rest, truth: "vehicle", verge: [[120, 0], [100, 200]] };
  const far = walk(9, 1, 10).map((row) => ({ ...row, x: row.x + 200 }));
  const samples = trackedSamples(clip, [...walk(8, 1, 10), ...far], undefined);
  assert.deepEqual(samples.map(({ id, truth }) => [id, truth]), [
    ["8.0", "nothing"],
    ["9.0", "vehicle"],
  ]);
});

Deno.test("linked() gives one id to components that overlap from frame to frame", () => {
  const rows = [...walk(0, 1, 10), ...walk(0, 1, 10, 150), ...walk(0, 30, 10)];
  const ids = new Set(linked(rows).map(({ id }) => id));
  assert.equal(ids.size, 3);
});

Deno.test("bestMoments() takes large and whole boxes that are apart in time", () => {
  const boxes = walk(1, 1, 41).map((row, at) => ({ ...row, h: 20 + at }));
  const frame = { width: 100, height: 200 };
  const moments = bestMoments(boxes, frame, 3).map((box) => box.frame);
  // From frame 31 on it is cut by the right edge; moments are 4 frames apart.
  assert.deepEqual(moments, [30, 26, 22]);
});
