import assert from "node:assert/strict";
import fc from "fast-check";
import { parseZone } from "./place_text.ts";
import { type Box, isInside, isInZone, type Point } from "./zones.ts";

/** The square .2 … .6 with a bite: an L whose upper right quarter is missing. */
const L_SHAPE = parseZone("ell=.2,.2,.4,.2,.4,.4,.6,.4,.6,.6,.2,.6");
const TRIANGLE = parseZone("tri=.1,.1,.9,.1,.5,.9");

const part = fc.integer({ min: 0, max: 1_000 }).map((steps) => steps / 1_000);
const point = fc.record({ x: part, y: part });
const polygon = fc.array(point, { minLength: 3, maxLength: 8 });
const box: fc.Arbitrary<Box> = fc.record({ x: part, y: part, w: part, h: part });

const BOXES: readonly (readonly [string, Box, { foot: boolean; touch: boolean }])[] = [
  ["stands inside", { x: 0.3, y: 0.45, w: 0.1, h: 0.2 }, { foot: true, touch: true }],
  ["head inside only", { x: 0.3, y: 0.65, w: 0.1, h: 0.2 }, { foot: false, touch: true }],
  ["is in the bite", { x: 0.5, y: 0.3, w: 0.1, h: 0.1 }, { foot: false, touch: false }],
  ["reaches the bite's edge", { x: 0.5, y: 0.35, w: 0.1, h: 0.1 }, {
    foot: true,
    touch: true,
  }],
  ["holds the whole zone", { x: 0.5, y: 0.5, w: 1, h: 1 }, { foot: false, touch: true }],
  ["shares a corner", { x: 0.1, y: 0.1, w: 0.2, h: 0.2 }, { foot: false, touch: true }],
  ["is far away", { x: 0.9, y: 0.9, w: 0.1, h: 0.1 }, { foot: false, touch: false }],
  ["is a point inside", { x: 0.3, y: 0.3, w: 0, h: 0 }, { foot: true, touch: true }],
];
for (const [words, box, expected] of BOXES) {
  Deno.test(`isInZone() judges a box that ${words}`, () => {
    assert.equal(isInZone(L_SHAPE, box, "foot"), expected.foot);
    assert.equal(isInZone(L_SHAPE, box, "touch"), expected.touch);
  });
}

Deno.test("a foot that rounding puts below the picture stands on its lower edge", () => {
  const floor = parseZone("floor=0,.8,1,.8,1,1,0,1");
  assert(isInZone(floor, { x: 0.5, y: 0.951, w: 0.1, h: 0.1 }, "foot"));
});

Deno.test("points on an edge are inside, a pixel beyond is not", () => {
  fc.assert(fc.property(part, (along) => {
    const x = 0.1 + along * 0.4;
    const y = 0.1 + along * 0.8;
    assert(isInside(TRIANGLE.points, { x, y }));
    assert(!isInside(TRIANGLE.points, { x: x - 0.001, y }));
  }));
});

Deno.test("a zone is the same from whichever corner and way round it is drawn", () => {
  fc.assert(fc.property(polygon, point, fc.nat(7), (points, at, turn) => {
    const turned = [...points.slice(turn), ...points.slice(0, turn)];
    assert.equal(isInside(turned, at), isInside(points, at));
    assert.equal(isInside(points.toReversed(), at), isInside(points, at));
  }));
});

Deno.test("a box touches whenever any point of it is inside", () => {
  fc.assert(
    fc.property(polygon, box, part, part, (points, box, right, down) => {
      const at: Point = {
        x: box.x + (right - 0.5) * box.w,
        y: box.y + (down - 0.5) * box.h,
      };
      const touches = isInZone({ name: "any", points }, box, "touch");
      if (isInside(points, at)) assert(touches);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("a box that touches has a point inside: the twin looks at every edge closely", () => {
  fc.assert(
    fc.property(polygon, box, (points, box) => {
      const touches = isInZone({ name: "any", points }, box, "touch");
      assert.equal(touches, touchesTwin(points, box));
    }),
    { numRuns: 500 },
  );
});

/** Slow twin: walks along the box's sides and the polygon's edges in exact thousandths. */
function touchesTwin(points: readonly Point[], box: Box): boolean {
  const left = Math.round((box.x - box.w / 2) * 2_000);
  const right = Math.round((box.x + box.w / 2) * 2_000);
  const top = Math.round((box.y - box.h / 2) * 2_000);
  const bottom = Math.round((box.y + box.h / 2) * 2_000);
  const corners = [[left, top], [right, top], [right, bottom], [left, bottom]] as const;
  const grid = points.map(({ x, y }) =>
    [Math.round(x * 2_000), Math.round(y * 2_000)] as const
  );
  const isIn = ([x, y]: Pair) => x >= left && x <= right && y >= top && y <= bottom;
  if (grid.some(isIn)) return true;
  for (const [index, a] of grid.entries()) {
    const b = grid[(index + 1) % grid.length]!;
    for (const [side, c] of corners.entries()) {
      if (meet(a, b, c, corners[(side + 1) % 4]!)) return true;
    }
  }
  return isInside(points, box);
}

type Pair = readonly [number, number];

/** Whether two segments of whole numbers share a point. */
function meet(a: Pair, b: Pair, c: Pair, d: Pair): boolean {
  const turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)] as const;
  if (turns[0] !== turns[1] && turns[2] !== turns[3]) return true;
  return (turns[0] === 0 && between(a, b, c)) || (turns[1] === 0 && between(a, b, d)) ||
    (turns[2] === 0 && between(c, d, a)) || (turns[3] === 0 && between(c, d, b));
}

function turn(a: Pair, b: Pair, c: Pair): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

function between(a: Pair, b: Pair, c: Pair): boolean {
  return Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);
}
