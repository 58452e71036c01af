import assert from "node:assert/strict";
import type { Blob } from "../../analysis/dsl/observation.ts";
import { extendTrails, NO_TRAILS, TRAIL_MS } from "./trails.ts";

function blob(id: number, x: number, y = 0.5): Blob {
  return { id, x, y, w: 0.1, h: 0.2, vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
}

Deno.test("extendTrails() follows each blob's foot", () => {
  let trails = extendTrails(NO_TRAILS, [blob(1, 0.1), blob(2, 0.9, 0.95)], 0);
  trails = extendTrails(trails, [blob(1, 0.2)], 100);
  assert.deepEqual(trails.get(1), [
    { x: 0.1, y: 0.6, atMs: 0 },
    { x: 0.2, y: 0.6, atMs: 100 },
  ]);
  assert.deepEqual(trails.get(2), [{ x: 0.9, y: 1, atMs: 0 }], "inside the picture");
});

Deno.test("extendTrails() forgets points, and then blobs, that are old", () => {
  let trails = extendTrails(NO_TRAILS, [blob(1, 0.1), blob(2, 0.1)], 0);
  trails = extendTrails(trails, [blob(1, 0.2)], TRAIL_MS);
  assert.deepEqual([...trails.keys()], [1]);
  assert.equal(trails.get(1)?.length, 1);
});

Deno.test("extendTrails() holds a bounded number of points however fast frames come", () => {
  let trails = NO_TRAILS;
  for (let i = 0; i < 1_000; i++) trails = extendTrails(trails, [blob(1, 0.5)], i);
  assert.ok(trails.get(1)!.length <= 120);
});
