import assert from "node:assert/strict";
import fc from "fast-check";
import { fillPolygon } from "./raster.ts";
import { isInside, type Point } from "./zones.ts";

const SQUARE: readonly Point[] = [
  { x: 0.25, y: 0.25 },
  { x: 0.75, y: 0.25 },
  { x: 0.75, y: 0.75 },
  { x: 0.25, y: 0.75 },
];

function filled(points: readonly Point[], width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  fillPolygon({ width, height, pixels }, points, 9);
  return pixels;
}

Deno.test("fillPolygon() fills the pixels whose centres are inside, and no other", () => {
  const rows = [
    [0, 0, 0, 0],
    [0, 9, 9, 0],
    [0, 9, 9, 0],
    [0, 0, 0, 0],
  ];
  assert.deepEqual([...filled(SQUARE, 4, 4)], rows.flat());
});

Deno.test("fillPolygon() of the whole picture leaves no pixel out at any size", () => {
  const whole = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }];
  for (const [width, height] of [[1, 1], [17, 3], [320, 180]] as const) {
    assert.ok(filled(whole, width, height).every((pixel) => pixel === 9));
  }
});

const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
const polygon = fc.array(fc.record({ x: coordinate, y: coordinate }), {
  minLength: 3,
  maxLength: 9,
});
const side = fc.integer({ min: 1, max: 40 });

Deno.test("fillPolygon() agrees with isInside() about every pixel's centre", () => {
  fc.assert(fc.property(polygon, side, side, (points, width, height) => {
    const pixels = filled(points, width, height);
    for (let i = 0; i < pixels.length; i++) {
      const x = (i % width + 0.5) / width;
      const y = (Math.floor(i / width) + 0.5) / height;
      // On an edge both answers are right: rounding decides.
      if (points.some((_, at) => isNearEdge(points, at, { x, y }))) continue;
      assert.equal(pixels[i] === 9, isInside(points, { x, y }), `${x} ${y}`);
    }
  }));
});

function isNearEdge(points: readonly Point[], at: number, { x, y }: Point): boolean {
  const a = points[at]!;
  const b = points[(at + 1) % points.length]!;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / squared;
  const near = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - near * dx, y - a.y - near * dy) < 1e-6;
}
