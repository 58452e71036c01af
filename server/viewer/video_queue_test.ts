import assert from "node:assert/strict";
import type { VideoPiece } from "../video_protocol.ts";
import { VideoQueue } from "./video_queue.ts";

/** Picture `number` of a camera with 10 a second, whose session began `shiftUs` later. */
function picture(number: number, key: boolean, shiftUs = 0): VideoPiece {
  const [ownUs, bytes] = [number * 100_000, Uint8Array.of(number)];
  return { kind: "picture", ptsUs: ownUs + shiftUs, ownUs, ageMs: 0, key, bytes };
}

const INIT: VideoPiece = {
  ...picture(0, false),
  kind: "init",
  bytes: Uint8Array.of(99),
};

/** Everything that waits, a batch at a time. */
function taken(queue: VideoQueue): { offsetS: number; bytes: number[] }[] {
  const batches = [];
  for (let batch = queue.take(); batch; batch = queue.take()) {
    batches.push({ offsetS: batch.offsetS, bytes: [...batch.bytes] });
  }
  return batches;
}

Deno.test("VideoQueue gives the init segment by itself, then all that waits at once", () => {
  const queue = new VideoQueue();
  for (const piece of [INIT, picture(1, true), picture(2, false)]) queue.push(piece);
  assert.deepEqual(taken(queue), [{ offsetS: 0, bytes: [99] }, {
    offsetS: 0,
    bytes: [1, 2],
  }]);
  assert.equal(queue.take(), undefined);
});

Deno.test("VideoQueue begins with a keyframe, after a new stream too", () => {
  const queue = new VideoQueue();
  for (const piece of [INIT, picture(1, false), picture(2, true)]) queue.push(piece);
  assert.deepEqual(taken(queue).at(-1)?.bytes, [2]);
  for (const piece of [INIT, picture(3, false), picture(4, true)]) queue.push(piece);
  assert.deepEqual(taken(queue).map(({ bytes }) => bytes), [[99], [4]]);
});

Deno.test("VideoQueue leaves out what waited when a new stream begins", () => {
  const queue = new VideoQueue();
  for (const piece of [INIT, picture(1, true)]) queue.push(piece);
  const shiftUs = 7_000_000;
  for (const piece of [INIT, picture(1, true, shiftUs)]) queue.push(piece);
  assert.deepEqual(taken(queue).at(-1), { offsetS: 7, bytes: [1] });
});

Deno.test("VideoQueue leaves out what waits too long, up to the newest keyframe", () => {
  const queue = new VideoQueue();
  queue.push(INIT);
  for (let number = 0; number < 20; number++) {
    queue.push(picture(number, number % 8 === 0));
  }
  assert.deepEqual(taken(queue).map(({ bytes }) => bytes), [[99], [16, 17, 18, 19]]);
  assert.equal(queue.skipped, 16);
});

Deno.test("VideoQueue keeps a GOP that has no newer one, however long it waits", () => {
  const queue = new VideoQueue();
  queue.push(INIT);
  for (let number = 0; number < 40; number++) queue.push(picture(number, number === 0));
  assert.equal(taken(queue).at(-1)?.bytes.length, 40);
});
