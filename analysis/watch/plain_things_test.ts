/**
 * Plain things with hard, straight edges that move, stop and go are no damage, no
 * weather and no state of the camera: they are drawn so in tests and signs are so in life.
 */
import assert from "node:assert/strict";
import { analyzeDrawn, type DrawnThing } from "../../tests/support/drawn_clip.ts";

const FORMAT = { width: 240, height: 160 };
/** The scene is known before anything comes, s. */
const KNOWN_S = 6;

function check(name: string, thingsAt: (second: number) => readonly DrawnThing[]): void {
  for (const fps of [5, 10, 25]) {
    const told = analyzeDrawn({
      ...{ format: FORMAT, fps, seconds: KNOWN_S + 14 },
      thingsAt: (second) => thingsAt(second - KNOWN_S),
    });
    const named = told.flatMap(({ causes, states }) => [
      ...causes.map(({ cause }) => cause),
      ...states.map(({ state }) => state).filter((state) =>
        state !== "warmup" && state !== "online"
      ),
    ]);
    assert.deepEqual(named, [], `${name} at ${fps} frames a second`);
    assert.ok(told.some(({ blobs }) => blobs.length === 1), `${name} is followed`);
  }
}

Deno.test("SceneWatch names nothing for a box that drives through, stops and goes", () => {
  check("a car", (second) => [{
    ...{ x: Math.min(90, -64 + 40 * second) + Math.max(0, 50 * (second - 9)), y: 80 },
    ...{ w: 64, h: 30, luma: 200, u: 110, v: 150 },
  }]);
});

Deno.test("SceneWatch names nothing for a box that walks through with a pause", () => {
  check("a walker", (second) => {
    const x = second < 4 ? -20 + 30 * second : second < 6 ? 100 : 100 + 30 * (second - 6);
    return [{ ...{ x, y: 60, w: 20, h: 56, luma: 40, u: 120, v: 140 } }];
  });
});

Deno.test("SceneWatch names nothing for a box that covers half of the picture", () => {
  check("a lorry", (second) => [{
    ...{ x: -130 + 40 * second, y: 20, w: 130, h: 120, luma: 180, u: 118, v: 140 },
  }]);
});
