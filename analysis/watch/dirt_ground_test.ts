import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { DirtGround } from "./dirt_ground.ts";
import { Measures } from "./measures.ts";

const DT_S = 0.1;

/** Two cells of dirt on a still picture; some of its pixels may be held. */
function dirty(isHeld: (at: number) => boolean = () => false) {
  const view = viewOf(sceneLuma);
  for (let at = 0; at < view.hold.length; at++) view.hold[at] = isHeld(at) ? 255 : 0;
  const measures = new Measures(VIEW, VIEW.stride);
  measures.look(view);
  const ground = new DirtGround(measures.cells);
  const patch = new Uint8Array(measures.cells);
  patch[45] = 1;
  patch[46] = 2;
  /** Frames until something is taken, and how many pixels; none in `frames`: undefined. */
  const look = (frames: number, sharp = false) => {
    for (let frame = 1; frame <= frames; frame++) {
      const isSharp = () => sharp;
      ground.step(view, measures, { patch, seen: !sharp, isSharp, dtS: DT_S });
      const pixels = ground.taken?.reduce((sum, one) => sum + one, 0);
      if (pixels !== undefined) return { frame, pixels };
    }
    return undefined;
  };
  return { measures, ground, look };
}

Deno.test("DirtGround takes dirt and its rim into the model once, after two seconds without motion", () => {
  const { measures, ground, look } = dirty();
  const first = look(40);
  assert.ok(first && first.frame >= 20 && first.frame <= 21, `${first?.frame}`);
  const side = 4 * measures.step;
  assert.equal(first.pixels, 2 * side * side);
  assert.equal(ground.has(45) && ground.has(46), true);
  assert.equal(ground.has(47), false);
  assert.equal(look(40), undefined);
});

Deno.test("DirtGround waits while something moves behind the dirt", () => {
  const { measures, look } = dirty();
  for (let i = 0; i < 5; i++) {
    assert.equal(look(10), undefined);
    measures.cellChanged[45] = 4;
    measures.cellChanged[46] = 4;
    assert.equal(look(6), undefined);
    measures.cellChanged.fill(0);
  }
  assert.ok(look(40));
});

Deno.test("DirtGround takes the clean picture when the dirt has gone", () => {
  const { ground, look } = dirty();
  assert.ok(look(40));
  const clean = look(10, true);
  assert.ok(clean && clean.frame <= 3, `${clean?.frame}`);
  assert.equal(ground.has(45), false);
  assert.equal(look(10, true), undefined);
});

Deno.test("DirtGround takes nothing where somebody known stands", () => {
  assert.equal(dirty(() => true).look(40)?.pixels, 0);
});
