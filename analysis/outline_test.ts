import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../tests/support/drawn_boxes.ts";
import { type Outline, OutlineTracer, type PixelBox } from "./outline.ts";

const WHOLE: PixelBox = { left: 0, top: 0, right: 80, bottom: 60 };

function trace(boxes: readonly DrawnBox[], box = WHOLE): Outline {
  return new OutlineTracer().trace(drawBoxes({ width: 80, height: 60 }, boxes), box);
}

Deno.test("OutlineTracer draws a box with four vertices", () => {
  const outline = trace([{ x: 10, y: 10, w: 30, h: 20 }]);
  assert.deepEqual([outline.points, outline.area], [4, 600]);
});

Deno.test("OutlineTracer finds a comb more complex than a box, and a box than a disc", () => {
  const comb = Array.from(
    { length: 8 },
    (_, i) => ({ x: 10 + 6 * i, y: 10, w: 2, h: 30 }),
  );
  comb.push({ x: 10, y: 38, w: 44, h: 3 });
  const disc = Array.from({ length: 41 }, (_, i) => {
    const half = Math.round(Math.sqrt(20.5 ** 2 - (i - 20) ** 2));
    return { x: 40 - half, y: 8 + i, w: 2 * half + 1, h: 1 };
  });
  const complexities = [disc, [{ x: 20, y: 10, w: 30, h: 30 }], comb].map((boxes) =>
    trace(boxes).complexity
  );
  assert.ok(complexities[0]! < 0.15, `disc ${complexities[0]}`);
  assert.ok(complexities[0]! < complexities[1]!);
  assert.ok(complexities[1]! < complexities[2]! && complexities[2]! > 0.8);
});

Deno.test("OutlineTracer sees only what lies inside the box", () => {
  const outline = trace([{ x: 0, y: 0, w: 80, h: 60 }], {
    left: 5,
    top: 5,
    right: 15,
    bottom: 15,
  });
  assert.equal(outline.area, 100);
});

Deno.test("OutlineTracer gives zeros for nothing and a number for a single pixel", () => {
  assert.deepEqual(trace([]), { points: 0, area: 0, complexity: 0 });
  assert.equal(trace([{ x: 3, y: 3, w: 1, h: 1 }]).points, 1);
});

Deno.test("OutlineTracer counts what is set in boxes of any width, far beyond one byte's sum", () => {
  const size = { width: 2_203, height: 3 };
  for (const [x, w] of [[0, 2_203], [1, 2_200], [3, 1_025], [700, 9]] as const) {
    const picture = drawBoxes(size, [{ x, y: 1, w, h: 1 }]);
    const box = { left: x, top: 0, right: x + w, bottom: 3 };
    assert.equal(new OutlineTracer().trace(picture, box).area, w);
    const part = { ...box, left: x + 2, right: x + w - 3 };
    assert.equal(new OutlineTracer().trace(picture, part).area, w - 5);
  }
});
