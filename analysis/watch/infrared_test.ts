import assert from "node:assert/strict";
import { sceneLuma, VIEW, viewOf } from "../../tests/support/watched_view.ts";
import { InfraredWatch } from "./infrared.ts";
import { Measures } from "./measures.ts";

/** Frames, of ten a second, in which a switch is told. */
function toldAt(colours: readonly number[]): number[] {
  const watch = new InfraredWatch();
  const measures = new Measures(VIEW, VIEW.stride);
  const views = new Map(
    [...new Set(colours)].map((colour) => [colour, viewOf(sceneLuma, { colour })]),
  );
  return colours.flatMap((colour, frame) => {
    measures.look(views.get(colour)!);
    return watch.step(measures, 0.1) > 0 ? [frame] : [];
  });
}

function lasting(colour: number, frames: number): number[] {
  return new Array<number>(frames).fill(colour);
}

Deno.test("InfraredWatch tells colour that goes at once and comes back, once each", () => {
  const told = toldAt([...lasting(20, 20), ...lasting(0, 30), ...lasting(20, 10)]);
  assert.deepEqual(told, [21, 51]);
});

Deno.test("InfraredWatch takes a sunset and a single grey picture for no switch", () => {
  const sunset = Array.from(
    { length: 100 },
    (_, frame) => 2 * Math.round(10 - frame / 10),
  );
  assert.deepEqual(toldAt([...lasting(20, 10), ...sunset, ...lasting(0, 20)]), []);
  assert.deepEqual(toldAt([...lasting(20, 20), 0, ...lasting(20, 20)]), []);
});
