import assert from "node:assert/strict";
import { frameBytes } from "../frame/frame.ts";
import { Canvas } from "./canvas.ts";

const FORMAT = { width: 16, height: 12 };
const WHITE = { colour: [235, 90, 240] } as const;

function canvas(): Canvas {
  return new Canvas(FORMAT, { withOwners: true });
}

Deno.test("paintPolygon() covers pixels by the part that lies inside", () => {
  const paper = canvas();
  const corners = [{ x: 2.5, y: 3 }, { x: 6, y: 3 }, { x: 6, y: 5.5 }, {
    x: 2.5,
    y: 5.5,
  }];
  const area = paper.paintPolygon(corners, { colour: [200, 128, 128] });
  assert.deepEqual(area, { left: 2, top: 3, right: 6, bottom: 6 });
  assert.equal(paper.y[4 * 16 + 4], 200);
  assert.equal(paper.y[4 * 16 + 2], 100);
  assert.equal(paper.y[5 * 16 + 4], 100);
  assert.equal(paper.y[4 * 16 + 6], 0);
});

Deno.test("paintLimb() paints a disc when both ends are one, and owns its pixels", () => {
  const paper = canvas();
  paper.owner = 7;
  paper.paintLimb({ x0: 8, y0: 6, r0: 3, x1: 8, y1: 6, r1: 3 }, WHITE);
  const owned = paper.owners!.filter((owner) => owner === 7).length;
  assert(Math.abs(owned - Math.PI * 9) < 5);
  assert.equal(paper.y[6 * 16 + 8], 235);
  assert.equal(paper.y[0], 0);
});

Deno.test("castShade() darkens once where shades meet, and leaves nothing behind", () => {
  const paper = canvas();
  paper.y.fill(116);
  const limb = { x0: 4, y0: 6, r0: 4, x1: 9, y1: 6, r1: 4 };
  paper.shadeLimb(limb, { softPx: 1, alpha: 0.5 });
  const area = paper.shadeLimb(limb, { softPx: 1, alpha: 0.5 });
  paper.castShade(area);
  assert(Math.abs(paper.y[6 * 16 + 6]! - 66) <= 1);
  paper.castShade(area);
  assert(Math.abs(paper.y[6 * 16 + 6]! - 66) <= 1);
});

Deno.test("Canvas paints nothing outside the picture", () => {
  const paper = canvas();
  paper.paintLimb({ x0: -40, y0: -9, r0: 5, x1: -20, y1: 40, r1: 5 }, WHITE);
  paper.paintPolygon([{ x: 90, y: 1 }, { x: 99, y: 1 }, { x: 99, y: 9 }], WHITE);
  assert(paper.y.every((value) => value === 0));
});

Deno.test("writeFrame() takes the mean of two by two for chroma", () => {
  const paper = canvas();
  paper.u.set([100, 104], 0);
  paper.u.set([108, 112], 16);
  const pixels = new Uint8Array(frameBytes(FORMAT));
  paper.writeFrame(pixels);
  assert.equal(pixels[16 * 12], 106);
});
