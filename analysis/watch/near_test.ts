import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { NearFill } from "./near_fill.ts";
import { NearWatch } from "./near.ts";

type Shows = (frame: number, x: number, y: number) => number;

/** The watch after so many frames, a tenth of a second each. */
function after(frames: number, shows: Shows) {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  edges.take(viewOf(sceneLuma));
  const watch = new NearWatch(measures, edges);
  for (let frame = 0; frame < frames; frame++) {
    const view = viewOf((x, y) => shows(frame, x, y));
    measures.look(view);
    edges.look(view);
    watch.step(0.1, { contrast: 1, kept: 1 });
  }
  return watch;
}

Deno.test("NearWatch finds a coat before the scene, and says so until it has gone", () => {
  const over = (part: number) => (_: number, x: number, y: number) =>
    x < part * VIEW.width ? coat(x, y) : sceneLuma(x, y);
  assert.ok(!after(5, over(0.1)).active);
  assert.ok(after(5, over(0.5)).active);
  const gone = after(12, (f, x, y) => over(f < 6 ? 0.5 : 0.02)(f, x, y));
  assert.ok(!gone.active);
});

Deno.test("NearWatch waits for a scene that something near hides", () => {
  const watch = after(
    100,
    (f, x, y) => x < Math.min(1, f * 0.1) * VIEW.width ? coat(x, y) : sceneLuma(x, y),
  );
  assert.ok(watch.active && watch.hides);
});

Deno.test("NearWatch takes no lamp, no other scene and no dark for a thing", () => {
  const lit = (_: number, x: number, y: number) =>
    sceneLuma(x, y) * (x < 0.6 * VIEW.width ? 1.4 : 1);
  const other = (_: number, x: number, y: number) => sceneLuma(3 * y + 700, 2 * x + 900);
  const dark = (_: number, x: number, y: number) => 16 + 0.3 * sceneLuma(x, y);
  for (const shows of [lit, other, dark]) assert.ok(!after(20, shows).active);
});

Deno.test("NearFill closes what has the tone of the wall behind, and stays off the scene", () => {
  const isHole = (x: number, y: number) => x > 60 && x < 120 && y > 80 && y < 160;
  const view = viewOf((x, y) => x < 180 ? 100 : sceneLuma(x, y), {
    mask: (x, y) => x < 180 && !isHole(x, y),
  });
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  edges.take(viewOf(sceneLuma));
  measures.look(view);
  edges.look(view);
  assert.ok(setPart(view.mask, 60, 120) < 0.1);
  new NearFill().fill(view, measures, { edges, usual: 1 });
  assert.ok(setPart(view.mask, 60, 120) > 0.95);
  assert.equal(setPart(view.mask, 220, 300), 0);
});

/** Part of the columns from `left` to `right` that is set, between rows 80 and 160. */
function setPart(mask: Uint8Array, left: number, right: number): number {
  let count = 0;
  for (let y = 80; y < 160; y++) {
    for (let x = left; x < right; x++) if (mask[y * VIEW.stride + x]! > 0) count++;
  }
  return count / (80 * (right - left));
}

function coat(x: number, y: number): number {
  return 40 + 30 * ((x >> 5) + (y >> 6) & 1);
}
