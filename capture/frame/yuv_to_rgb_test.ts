import assert from "node:assert/strict";
import { frameBytes } from "./frame.ts";
import { yuvToRgb } from "./yuv_to_rgb.ts";

function check(yuv: [number, number, number], rgb: [number, number, number]): void {
  const pixels = new Uint8Array([...Array(4).fill(yuv[0]), yuv[1], yuv[2]]);
  const target = new Uint8ClampedArray(12);
  yuvToRgb(pixels, { width: 2, height: 2 }, target);
  for (let pixel = 0; pixel < 4; pixel++) {
    assert.deepEqual([...target.slice(pixel * 3, pixel * 3 + 3)], rgb);
  }
}

Deno.test("yuvToRgb() gives black, white and the colours of BT.601 limited range", () => {
  check([16, 128, 128], [0, 0, 0]);
  check([235, 128, 128], [255, 255, 255]);
  check([126, 128, 128], [128, 128, 128]);
  check([81, 90, 240], [255, 0, 0]);
  check([145, 54, 34], [0, 255, 1]);
  check([41, 240, 110], [0, 0, 255]);
});

Deno.test("yuvToRgb() clamps what is out of range", () => {
  check([0, 128, 128], [0, 0, 0]);
  check([255, 128, 128], [255, 255, 255]);
});

Deno.test("yuvToRgb() reads the right chroma for sizes that are odd", () => {
  const format = { width: 3, height: 3 };
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  pixels.fill(126, 0, 9);
  pixels[9 + 3] = 255; // U of the lower right corner
  const rgb = new Uint8ClampedArray(27);
  yuvToRgb(pixels, format, rgb);
  const blue = Array.from({ length: 9 }, (_, pixel) => rgb[pixel * 3 + 2]);
  assert.deepEqual(blue, [128, 128, 128, 128, 128, 128, 128, 128, 255]);
});

Deno.test("yuvToRgb() refuses buffers that do not fit", () => {
  const format = { width: 2, height: 2 };
  assert.throws(() => yuvToRgb(new Uint8Array(5), format, new Uint8ClampedArray(12)));
  assert.throws(() => yuvToRgb(new Uint8Array(6), format, new Uint8ClampedArray(11)));
});
