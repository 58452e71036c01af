import assert from "node:assert/strict";
import { LightWatch } from "./light_watch.ts";

function scoresOf(explained: readonly number[], dtS: number): (number | undefined)[] {
  const watch = new LightWatch();
  return explained.map((part) => watch.step(part, dtS)?.score);
}

Deno.test("LightWatch tells a change once, however many steps it takes", () => {
  assert.deepEqual(scoresOf([0, 0.813, 0.9, 0, 0.7, 0], 0.5), [
    ...[undefined, 0.81],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

Deno.test("LightWatch tells the next change when the light was still in between", () => {
  const still = new Array<number>(21).fill(0);
  const told = scoresOf([0.6, ...still, 1], 0.1);
  assert.equal(told[0], 0.6);
  assert.equal(told.at(-1), 1);
  assert.equal(told.filter((score) => score !== undefined).length, 2);
});
