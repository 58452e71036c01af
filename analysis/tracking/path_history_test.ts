import assert from "node:assert/strict";
import { PATH_MS, PATH_PLACES_MAX, PathHistory } from "./path_history.ts";

Deno.test("PathHistory gives the newest place first", () => {
  const path = new PathHistory();
  for (let i = 0; i < 3; i++) path.add(100 * i, box(i), 200);
  assert.deepEqual([0, 1, 2].map((back) => path.x[path.slot(back)]), [2, 1, 0]);
});

Deno.test("PathHistory covers four seconds at any frame rate and grows no further", () => {
  for (const fps of [5, 10, 25, 60, 200]) {
    const path = new PathHistory();
    for (let i = 0; i < 10 * fps; i++) path.add(1_000 * i / fps, box(i), 200);
    assert.ok(path.count <= PATH_PLACES_MAX);
    const spanMs = path.tMs[path.slot(0)]! - path.tMs[path.slot(path.count - 1)]!;
    assert.ok(spanMs > 0.95 * PATH_MS, `${fps} fps: ${spanMs} ms`);
  }
});

function box(x: number) {
  return { x, foot: 50, w: 10, h: 30 };
}
