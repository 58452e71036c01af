import assert from "node:assert/strict";
import { StillPicture } from "./still_picture.ts";

const FORMAT = { width: 20, height: 10 };

/** A bright square of 4x4 that goes to the right by one pixel a frame. */
function frameAt(index: number): Uint8Array {
  const pixels = new Uint8Array(300).fill(80);
  for (let row = 3; row < 7; row++) {
    pixels.fill(200, row * 20 + index, row * 20 + index + 4);
  }
  return pixels;
}

Deno.test("StillPicture tells where a frame differs from what is there else", () => {
  const frames = Array.from({ length: 16 }, (_, index) => frameAt(index));
  const still = new StillPicture(frames, FORMAT);
  const box = (x: number) => ({ x, y: 2, w: 6, h: 6 });
  assert(still.isMoving(4, box(3)), "there it is");
  assert(!still.isMoving(4, box(12)), "it has not come so far");
  assert(!still.isMoving(99, box(3)), "there is no such frame");
  assert(!still.isMoving(4, { x: 30, y: 2, w: 6, h: 6 }), "outside");
});
