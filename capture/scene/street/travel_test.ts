import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type GroundPoint,
  lengthOf,
  type Pace,
  placeOn,
  progressAt,
  travelS,
} from "./travel.ts";

const STOPPING: Pace = { metresPerS: 2, easeS: 1, stop: { atM: 10, forS: 4 } };

Deno.test("progressAt() slows down to the stop, waits, and goes on", () => {
  const at = (seconds: number) => progressAt(STOPPING, seconds);
  assert.deepEqual(at(4), { travelledM: 8, effort: 1, isSlowing: false });
  assert.deepEqual(at(5), { travelledM: 9.75, effort: 0.5, isSlowing: true });
  assert.deepEqual(at(8), { travelledM: 10, effort: 0, isSlowing: true });
  assert.deepEqual(at(10.5), { travelledM: 11, effort: 1, isSlowing: false });
});

Deno.test("progressAt() never goes back and never jumps", () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 30, noNaN: true }), (seconds) => {
    const [now, soon] = [
      progressAt(STOPPING, seconds),
      progressAt(STOPPING, seconds + 0.05),
    ];
    const stepM = soon.travelledM - now.travelledM;
    assert(stepM >= -1e-9 && stepM <= 0.1 + 1e-9);
  }));
});

Deno.test("travelS() is when the end of the way is reached", () => {
  assert(Math.abs(progressAt(STOPPING, travelS(STOPPING, 20)).travelledM - 20) < 1e-9);
});

Deno.test("placeOn() follows the way and turns about its corners", () => {
  const way: GroundPoint[] = [{ x: 0, z: 0 }, { x: 10, z: 0 }, { x: 10, z: 6 }];
  assert.equal(lengthOf(way), 16);
  assert.deepEqual(placeOn(way, 4), { x: 4, z: 0, heading: 0 });
  const corner = placeOn(way, 10);
  assert(Math.abs(corner.heading - Math.PI / 4) < 1e-9);
  const last = placeOn(way, 16);
  assert.deepEqual([last.x, last.z], [10, 6]);
  assert(Math.abs(last.heading - Math.PI / 2) < 1e-9);
});
