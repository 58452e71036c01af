import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { ShakeWatch } from "./shake.ts";

const GIVEN = { dtS: 0.1, usualKept: 1 };

function watching() {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  const scene = viewOf(sceneLuma);
  edges.take(scene);
  return { edges, watch: new ShakeWatch(VIEW, scene.mask.length) };
}

function shifted(dx: number, dy: number) {
  return viewOf((x, y) => sceneLuma(x - dx, y - dy));
}

Deno.test("ShiftSearch finds by how much the picture lies beside the model", () => {
  for (const [dx, dy] of [[5, -3], [-9, 2], [0, 7]] as const) {
    const { edges, watch } = watching();
    const view = shifted(dx, dy);
    edges.look(view);
    watch.step(view, edges, GIVEN);
    assert.deepEqual([watch.search.dx, watch.search.dy], [dx, dy]);
    assert.ok(watch.shifted);
  }
});

Deno.test("ShakeWatch tells a picture that goes to and fro, once, and clears what the shift explains", () => {
  const { edges, watch } = watching();
  let told = 0;
  for (let frame = 0; frame < 20; frame++) {
    const dx = frame % 2 === 0 ? 4 : -4;
    const view = viewOf((x, y) =>
      x > 100 && x < 140 && y > 60 && y < 160 ? 250 : sceneLuma(x - dx, y)
    );
    edges.look(view);
    if (watch.step(view, edges, GIVEN)) told++;
    assert.ok(watch.shifted && !watch.moved);
    watch.clear(view);
    const inside = view.mask[110 * VIEW.stride + 120];
    const outside = view.mask.reduce((set, value) => set + (value === 0 ? 0 : 1), 0);
    assert.equal(inside, 255, "what stands in the picture stays in the mask");
    assert.ok(outside < 1.3 * 40 * 100, `${outside} pixels left`);
  }
  assert.equal(told, 1);
});

Deno.test("ShakeWatch calls moved what stays beside the model, and tells no shake", () => {
  const { edges, watch } = watching();
  const moved: boolean[] = [];
  for (let frame = 0; frame < 25; frame++) {
    const view = shifted(Math.min(6, frame), 0);
    edges.look(view);
    assert.equal(watch.step(view, edges, GIVEN), false);
    moved.push(watch.moved);
  }
  const first = moved.indexOf(true);
  assert.ok(first > 15 && first < 25, `moved in frame ${first}`);
});
