/**
 * What becomes of those who are followed when the camera is turned to another view. How
 * a turn is told is tested in `watch/`.
 */
import assert from "node:assert/strict";
import { analyzeScene, statesOf } from "../tests/support/viewed_scene.ts";
import { sceneLuma } from "../tests/support/watched_view.ts";

Deno.test("who is followed when the camera is turned away has neither left nor come along", () => {
  const told = analyzeScene((x, y, second) => {
    if (second >= 8) return sceneLuma(3 * x + 77, 2 * y + 31);
    const left = 30 * (second - 3) - 22;
    if (y > 90 && y < 150 && x > left && x < left + 22) return ((x ^ y) & 4) * 8 + 200;
    return sceneLuma(x + 400, y + 400);
  }, 20);
  const movedAt = told.findIndex(({ states }) =>
    states.some(({ state }) => state === "moved")
  );
  assert.ok(movedAt > 0, statesOf(told).join(", "));
  assert.equal(told[movedAt - 10]!.blobs.length, 1, "somebody was followed");
  const after = told.slice(movedAt);
  assert.deepEqual(after.flatMap(({ blobs }) => blobs), []);
  assert.deepEqual(
    told.flatMap(({ events }) => events.map(({ type }) => type)),
    ["ENTER"],
    "nothing is said of an end",
  );
});
