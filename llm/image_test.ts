import assert from "node:assert/strict";
import { pictureLibrary } from "../base/picture_library.ts";
import { paintedCrop } from "../tests/support/painted_crop.ts";
import { seenShape } from "../tests/support/seen_shape.ts";
import { isWholeJpeg, jpegOf, shownSize } from "./image.ts";

Deno.test("jpegOf() makes a whole baseline JPEG that shows what was cropped", async () => {
  const library = await pictureLibrary();
  for (const colour of ["red", "green", "blue"] as const) {
    const jpeg = await jpegOf(paintedCrop({ colour }));
    assert.equal(isWholeJpeg(jpeg), true);
    const { format, width, height, isProgressive } = await library(jpeg).metadata();
    assert.deepEqual({ format, width, height }, {
      format: "jpeg",
      width: 360,
      height: 360,
    });
    assert.equal(isProgressive, false);
    assert.equal(await seenShape(jpeg), `${colour} square`);
  }
});

Deno.test("seenShape() sees nothing in a picture of the ground, a whole frame or another colour", async () => {
  assert.equal(await seenShape(await jpegOf(paintedCrop({ colour: "grey" }))), "nothing");
  const library = await pictureLibrary();
  const square = { width: 60, height: 60, channels: 3, background: "#f00" } as const;
  const frame = await library({
    create: { width: 640, height: 360, channels: 3, background: "#888" },
  }).composite([{ input: { create: square }, left: 300, top: 150 }]).jpeg().toBuffer();
  assert.equal(await seenShape(frame), "nothing");
});

Deno.test("shownSize() keeps the shape, shrinks large crops and enlarges small ones a little", () => {
  const cases = [
    [[1_280, 720], [640, 360]],
    [[640, 360], [640, 360]],
    [[500, 400], [500, 400]],
    [[400, 300], [448, 336]],
    [[100, 50], [300, 150]],
    [[2, 2], [6, 6]],
    [[4_000, 2], [640, 1]],
  ] as const;
  for (const [[width, height], [shownWidth, shownHeight]] of cases) {
    const size = { width: shownWidth, height: shownHeight };
    assert.deepEqual(shownSize({ width, height }), size);
  }
});

Deno.test("jpegOf() takes crops of odd sizes", async () => {
  const jpeg = await jpegOf(paintedCrop({ width: 33, height: 77 }));
  assert.equal(await seenShape(jpeg), "red square");
});

Deno.test("isWholeJpeg() sees that a JPEG is cut off", async () => {
  const jpeg = await jpegOf(paintedCrop());
  assert.equal(isWholeJpeg(jpeg.subarray(0, jpeg.length - 1)), false);
  assert.equal(isWholeJpeg(jpeg.subarray(0, jpeg.length >> 1)), false);
  assert.equal(isWholeJpeg(new Uint8Array()), false);
});
