/**
 * Frames that are far apart for good: a camera that is held at keyframes which come every
 * eight seconds.
 */
import assert from "node:assert/strict";
import { analyzeScene } from "../tests/support/viewed_scene.ts";
import { sceneLuma } from "../tests/support/watched_view.ts";

const RARE = { rare: { atS: 6, everyS: 8 } } as const;

Deno.test("who stays for minutes before a camera with rare frames is told once, under one id", () => {
  const told = analyzeScene(
    (x, y, second) => second >= 30 && second < 150 ? somebody(x, y) : scene(x, y),
    240,
    RARE,
  );
  const ids = new Set(told.flatMap(({ blobs }) => blobs.map(({ id }) => id)));
  assert.equal(ids.size, 1, [...ids].join(", "));
  const events = told.flatMap((one) =>
    one.events.map(({ type, sinceMs }) => ({ type, sinceMs }))
  );
  const [came, ...later] = events.filter(({ type }) =>
    type === "APPEAR" || type === "DISAPPEAR"
  );
  assert.equal(came?.type, "APPEAR", JSON.stringify(events));
  assert.ok(came.sinceMs! <= 40_000, `since ${came.sinceMs}`);
  assert.deepEqual(later.map(({ type }) => type), ["DISAPPEAR"], JSON.stringify(events));
});

function scene(x: number, y: number): number {
  return sceneLuma(x + 400, y + 400);
}

function somebody(x: number, y: number): number {
  const isThere = x >= 150 && x < 174 && y >= 100 && y < 170;
  return isThere ? ((x ^ y) & 4) * 8 + 200 : scene(x, y);
}
