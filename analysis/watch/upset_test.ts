import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { Edges } from "./edges.ts";
import { Measures } from "./measures.ts";
import { UpsetWatch } from "./upset.ts";

const DT_S = 0.1;

type Shows = (frame: number, x: number, y: number) => number;

/** What the watch says in each frame, a tenth of a second each. */
function said(shows: Shows, frames: number) {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  edges.take(viewOf(sceneLuma));
  const watch = new UpsetWatch();
  return Array.from({ length: frames }, (_, frame) => {
    const view = viewOf((x, y) => shows(frame, x, y));
    measures.look(view);
    edges.look(view);
    watch.step(measures, edges, { dtS: DT_S, usualKept: 1, blurred: false });
    const { active, blind, elsewhere } = watch;
    return { active, blind, elsewhere };
  });
}

Deno.test("UpsetWatch holds a sudden change of the whole picture for a second, no longer", () => {
  const says = said((f, x, y) => sceneLuma(x, y) * (f < 5 ? 1 : 1.5), 30);
  assert.ok(says.slice(0, 5).every(({ active }) => !active));
  assert.ok(says[5]!.active);
  assert.ok(says.slice(20).every(({ active }) => !active));
});

Deno.test("UpsetWatch calls another scene elsewhere when it has come to rest", () => {
  const says = said((f, x, y) => f < 5 ? sceneLuma(x, y) : elsewhere(x, y), 30);
  assert.ok(says[5]!.blind);
  const first = says.findIndex((one) => one.elsewhere);
  assert.ok(first >= 5 + 9 && first <= 5 + 13, `after ${first - 5} frames`);
});

/** Seven tenths of the picture, plain or with stripes, that come in over an edge. */
const OVER = [
  { name: "from the left in a second", side: "left", perFrame: 0.07 },
  { name: "from the right in two seconds", side: "right", perFrame: 0.035 },
  { name: "from below in half a second", side: "below", perFrame: 0.14 },
] as const;

for (const { name, side, perFrame } of OVER) {
  Deno.test(`UpsetWatch takes seven tenths of the picture that come ${name} for no other scene`, () => {
    const coat = (x: number, y: number) => 40 + 30 * ((x >> 5) + (y >> 6) & 1);
    const says = said((frame, x, y) => {
      const part = Math.min(0.7, Math.max(0, frame - 4) * perFrame);
      const along = {
        left: x / VIEW.width,
        right: 1 - x / VIEW.width,
        below: 1 - y / VIEW.height,
      }[side];
      return along < part ? coat(x, y) : sceneLuma(x, y);
    }, 80);
    assert.ok(says.every((one) => !one.blind && !one.elsewhere));
  });
}

function elsewhere(x: number, y: number): number {
  return sceneLuma(3 * y + 700, 2 * x + 900);
}
