import assert from "node:assert/strict";
import { LightWatch } from "./light_watch.ts";

function scoresOf(explained: readonly number[], dtS: number): (number | undefined)[] {
  const watch = new LightWatch();
  return explained.map((part) => watch.step(part, { dtS })?.score);
}

Deno.test("LightWatch tells a change once, however many steps it takes", () => {
  assert.deepEqual(scoresOf([0, 0.813, 0.9, 0, 0.7, 0, 0], 0.5), [
    ...[undefined, undefined, 0.9],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

Deno.test("LightWatch tells the next change when the light was still in between", () => {
  const still = new Array<number>(25).fill(0);
  const told = scoresOf([0.6, ...still, 1, ...still], 0.1);
  assert.deepEqual(told.filter((score) => score !== undefined), [0.6, 1]);
});

Deno.test("LightWatch says nothing of a change that had another cause, nor of its next steps", () => {
  const watch = new LightWatch();
  watch.step(0.9, { dtS: 0.1 });
  watch.veto();
  for (const explained of [0.9, 0, 0, 0.8, 0, 0, 0, 0, 0, 0, 0, 0, 0]) {
    assert.equal(watch.step(explained, { dtS: 0.1 }), undefined);
  }
});
