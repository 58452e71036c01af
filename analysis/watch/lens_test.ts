import assert from "node:assert/strict";
import { noiseOf, sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { DirtWatch } from "./dirt.ts";
import { Edges } from "./edges.ts";
import { LensWatch } from "./lens.ts";
import { Measures } from "./measures.ts";
import { Tone } from "./tone.ts";

const DT_S = 0.1;

function blurred(x: number, y: number): number {
  let sum = 0;
  for (let dy = -6; dy <= 6; dy += 2) {
    for (let dx = -6; dx <= 6; dx += 2) sum += sceneLuma(x + dx + 400, y + dy + 400);
  }
  return sum / 49;
}

/** The scene far from zero, so that it goes on beyond the picture's edges. */
function sharp(x: number, y: number): number {
  return sceneLuma(x + 400, y + 400);
}

function watching() {
  const measures = new Measures(VIEW, VIEW.stride);
  const edges = new Edges(measures);
  edges.take(viewOf(sharp, { scene: sharp }));
  return { measures, edges, tone: new Tone(), lens: new LensWatch() };
}

function shownFor(
  seconds: number,
  luma: (x: number, y: number) => number,
  { measures, edges, tone, lens }: ReturnType<typeof watching>,
): { covered: boolean; defocused: boolean } {
  const noise = noiseOf(7, 2);
  const view = viewOf((x, y) => luma(x, y) + noise(x, y), { scene: sharp });
  for (let at = 0; at < seconds; at += DT_S) {
    measures.look(view);
    edges.look(view);
    tone.fit(measures, edges, true);
    lens.step(measures, edges, { tone, dtS: DT_S, usual: 1 });
  }
  return lens;
}

Deno.test("LensWatch tells a lens that is covered within 1.2 s, and that it is free again", () => {
  const watch = watching();
  assert.equal(shownFor(0.8, (x) => 30 + x / 40, watch).covered, false);
  assert.equal(shownFor(0.4, (x) => 30 + x / 40, watch).covered, true);
  assert.equal(watch.lens.defocused, false);
  assert.equal(shownFor(0.8, sharp, watch).covered, false);
});

Deno.test("LensWatch tells a lens out of focus within 1.8 s, and that it is sharp again", () => {
  const watch = watching();
  assert.equal(shownFor(1.8, blurred, watch).defocused, true);
  assert.equal(watch.lens.covered, false);
  assert.equal(shownFor(1, sharp, watch).defocused, false);
});

Deno.test("LensWatch takes dim light, fog and another scene for neither", () => {
  const others = [
    (x: number, y: number) => 16 + 0.5 * (sharp(x, y) - 16),
    (x: number, y: number) => 0.5 * sharp(x, y) + 80,
    (x: number, y: number) => sceneLuma(3 * x + 77, 2 * y + 31),
  ];
  for (const luma of others) {
    const { covered, defocused } = shownFor(4, luma, watching());
    assert.deepEqual({ covered, defocused }, { covered: false, defocused: false });
  }
});

Deno.test("DirtWatch tells a part that lost its edges within 6 s, not a thing that stands there", () => {
  const inside = (x: number, y: number) => Math.hypot(x - 150, y - 110) < 60;
  const cases = [
    {
      luma: (x: number, y: number) => inside(x, y) ? blurred(x, y) : sharp(x, y),
      dirty: true,
    },
    {
      luma: (x: number, y: number) =>
        inside(x, y) ? 60 + 120 * (((x >> 3) + (y >> 3)) & 1) : sharp(x, y),
      dirty: false,
    },
  ];
  for (const { luma, dirty } of cases) {
    const { measures, edges } = watching();
    const dirt = new DirtWatch(measures.cells);
    const view = viewOf(luma, { scene: sharp });
    for (let at = 0; at < 6; at += DT_S) {
      measures.look(view);
      edges.look(view);
      dirt.step(view, { measures, edges, dtS: DT_S });
    }
    assert.equal(dirt.dirty, dirty);
  }
});
