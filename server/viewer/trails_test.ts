import assert from "node:assert/strict";
import type { Blob } from "../../analysis/dsl/observation.ts";
import { extendPast, NO_PAST, type Past } from "./past.ts";
import { trailsAt } from "./trails.ts";

function blob(id: number, x: number): Blob {
  return { id, x, y: 0.5, w: 0.1, h: 0.2, vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
}

/** Ten frames a second; each gives the blobs that are in it. */
function past(count: number, blobsOf: (i: number) => Blob[]): Past {
  return Array.from({ length: count }, (_, i) => i).reduce(
    (was, i) => extendPast(was, { ptsUs: i * 100_000, blobs: blobsOf(i) }),
    NO_PAST,
  );
}

Deno.test("trailsAt() ends where the blob stands at that moment, not at the newest", () => {
  const known = past(30, (i) => [blob(7, i / 100)]);
  const points = trailsAt(known, 2_000_000).get(7)!;
  assert.equal(points.length, 21);
  assert.deepEqual(points.at(-1), { x: 0.2, y: 0.6, youth: 1 });
});

Deno.test("trailsAt() forgets after four seconds, and keeps who left till then", () => {
  const known = past(70, (i) => i < 30 ? [blob(1, 0.5)] : []);
  assert.equal(trailsAt(known, 6_800_000).get(1)?.length, 1);
  assert.equal(trailsAt(known, 6_900_000).size, 0);
});

Deno.test("trailsAt() takes the tremble out of a straight walk", () => {
  const known = past(40, (i) => [{ ...blob(1, i / 100), h: i % 2 ? 0.24 : 0.2 }]);
  const points = trailsAt(known, 3_900_000).get(1)!.slice(5, -5);
  const bends = points.slice(1).map(({ y }, i) => Math.abs(y - points[i]!.y));
  assert.ok(Math.max(...bends) < 0.003, `${Math.max(...bends)}, of 0.02 before`);
});

Deno.test("trailsAt() leaves a straight line as it is", () => {
  const known = past(20, (i) => [blob(1, i / 100)]);
  trailsAt(known, 1_900_000).get(1)!.forEach(({ x, y }, i) => {
    assert.ok(Math.abs(x - i / 100) < 1e-9 && Math.abs(y - 0.6) < 1e-9);
  });
});

Deno.test("trailsAt() keeps the foot in the picture", () => {
  const known = past(1, () => [{ ...blob(1, 0.5), y: 0.95, h: 0.2 }]);
  assert.equal(trailsAt(known, 0).get(1)?.[0]?.y, 1);
});
