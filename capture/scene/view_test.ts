import assert from "node:assert/strict";
import fc from "fast-check";
import { streetView } from "./street/plan.ts";

const VIEW = streetView({ width: 640, height: 360 });

Deno.test("View.rayThrough() leads back to the point that was seen there", () => {
  const metres = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const point = fc.record({ x: metres(-8, 25), y: metres(0, 6), z: metres(5, 20) });
  fc.assert(fc.property(point, (point) => {
    const spot = VIEW.spotOf(point);
    const ray = VIEW.rayThrough(spot.x, spot.y);
    const { eye } = VIEW;
    for (const axis of ["x", "y", "z"] as const) {
      assert(Math.abs(eye[axis] + spot.depth * ray[axis] - point[axis]) < 1e-6);
    }
  }));
});

Deno.test("View shows a thing half as large twice as far", () => {
  const [near, far] = [VIEW.rayThrough(320, 180), VIEW.rayThrough(320, 180)];
  const along = (ray: typeof near, times: number) => ({
    x: VIEW.eye.x + ray.x * times,
    y: VIEW.eye.y + ray.y * times,
    z: VIEW.eye.z + ray.z * times,
  });
  const ratio = VIEW.spotOf(along(near, 8)).scale / VIEW.spotOf(along(far, 16)).scale;
  assert(Math.abs(ratio - 2) < 1e-9);
});
