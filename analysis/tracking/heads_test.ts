import assert from "node:assert/strict";
import { drawBoxes, type DrawnBox } from "../../tests/support/drawn_boxes.ts";
import { RegionFinder } from "../regions.ts";
import { HeadFinder } from "./heads.ts";

const SIZE = { width: 160, height: 80 };
const PERSON = { w: 12, h: 32 };

function valleysIn(boxes: readonly DrawnBox[]): number[] {
  const regions = new RegionFinder(SIZE, { areaMin: 12, runMin: 1 });
  regions.find(drawBoxes(SIZE, boxes));
  assert.equal(regions.count, 1, "the boxes touch");
  return new HeadFinder().valleysOf(regions, {
    region: 0,
    person: PERSON,
    width: SIZE.width,
  });
}

/** Head and body of one person, standing at 70. */
function person(x: number): DrawnBox[] {
  return [{ x: x + 3, y: 38, w: 6, h: 8 }, { x, y: 46, w: 12, h: 24 }];
}

Deno.test("HeadFinder.valleysOf() finds the valley between two heads", () => {
  const valleys = valleysIn([...person(40), ...person(52)]);
  assert.equal(valleys.length, 1);
  assert.ok(Math.abs(valleys[0]! - 52) <= 3, `${valleys[0]}`);
});

Deno.test("HeadFinder.valleysOf() finds one valley fewer than there are heads", () => {
  for (const people of [1, 2, 3, 4, 5]) {
    const row = Array.from({ length: people }, (_, n) => person(20 + 12 * n)).flat();
    assert.equal(valleysIn(row).length, people - 1);
  }
});

Deno.test("HeadFinder.valleysOf() finds none on a car: bonnet, roof, boot", () => {
  const car = [{ x: 40, y: 52, w: 70, h: 18 }, { x: 55, y: 42, w: 36, h: 10 }];
  assert.deepEqual(valleysIn(car), []);
});

Deno.test("HeadFinder.valleysOf() finds none where a hand is raised beside the hip", () => {
  assert.deepEqual(valleysIn([...person(40), { x: 52, y: 52, w: 5, h: 3 }]), []);
});

Deno.test("HeadFinder tells nothing of the region before", () => {
  const several = new RegionFinder(SIZE, { areaMin: 12, runMin: 1 });
  several.find(drawBoxes(SIZE, [1, 2, 3, 4].flatMap((n) => person(20 + 12 * n))));
  const one = new RegionFinder(SIZE, { areaMin: 12, runMin: 1 });
  one.find(drawBoxes(SIZE, person(40)));
  const heads = new HeadFinder();
  const search = { region: 0, person: PERSON, width: SIZE.width };
  assert.equal(heads.valleysOf(several, search).length, 3);
  assert.deepEqual(heads.valleysOf(one, search), []);
});
