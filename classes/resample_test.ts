import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes, type FrameFormat } from "../capture/frame/frame.ts";
import { yuvToRgb } from "../capture/frame/yuv_to_rgb.ts";
import type { Box } from "./crop_area.ts";
import { placementOf, resample } from "./resample.ts";

/** A picture whose luma is a function of the place, without colour. */
function greyPicture(format: FrameFormat, luma: (x: number, y: number) => number) {
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  for (let y = 0; y < format.height; y++) {
    for (let x = 0; x < format.width; x++) pixels[y * format.width + x] = luma(x, y);
  }
  return { pixels, format };
}

function resampled(picture: ReturnType<typeof greyPicture>, part: Box, side: number) {
  const rgb = new Uint8ClampedArray(3 * side ** 2);
  resample(picture, part, { rgb, side });
  return (x: number, y: number) => [...rgb.subarray(3 * (y * side + x)).subarray(0, 3)];
}

Deno.test("resample() shrinks to the mean of what a pixel covers", () => {
  const picture = greyPicture({ width: 8, height: 8 }, (x) => x % 2 === 0 ? 50 : 150);
  const at = resampled(picture, { x: 0, y: 0, w: 8, h: 8 }, 4);
  assert.deepEqual(at(0, 0), [grey(100), grey(100), grey(100)]);
  assert.deepEqual(at(3, 2), at(0, 0));
});

Deno.test("resample() weighs pixels that are covered in part", () => {
  const picture = greyPicture({ width: 6, height: 6 }, (x) => 20 + 20 * x);
  const at = resampled(picture, { x: 0, y: 0, w: 6, h: 6 }, 4);
  // The first covers pixel 0 whole and half of pixel 1: (20 + 40 / 2) / 1.5.
  assert.deepEqual(at(0, 0)[0], grey(40 / 1.5));
});

Deno.test("resample() enlarges between neighbours and keeps its ends", () => {
  const picture = greyPicture({ width: 4, height: 4 }, (x) => 40 + 40 * x);
  const at = resampled(picture, { x: 0, y: 0, w: 4, h: 4 }, 16);
  const row = Array.from({ length: 16 }, (_, x) => at(x, 8)[0]!);
  assert.equal(row[0], grey(40));
  assert.equal(row[15], grey(160));
  assert.ok(row.every((light, x) => x === 0 || light >= row[x - 1]!));
});

Deno.test("resample() lays a part that is no square in the middle of grey", () => {
  const picture = greyPicture({ width: 40, height: 20 }, () => 235);
  const part = { x: 0, y: 0, w: 40, h: 20 };
  const at = resampled(picture, part, 20);
  assert.deepEqual(at(10, 4), [114, 114, 114]);
  assert.deepEqual(at(10, 5), [255, 255, 255]);
  assert.deepEqual(at(10, 14), [255, 255, 255]);
  assert.deepEqual(at(10, 15), [114, 114, 114]);
  assert.deepEqual(placementOf(part, 20), { scale: 0.5, offsetX: 0, offsetY: 5 });
});

Deno.test("resample() of a whole picture at its own size has the colours of yuvToRgb()", () => {
  const format = { width: 16, height: 16 };
  const colour = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 16, max: 235 })));
  fc.assert(fc.property(colour, ([y, u, v]) => {
    const pixels = new Uint8Array(frameBytes(format)).fill(y!, 0, 256);
    pixels.fill(u!, 256, 320).fill(v!, 320);
    const [ours, theirs] = [1, 2].map(() => new Uint8ClampedArray(3 * 256));
    resample({ pixels, format }, { x: 0, y: 0, w: 16, h: 16 }, { rgb: ours!, side: 16 });
    yuvToRgb(pixels, format, theirs!);
    for (let at = 0; at < 3; at++) assert.ok(Math.abs(ours![at]! - theirs![at]!) <= 2);
  }));
});

Deno.test("resample() reads nothing outside of the picture, whatever part is asked for", () => {
  const sizes = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
  });
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(sizes, fc.tuple(unit, unit, unit, unit), (format, [a, b, c, d]) => {
      const x = a * (format.width - 0.5), y = b * (format.height - 0.5);
      const part = {
        ...{ x, y },
        w: Math.max(0.5, c * (format.width - x)),
        h: Math.max(0.5, d * (format.height - y)),
      };
      const at = resampled(greyPicture(format, () => 100), part, 12);
      const colours = Array.from({ length: 12 }, (_, index) => at(index, 6)[0]!);
      const isGiven = (light: number) =>
        light === 114 || Math.abs(light - grey(100)) <= 1;
      assert.ok(colours.every(isGiven), colours.join());
    }),
  );
});

/** What a luma without colour becomes. */
function grey(luma: number): number {
  return Math.round(1.164 * (luma - 16));
}
