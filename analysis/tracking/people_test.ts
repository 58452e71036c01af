import assert from "node:assert/strict";
import fc from "fast-check";
import { drawBoxes, type DrawnBox } from "../../tests/support/drawn_boxes.ts";
import { RegionFinder } from "../regions.ts";
import { PARTS_MAX, PeopleFinder } from "./people.ts";
import { SizeModel } from "./size_model.ts";

const SIZE = { width: 320, height: 240 };

/** Middles of the people found in the first region, whatever size people are. */
function middlesOf(boxes: readonly DrawnBox[], sizes = new SizeModel()): number[] {
  const regions = new RegionFinder(SIZE, { areaMin: 12, runMin: 1 });
  regions.find(drawBoxes(SIZE, boxes));
  const people = new PeopleFinder(SIZE);
  if (regions.count > 0) people.find(regions, 0, sizes);
  return people.parts.map(({ x }) => Math.round(x));
}

/** Head, shoulders and legs of somebody `h` high around `x`. */
function person(x: number, h: number, foot = 200): DrawnBox[] {
  return [
    { x: x - 0.07 * h, y: foot - h, w: 0.14 * h, h: 0.16 * h },
    { x: x - 0.19 * h, y: foot - 0.85 * h, w: 0.38 * h, h: 0.85 * h },
  ];
}

function learned(): SizeModel {
  const sizes = new SizeModel();
  for (let i = 0; i < 40; i++) {
    sizes.add({ foot: 150 + 2 * i, w: 24, h: 60, area: 1_000 }, i % 3);
  }
  return sizes;
}

Deno.test("PeopleFinder tells people apart by their heads at any size", () => {
  for (const h of [30, 60, 120, 190]) {
    const boxes = [...person(60, h), ...person(60 + 0.34 * h, 0.95 * h)];
    assert.equal(middlesOf(boxes).length, 2, `${h} px high`);
  }
});

Deno.test("PeopleFinder gives each of three people a box of its own", () => {
  const boxes = [80, 112, 144].flatMap((x) => person(x, 90));
  const middles = middlesOf(boxes);
  assert.equal(middles.length, 3);
  middles.forEach((x, i) =>
    assert.ok(Math.abs(x - [80, 112, 144][i]!) <= 3, `${middles}`)
  );
});

Deno.test("PeopleFinder leaves one person whole, arms spread or bag in hand", () => {
  assert.deepEqual(middlesOf(person(100, 120)), []);
  const spread = [...person(100, 120), { x: 60, y: 110, w: 80, h: 8 }];
  assert.deepEqual(middlesOf(spread), []);
  const bag = [...person(100, 120), { x: 120, y: 150, w: 26, h: 30 }];
  assert.deepEqual(middlesOf(bag), []);
});

Deno.test("PeopleFinder takes one who casts a long shadow for one", () => {
  // The shadow's own head and shoulders: two upright things beside a low one.
  const shadow = [
    { x: 118, y: 188, w: 190, h: 12 },
    { x: 160, y: 180, w: 6, h: 20 },
    { x: 180, y: 178, w: 7, h: 22 },
  ];
  assert.deepEqual(middlesOf([...person(100, 120), ...shadow]), []);
});

Deno.test("PeopleFinder leaves a car whole, with its windscreen for a valley or without", () => {
  const car = [{ x: 40, y: 150, w: 150, h: 50 }, { x: 70, y: 130, w: 70, h: 20 }];
  assert.deepEqual(middlesOf(car), []);
  assert.deepEqual(middlesOf(car, learned()), []);
  const notched = [...car, { x: 165, y: 130, w: 20, h: 20 }];
  assert.deepEqual(middlesOf(notched, learned()), []);
});

Deno.test("PeopleFinder knows a row of people once it knows their size", () => {
  const boxes = [80, 102, 124, 146].flatMap((x) => person(x, 60));
  assert.equal(middlesOf(boxes, learned()).length, 4);
});

Deno.test("PeopleFinder stays bounded and inside the region, whatever that looks like", () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 319 }),
    y: fc.integer({ min: 0, max: 239 }),
    w: fc.integer({ min: 1, max: 120 }),
    h: fc.integer({ min: 1, max: 120 }),
  });
  const regions = new RegionFinder(SIZE, { areaMin: 12, runMin: 1 });
  const people = new PeopleFinder(SIZE);
  const models = [new SizeModel(), learned()];
  fc.assert(fc.property(fc.array(box, { maxLength: 25 }), (boxes) => {
    regions.find(drawBoxes(SIZE, boxes));
    for (let region = 0; region < regions.count; region++) {
      for (const sizes of models) {
        people.find(regions, region, sizes);
        assert.ok(people.count <= PARTS_MAX);
        for (const { x, foot, w, h } of people.parts) {
          assert.ok(w > 0 && h > 0);
          assert.ok(x - w / 2 >= regions.left[region]! - 1e-9);
          assert.ok(x + w / 2 <= regions.right[region]! + 1e-9);
          assert.ok(foot - h >= regions.top[region]! - 1e-9);
          assert.ok(foot <= regions.bottom[region]! + 1e-9);
        }
      }
    }
  }));
});
