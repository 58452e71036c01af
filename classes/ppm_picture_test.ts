import assert from "node:assert/strict";
import fc from "fast-check";
import { Fault } from "../base/fault.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { yuvToRgb } from "../capture/frame/yuv_to_rgb.ts";
import { pictureOfPpm } from "./ppm_picture.ts";

function ppm(head: string, rgb: readonly number[]): Uint8Array {
  return new Uint8Array([...new TextEncoder().encode(head), ...rgb]);
}

Deno.test("pictureOfPpm() keeps the colours, but for what video range takes", () => {
  const colour = fc.integer({ min: 0, max: 255 });
  fc.assert(fc.property(fc.tuple(colour, colour, colour), (rgb) => {
    const file = ppm("P6 4 2 255\n", new Array(8).fill(rgb).flat());
    const { format, pixels } = pictureOfPpm(file, "a.ppm");
    const back = new Uint8ClampedArray(24);
    yuvToRgb(pixels, format, back);
    back.forEach((value, at) => assert.ok(Math.abs(value - rgb[at % 3]!) <= 4));
  }));
});

Deno.test("pictureOfPpm() takes comments in the head, and sides that are odd", () => {
  const rgb = Array.from({ length: 45 }, (_, at) => at);
  const { format, pixels } = pictureOfPpm(ppm("P6\n# by hand\n5 3\n255\n", rgb), "a.ppm");
  assert.deepEqual(format, { width: 5, height: 3 });
  assert.equal(pixels.length, frameBytes(format));
  assert.deepEqual([...pixels.subarray(0, 2)], [17, 19], "of 0, 1, 2 and 3, 4, 5");
});

Deno.test("pictureOfPpm() refuses what is none, and says how to make one", () => {
  const refused: readonly (readonly [Uint8Array, RegExp])[] = [
    [new Uint8Array(), /no binary PPM/],
    [ppm("P3 2 2 255\n", []), /no binary PPM/],
    [ppm("P6 2 2 65535\n", new Array(24).fill(0)), /no binary PPM/],
    [ppm("P6 2 2 255\n", new Array(11).fill(0)), /ends 1 bytes too early/],
    [ppm("P6 1 900 255\n", new Array(2_700).fill(0)), /it is 1 x 900/],
    [ppm("P6 100000 100000 255\n", []), /it is 100000 x 100000/],
  ];
  for (const [file, words] of refused) {
    assert.throws(() => pictureOfPpm(file, "a.ppm"), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "config");
      assert.match(thrown.message, words);
      assert.match(thrown.message, /ffmpeg -i photo\.jpg .* a\.ppm$/);
      return true;
    });
  }
});

Deno.test("pictureOfPpm() takes any bytes without another error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    assert.throws(() => pictureOfPpm(bytes, "a.ppm"), Fault);
  }));
});
