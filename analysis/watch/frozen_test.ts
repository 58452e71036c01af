import assert from "node:assert/strict";
import { noiseOf, sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { FrozenWatch } from "./frozen.ts";
import { Measures } from "./measures.ts";

const DT_S = 0.25;

/** What is seen at each step: a letter shows a picture of its own, a digit only a clock. */
function whyAt(pictures: string): (string | undefined)[] {
  const measures = new Measures(VIEW, VIEW.stride);
  const watch = new FrozenWatch(measures.cells);
  const still = noiseOf(99, 3);
  const kept = viewOf((x, y) => sceneLuma(x, y) + still(x, y));
  return [...pictures].map((mark, frame) => {
    if (mark === "n") {
      const noise = noiseOf(frame, 3);
      measures.look(viewOf((x, y) => sceneLuma(x, y) + noise(x, y)));
    } else {
      const tick = mark === "." ? 0 : 60 * (frame % 3);
      for (let y = 4; y < 16; y++) {
        kept.y.fill(40 + tick, y * VIEW.stride + 8, y * VIEW.stride + 50);
      }
      measures.look(kept);
    }
    return watch.step(measures, DT_S);
  });
}

Deno.test("FrozenWatch tells pictures that are equal for five seconds where each was another", () => {
  const why = whyAt("n".repeat(24) + ".".repeat(30) + "nnnn");
  const first = why.indexOf("equal");
  assert.ok(first >= 24 + 5 / DT_S - 1 && first <= 24 + 6 / DT_S, `told at ${first}`);
  assert.equal(why.at(-1), undefined);
});

Deno.test("FrozenWatch tells a picture in which only a clock ticks", () => {
  const why = whyAt("n".repeat(24) + "...c".repeat(9));
  assert.equal(why.at(-1), "clock_only");
  assert.ok(!why.includes("equal"));
});

Deno.test("FrozenWatch waits longer where pictures were equal before, and says nothing of noise", () => {
  assert.ok(whyAt("n...".repeat(14)).every((one) => one === undefined));
  assert.ok(whyAt(".".repeat(40)).every((one) => one === undefined));
});
