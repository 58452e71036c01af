import assert from "node:assert/strict";
import { frameBytes } from "../frame/frame.ts";
import { openScene } from "./scene_frames.ts";
import { sceneFormat } from "./scenes.ts";
import { Street } from "./street/street.ts";
import { type SeenObject, TruthKeeper } from "./truth.ts";

function seen(more: Partial<SeenObject>): SeenObject {
  const box = { x: 1, y: 2, w: 3, h: 40, visible: 0.987, pixels: 90 };
  return { key: 7, class: "person", ...box, ...more };
}

const OF = {
  ...{ scene: "street", seed: 1, fps: 10, causes: [], states: [] },
  picture: { width: 64, height: 36 },
};

Deno.test("TruthKeeper tells a stay from the first to the last time a thing is seen", () => {
  const keeper = new TruthKeeper();
  keeper.add(0, []);
  keeper.add(100, [seen({}), seen({ key: 9, class: "car" })]);
  keeper.add(200, []);
  keeper.add(300, [seen({ x: 5 })]);
  const { objects, frames } = keeper.truth(OF);
  assert.deepEqual(objects, [
    { id: 1, class: "person", startFrame: 2, startMs: 100, endFrame: 4, endMs: 300 },
    { id: 2, class: "car", startFrame: 2, startMs: 100, endFrame: 2, endMs: 100 },
  ]);
  assert.deepEqual(frames[3], {
    frame: 4,
    timeMs: 300,
    boxes: [{ id: 1, x: 5, y: 2, w: 3, h: 40, visible: 0.99 }],
  });
});

Deno.test("TruthKeeper leaves out slivers", () => {
  const keeper = new TruthKeeper();
  keeper.add(0, [seen({ pixels: 15 })]);
  assert.deepEqual(keeper.truth(OF).objects, []);
});

Deno.test("Street.paint() names a box around every pixel that is not shadow or backdrop", () => {
  const format = sceneFormat(320);
  const street = new Street({ format, seed: 4, withTruth: true });
  const empty = new Uint8Array(frameBytes(format));
  assert.deepEqual(street.paint(0, empty), []);
  let boxes = 0;
  for (let timeMs = 3_000; timeMs < 43_000; timeMs += 1_700) {
    const pixels = new Uint8Array(frameBytes(format));
    const objects = street.paint(timeMs, pixels);
    boxes += objects.length;
    for (let i = 0; i < format.width * format.height; i++) {
      // Shadows only darken; what gets brighter is a thing.
      if (pixels[i]! <= empty[i]! + 24) continue;
      const [x, y] = [i % format.width, Math.floor(i / format.width)];
      const inside = objects.some((box) =>
        x >= box.x - 1 && x <= box.x + box.w && y >= box.y - 1 && y <= box.y + box.h
      );
      assert(inside, `pixel ${x},${y} at ${timeMs} ms is in no box`);
    }
  }
  assert(boxes > 40);
});

Deno.test("scene truth holds boxes in the picture, ids from 1, and stays that add up", () => {
  const scene = openScene("street", { seed: 2, fps: 4, width: 160, seconds: 60 });
  for (const _ of scene.frames());
  const { objects, frames, picture } = scene.truth();
  assert.equal(frames.length, 240);
  assert(objects.some((one) => one.class === "car"));
  assert(objects.filter((one) => one.class === "person").length >= 6);
  assert.deepEqual(objects.map(({ id }) => id), objects.map((_, index) => index + 1));
  for (const { frame, boxes } of frames) {
    for (const { id, x, y, w, h, visible } of boxes) {
      assert(x >= 0 && y >= 0 && w >= 1 && h >= 1);
      assert(x + w <= picture.width && y + h <= picture.height);
      assert(visible > 0 && visible <= 1);
      const stay = objects[id - 1]!;
      assert(frame >= stay.startFrame && frame <= stay.endFrame);
    }
  }
});

Deno.test("scene truth: somebody is hidden for a moment, stops, and crosses the road", () => {
  const scene = openScene("street", { seed: 1, fps: 5, width: 320, seconds: 45 });
  for (const _ of scene.frames());
  const { objects, frames } = scene.truth();
  const pathOf = (id: number) =>
    frames.flatMap(({ boxes }) => boxes.filter((box) => box.id === id));
  const people = objects.filter((one) => one.class === "person").map(({ id }) =>
    pathOf(id)
  );
  assert(people.some((path) => path.some(({ visible, x }) => visible < 0.8 && x > 20)));
  const stands = (path: typeof people[0]) =>
    path.some((box, i) => i >= 15 && Math.abs(path[i - 15]!.x - box.x) < 2);
  assert(people.some(stands), "somebody stands for three seconds");
  const crosses = (path: typeof people[0]) => {
    const feet = path.map(({ y, h }) => y + h);
    return Math.max(...feet) - Math.min(...feet) > 45;
  };
  assert(people.some(crosses), "somebody crosses");
});
