import assert from "node:assert/strict";
import { parseTracks, scoreTracks, type TrackRow } from "./mot.ts";

/** A 10x10 box at (x, 0) for each frame of `frames`. */
function walk(id: number, x: number, frames: readonly number[]): TrackRow[] {
  return frames.map((frame) => ({ frame, id, x, y: 0, w: 10, h: 10 }));
}

const FOUR = [1, 2, 3, 4];

Deno.test("scoreTracks() of the truth itself is perfect", () => {
  const truth = [...walk(1, 0, FOUR), ...walk(2, 50, FOUR)];
  const score = scoreTracks(truth, truth.map((row) => ({ ...row, id: row.id + 70 })));
  assert.deepEqual(score, {
    recall: 1,
    precision: 1,
    mota: 1,
    idf1: 1,
    idSwitches: 0,
    ids: 2,
    idsTrue: 2,
    boxes: 8,
    boxesTrue: 8,
  });
});

Deno.test("scoreTracks() counts a changed id once and halves its identity", () => {
  const score = scoreTracks(walk(1, 0, FOUR), [
    ...walk(7, 0, [1, 2]),
    ...walk(8, 0, [3, 4]),
  ]);
  assert.equal(score.idSwitches, 1);
  assert.equal(score.recall, 1);
  assert.equal(score.mota, 1 - 1 / 4);
  assert.equal(score.idf1, 2 * 2 / 8);
});

Deno.test("scoreTracks() counts a switch over a gap", () => {
  const score = scoreTracks(walk(1, 0, FOUR), [
    ...walk(7, 0, [1]),
    ...walk(8, 0, [4]),
  ]);
  assert.equal(score.idSwitches, 1);
  assert.equal(score.recall, 0.5);
  assert.equal(score.mota, 1 - (2 + 1) / 4);
});

Deno.test("scoreTracks() keeps the pair of the frame before though another fits better", () => {
  const score = scoreTracks(walk(1, 0, [1, 2]), [
    ...walk(7, 0, [1]),
    ...walk(7, 4, [2]),
    ...walk(8, 0, [2]),
  ]);
  assert.equal(score.idSwitches, 0);
  assert.equal(score.precision, 2 / 3);
});

Deno.test("scoreTracks() makes two matches rather than one better", () => {
  const truth = [...walk(1, 0, [1]), ...walk(2, 5, [1])];
  const tracks = [...walk(7, 5, [1]), ...walk(8, 10, [1])];
  assert.equal(scoreTracks(truth, tracks).recall, 1);
});

Deno.test("scoreTracks() takes an IoU of 0.3 and nothing less", () => {
  const truth = [{ frame: 1, id: 1, x: 0, y: 0, w: 10, h: 10 }];
  const at = (h: number) => scoreTracks(truth, [{ ...truth[0]!, h }]).recall;
  assert.equal(at(3), 1);
  assert.equal(at(2.9), 0);
});

Deno.test("scoreTracks() may fall below zero in MOTA only", () => {
  const score = scoreTracks(walk(1, 0, [1]), walk(5, 90, [1, 2, 3]));
  assert.equal(score.mota, 1 - 4);
  assert.equal(score.idf1, 0);
  assert.equal(scoreTracks([], []).mota, 0);
});

Deno.test("parseTracks() reads MOT's extra columns and names a bad line", () => {
  assert.deepEqual(parseTracks("1,9,499.2,157.69,31,75,1,-1,-1,-1\n\n"), [
    { frame: 1, id: 9, x: 499.2, y: 157.69, w: 31, h: 75 },
  ]);
  assert.throws(() => parseTracks("1,2,3,4,5,6\nframe,id"), /line 2/);
});
