import assert from "node:assert/strict";
import fc from "fast-check";
import { areaToKeep, type Box, viewWithin } from "./crop_area.ts";

const FRAME = { width: 640, height: 360 };
const WHOLE = { x: 0, y: 0, w: 640, h: 360 };

function check(motion: Box, view: { sides: number; leastPx: number }, area: Box): void {
  assert.deepEqual(viewWithin(motion, WHOLE, view), area);
}

Deno.test("viewWithin() is a square of so many sides around the box's middle", () => {
  const motion = { x: 300, y: 150, w: 40, h: 60 };
  check(motion, { sides: 2, leastPx: 10 }, { x: 260, y: 120, w: 120, h: 120 });
});

Deno.test("viewWithin() is never smaller than its least, and never leaves its area", () => {
  const view = { sides: 2, leastPx: 96 };
  check({ x: 100, y: 100, w: 8, h: 4 }, view, { x: 56, y: 54, w: 96, h: 96 });
  check({ x: 0, y: 0, w: 10, h: 10 }, view, { x: 0, y: 0, w: 53, h: 53 });
  check({ x: 630, y: 350, w: 10, h: 10 }, view, { x: 587, y: 307, w: 53, h: 53 });
});

const anyBox = fc.record({
  x: fc.double({ min: -50, max: 700, noNaN: true }),
  y: fc.double({ min: -50, max: 400, noNaN: true }),
  w: fc.double({ min: 0.1, max: 900, noNaN: true }),
  h: fc.double({ min: 0.1, max: 900, noNaN: true }),
});
const anyFrame = fc.record({
  width: fc.integer({ min: 2, max: 900 }),
  height: fc.integer({ min: 2, max: 900 }),
});

Deno.test("areaToKeep() lies within the frame, begins on even pixels, and is never empty", () => {
  fc.assert(fc.property(anyBox, anyFrame, (motion, frame) => {
    const { x, y, w, h } = areaToKeep(motion, frame);
    assert.ok(x >= 0 && y >= 0 && w >= 1 && h >= 1);
    assert.ok(x + w <= frame.width && y + h <= frame.height);
    assert.equal(x % 2 + y % 2, 0);
    // An end between a pair is the frame's own.
    assert.ok(w % 2 === 0 || x + w === frame.width);
    assert.ok(h % 2 === 0 || y + h === frame.height);
  }));
});

Deno.test("areaToKeep() holds what moved within the frame", () => {
  const motion = { x: 301.3, y: 77.7, w: 90.2, h: 33.3 };
  const { x, y, w, h } = areaToKeep(motion, FRAME);
  assert.ok(x <= motion.x && y <= motion.y);
  assert.ok(x + w >= motion.x + motion.w && y + h >= motion.y + motion.h);
});
