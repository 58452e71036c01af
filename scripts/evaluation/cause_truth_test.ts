import assert from "node:assert/strict";
import { isAt, linkBoxes, overlapOf, readCsvBoxes, readMotBoxes } from "./cause_truth.ts";

const BOX = { x: 10, y: 10, w: 10, h: 20 };

Deno.test("boxes are read from both kinds of files, without the line of names", () => {
  const mot = readMotBoxes("1,9,499.2,157.69,31.03,75.17,1,-1,-1,-1\n");
  assert.deepEqual(mot, [{ frame: 1, id: 9, x: 499.2, y: 157.69, w: 31.03, h: 75.17 }]);
  const csv = readCsvBoxes("frame,x,y,w,h,area\n470,0,230,29,10,234\n");
  assert.deepEqual(csv, [{ frame: 470, x: 0, y: 230, w: 29, h: 10 }]);
});

Deno.test("linkBoxes() follows boxes without ids over a short gap, not over a long one", () => {
  const at = (frame: number, x: number) => ({ ...BOX, frame, x });
  const stays = linkBoxes([at(1, 10), at(2, 12), at(5, 14), at(12, 16), at(2, 80)]);
  const frames = stays.map((boxes) => [...boxes.keys()]);
  assert.deepEqual(frames, [[1, 2, 5], [2], [12]]);
});

Deno.test("linkBoxes() keeps ids apart wherever they are", () => {
  const rows = [{ ...BOX, frame: 1, id: 4 }, { ...BOX, frame: 1, id: 7 }, {
    ...{ ...BOX, frame: 90, id: 4 },
  }];
  assert.deepEqual(linkBoxes(rows).map(({ size }) => size), [2, 1]);
});

Deno.test("isAt() takes parts and groups, but nothing beside it and nothing huge", () => {
  assert.equal(overlapOf(BOX, { ...BOX, y: 20 }), 1 / 3);
  assert(isAt({ x: 12, y: 12, w: 4, h: 4 }, BOX), "a part of it");
  assert(isAt({ x: 0, y: 5, w: 38, h: 28 }, BOX), "a group that it is in");
  assert(!isAt({ x: 30, y: 10, w: 10, h: 20 }, BOX), "beside it");
  assert(!isAt({ x: 0, y: 0, w: 300, h: 200 }, BOX), "all of the picture");
});
