import assert from "node:assert/strict";
import fc from "fast-check";
import { frameBytes } from "../capture/frame/frame.ts";
import type { TrackCrop } from "./track_crop.ts";
import {
  areaOfPart,
  isLarger,
  isSmall,
  likeness,
  PART_SIDE_MAX,
  partOfLarger,
  SAME_LEAST,
  sizeOfUse,
  SMALL_PX,
} from "./larger_picture.ts";

const FRAME = { width: 640, height: 360 };
const LARGER = { width: 1_920, height: 1_080 };

Deno.test("isLarger() wants clearly more pixels of the same view", () => {
  const of = (width: number, height: number) =>
    isLarger({ frame: FRAME, larger: { width, height } });
  assert.equal(of(1_920, 1_080), true);
  assert.equal(of(768, 432), false, "a fifth more shows no more");
  assert.equal(of(640, 360), false);
  assert.equal(of(1_600, 1_200), false, "another cut of the sensor");
  // A height that was rounded to even is no other view.
  const frame = { width: 640, height: 362 };
  assert.equal(isLarger({ frame, larger: LARGER }), true);
});

Deno.test("isSmall() goes by the longer side", () => {
  assert.equal(isSmall({ w: 10, h: SMALL_PX - 1 }), true);
  assert.equal(isSmall({ w: SMALL_PX, h: 10 }), false);
});

Deno.test("partOfLarger() covers the area, on even pixels inside the larger picture", () => {
  const side = fc.integer({ min: 64, max: 1_000 });
  const factor = fc.double({ min: 1.4, max: 6, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(side, side, factor, share, share, (width, height, by, x, y) => {
    const frame = { width, height };
    const larger = {
      width: 2 * Math.ceil(width * by / 2),
      height: 2 * Math.ceil(height * by / 2),
    };
    const area = { x: x * (width - 32), y: y * (height - 32), w: 32, h: 32 };
    const pictures = { frame, larger };
    const leastSize = { width: 40, height: 50 };
    const part = partOfLarger(area, pictures, leastSize);
    for (const number of Object.values(part)) assert.equal(number % 2, 0);
    assert.ok(part.left >= 0 && part.left + part.width <= larger.width);
    assert.ok(part.top >= 0 && part.top + part.height <= larger.height);
    assert.ok(part.width >= 40 && part.height >= 50);
    const shown = areaOfPart(part, pictures);
    const hair = 1e-3;
    assert.ok(shown.x <= area.x + hair && shown.y <= area.y + hair);
    assert.ok(shown.x + shown.w >= area.x + area.w - hair);
    assert.ok(shown.y + shown.h >= area.y + area.h - hair);
  }));
});

Deno.test("sizeOfUse() leaves what the detector cannot use", () => {
  assert.deepEqual(sizeOfUse({ width: 432, height: 300 }), { width: 432, height: 300 });
  const used = sizeOfUse({ width: 1_000, height: 500 });
  assert.deepEqual(used, { width: PART_SIDE_MAX, height: PART_SIDE_MAX / 2 });
});

/** A chequered block on grey, `shift` pixels of the frame to the right, `by` times larger. */
function crop({ by = 1, shift = 0, gain = 1 } = {}): TrackCrop {
  const format = { width: 144 * by, height: 144 * by };
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  for (let y = 0; y < format.height; y++) {
    for (let x = 0; x < format.width; x++) {
      const [u, v] = [Math.floor(x / by) - shift - 60, Math.floor(y / by) - 60];
      const isBlock = u >= 0 && u < 24 && v >= 0 && v < 24;
      const light = isBlock ? 40 + 5 * ((u * 7 + v * 3) % 24) : 90;
      pixels[y * format.width + x] = gain * light;
    }
  }
  const area = { x: 100, y: 50, w: 144, h: 144 };
  return { format, pixels, area, motion: { x: 160, y: 110, w: 24, h: 24 } };
}

Deno.test("likeness() knows the same moment at another size, also in other light", () => {
  assert.ok(likeness(crop(), crop({ by: 3 })) > 0.99);
  assert.ok(likeness(crop(), crop({ by: 3, gain: 1.2 })) > 0.99);
});

Deno.test("likeness() knows that what moved is elsewhere", () => {
  for (const shift of [8, 16, 40, -30]) {
    const alike = likeness(crop(), crop({ by: 3, shift }));
    assert.ok(alike < SAME_LEAST, `${shift} pixels off: ${alike}`);
  }
});

Deno.test("likeness() tells nothing of a picture without anything in it", () => {
  const plain = crop({ by: 3 });
  plain.pixels.fill(77);
  assert.equal(likeness(crop(), plain), 0);
});
