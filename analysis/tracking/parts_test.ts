import assert from "node:assert/strict";
import { drawBoxes } from "../../tests/support/drawn_boxes.ts";
import { RegionFinder } from "../regions.ts";
import { Association } from "./association.ts";
import { Lessons } from "./lessons.ts";
import { Parts } from "./parts.ts";
import { SizeModel } from "./size_model.ts";
import { Track } from "./track.ts";

const SIZE = { width: 200, height: 120 };

/** How wide a track of 58x46 is after one look at two people in its place. */
function widthAfter(soloS: number): number {
  const sizes = new SizeModel();
  const [regions, association] = [
    new RegionFinder(SIZE, { areaMin: 12, runMin: 1 }),
    new Association(),
  ];
  const parts = new Parts(SIZE, { regions, association, lessons: new Lessons(sizes) });
  const picture = drawBoxes(
    SIZE,
    [60, 81].flatMap((x) => [
      { x: x - 4, y: 40, w: 8, h: 10 },
      { x: x - 11, y: 49, w: 22, h: 51 },
    ]),
  );
  regions.find(picture);
  const box = { x: 70, foot: 100, w: 58, h: 46, area: 2_000, cut: false };
  const track = new Track(1, box, { tMs: 0, frame: 1 });
  track.soloS = soloS;
  association.claim([track], regions, SIZE);
  parts.see([track], picture, { dtS: 0.1, moment: { tMs: 100, frame: 2 }, sizes });
  return track.w;
}

Deno.test("Parts makes one of two people of a group, not of what was one wide thing for long", () => {
  assert.ok(widthAfter(0.2) < 30, `${widthAfter(0.2)}`);
  assert.equal(widthAfter(2), 58);
});
