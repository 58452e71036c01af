import assert from "node:assert/strict";
import { frameBytes } from "../../capture/frame/frame.ts";
import { cropOf, degraded } from "./class_crops.ts";
import { changedPatches, isApart } from "./class_flicker.ts";

const FORMAT = { width: 320, height: 240 };

/** A frame whose every pixel tells its place. */
function placeFrame() {
  const pixels = new Uint8Array(frameBytes(FORMAT));
  const { width, height } = FORMAT;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = (x + 2 * y) & 255;
  }
  for (let at = width * height; at < pixels.length; at++) pixels[at] = at & 255;
  return pixels;
}

Deno.test("cropOf() takes each plane's own part of the frame", () => {
  const pixels = placeFrame();
  const crop = cropOf({ pixels, format: FORMAT }, { x: 150, y: 100, w: 20, h: 30 });
  const { area, format } = crop;
  assert.deepEqual(format, { width: area.w, height: area.h });
  assert.equal(crop.pixels[0], (area.x + 2 * area.y) & 255);
  const lastLuma = area.w * area.h - 1;
  const [lastX, lastY] = [area.x + area.w - 1, area.y + area.h - 1];
  assert.equal(crop.pixels[lastLuma], (lastX + 2 * lastY) & 255);
  const chromaFrom = 320 * 240 + area.y / 2 * 160 + area.x / 2;
  assert.equal(crop.pixels[lastLuma + 1], chromaFrom & 255);
  assert.equal(crop.pixels.length, frameBytes(format));
});

Deno.test("degraded() takes the colours, and for infrared most of the contrast", () => {
  const motion = { x: 150, y: 100, w: 20, h: 30 };
  const crop = cropOf({ pixels: placeFrame(), format: FORMAT }, motion);
  assert.equal(degraded(crop, "none", () => 0.5), crop);
  const night = degraded(crop, "infrared", () => 0.5);
  assert.ok(night.pixels.subarray(crop.area.w * crop.area.h).every((u) => u === 128));
  assert.equal(night.pixels[0], Math.round(110 + (crop.pixels[0]! - 110) * 0.35));
});

Deno.test("changedPatches() finds what changed together, and no single pixels", () => {
  const before = new Uint8Array(320 * 240).fill(90);
  const now = before.slice();
  for (let y = 40; y < 64; y++) now.fill(120, y * 320 + 80, y * 320 + 96);
  now[5 * 320 + 5] = 255;
  assert.deepEqual(changedPatches(now, before, FORMAT), [{ x: 80, y: 40, w: 16, h: 24 }]);
  assert.deepEqual(changedPatches(before, before, FORMAT), []);
});

Deno.test("isApart() keeps a patch away from objects by half of their size", () => {
  const object = { frame: 1, x: 100, y: 100, w: 40, h: 40 };
  assert.equal(isApart({ x: 70, y: 100, w: 8, h: 8 }, [object]), true);
  assert.equal(isApart({ x: 75, y: 100, w: 8, h: 8 }, [object]), false);
});
