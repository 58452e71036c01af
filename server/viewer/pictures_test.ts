import assert from "node:assert/strict";
import type { Blob } from "../../analysis/dsl/observation.ts";
import { extendPast, NO_PAST } from "./past.ts";
import {
  isPictureOld,
  overlayOf,
  overlayUpTo,
  shownPicture,
  type Taken,
} from "./pictures.ts";

function blob(id: number, x: number): Blob {
  return { id, x, y: 0.5, w: 0.1, h: 0.2, vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
}

/** Frames at 0.1 s, 0.2 s … 1 s; the thing is at 0.1, 0.2 … 1. */
const PAST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].reduce(
  (was, i) => extendPast(was, { ptsUs: i * 100_000, blobs: [blob(1, i / 10)] }),
  NO_PAST,
);

function picture(ptsUs: number, arrivedMs = 0): Taken {
  return { ptsUs, takenMs: arrivedMs, arrivedMs };
}

Deno.test("overlayOf() is of the picture's moment, not of now", () => {
  const { blobs, trails } = overlayOf(picture(700_000), PAST);
  assert.deepEqual(blobs.map(({ x }) => x), [0.7]);
  assert.equal(trails.get(1)?.at(-1)?.x, 0.7);
});

Deno.test("overlayOf() is of now when there is no picture, and empty before a frame", () => {
  assert.deepEqual(overlayOf(undefined, PAST).blobs.map(({ x }) => x), [1]);
  assert.deepEqual(overlayOf(undefined, NO_PAST).blobs, []);
});

Deno.test("overlayUpTo() is the last at or before the picture, and nothing between two", () => {
  const at = (ptsUs: number) => {
    const { blobs, ptsUs: foundUs } = overlayUpTo(ptsUs, PAST);
    return [foundUs, blobs[0]?.x];
  };
  assert.deepEqual(at(700_000), [700_000, 0.7]);
  assert.deepEqual(at(799_999), [700_000, 0.7]);
  assert.deepEqual(at(1_249_999), [1_000_000, 1]);
  assert.equal(overlayUpTo(799_999, PAST).trails.get(1)?.at(-1)?.x, 0.7);
});

Deno.test("overlayUpTo() is nothing before the first and long after the last", () => {
  assert.deepEqual(overlayUpTo(99_999, PAST).blobs, []);
  assert.deepEqual(overlayUpTo(1_250_001, PAST).blobs, []);
});

Deno.test("overlayUpTo() follows a camera that is looked at seldom", () => {
  const slow = [0, 2_000_000].reduce(
    (was, ptsUs) => extendPast(was, { ptsUs, blobs: [blob(1, 0.5)] }),
    NO_PAST,
  );
  assert.equal(overlayUpTo(4_900_000, slow).ptsUs, 2_000_000);
  assert.equal(overlayUpTo(5_100_000, slow).ptsUs, undefined);
});

Deno.test("shownPicture() waits a little for what was found in a picture", () => {
  const [before, newest] = [picture(750_000), picture(1_050_000, 1_000)];
  const shown = (past: typeof PAST, nowMs: number) =>
    shownPicture({ newest, before }, past, nowMs);
  assert.equal(shown(PAST, 1_010), before);
  assert.equal(shown(extendPast(PAST, { ptsUs: 1_050_000, blobs: [] }), 1_010), newest);
  assert.equal(shown(PAST, 1_300), newest, "not for ever: it may never be analysed");
});

Deno.test("shownPicture() shows the first picture at once", () => {
  const newest = picture(1_050_000);
  assert.equal(shownPicture({ newest }, NO_PAST, 0), newest);
  assert.equal(shownPicture({}, PAST, 0), undefined);
});

Deno.test("isPictureOld() is true after three seconds without another", () => {
  assert.equal(isPictureOld(picture(0, 1_000), 4_000), false);
  assert.equal(isPictureOld(picture(0, 1_000), 4_001), true);
});
