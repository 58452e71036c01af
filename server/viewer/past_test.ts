import assert from "node:assert/strict";
import type { Blob } from "../../analysis/dsl/observation.ts";
import { blobsAt, extendPast, NO_PAST, type Past } from "./past.ts";

function blob(id: number, x: number): Blob {
  return { id, x, y: 0.5, w: 0.1, h: 0.2, vx: 0, vy: 0, vxPerS: 0, vyPerS: 0, coast: 0 };
}

function past(...frames: readonly [ptsUs: number, x: number][]): Past {
  return frames.reduce(
    (was, [ptsUs, x]) => extendPast(was, { ptsUs, blobs: [blob(1, x)] }),
    NO_PAST,
  );
}

function xAt(known: Past, ptsUs: number): number | undefined {
  return blobsAt(known, ptsUs)[0]?.x;
}

Deno.test("blobsAt() gives the blobs of the very frame that was pictured", () => {
  const known = past([100, 0.1], [200, 0.2], [300, 0.3]);
  assert.equal(blobsAt(known, 200), known[1]!.blobs);
});

Deno.test("blobsAt() goes between two frames when the one between was not analysed", () => {
  const known = past([0, 0.25], [400, 0.75]);
  assert.deepEqual([100, 200, 300].map((at) => xAt(known, at)), [0.375, 0.5, 0.625]);
});

Deno.test("blobsAt() shows what came or went between two frames on the nearer side", () => {
  const came = extendPast(extendPast(NO_PAST, { ptsUs: 0, blobs: [] }), {
    ptsUs: 100,
    blobs: [blob(1, 0.5)],
  });
  assert.equal(xAt(came, 40), undefined);
  assert.equal(xAt(came, 60), 0.5);
});

Deno.test("blobsAt() takes the nearest frame outside of what it knows, if it is near", () => {
  const known = past([1_000_000, 0.1], [1_100_000, 0.2]);
  assert.equal(xAt(known, 900_000), 0.1);
  assert.equal(xAt(known, 1_350_000), 0.2);
  assert.equal(xAt(known, 1_350_001), undefined);
  assert.equal(xAt(NO_PAST, 0), undefined);
});

Deno.test("extendPast() forgets after seconds, and is bounded at any rate", () => {
  let known = NO_PAST;
  for (let ms = 0; ms < 20_000; ms += 100) known = extendPast(known, at(ms));
  assert.equal(known[0]?.ptsUs, 12_000_000);
  for (let ms = 20_000; ms < 25_000; ms++) known = extendPast(known, at(ms));
  assert.equal(known.length, 240);
});

Deno.test("extendPast() begins anew when the source does", () => {
  assert.deepEqual(extendPast(past([500, 0.1], [600, 0.2]), at(0)), [at(0)]);
});

function at(ms: number) {
  return { ptsUs: ms * 1_000, blobs: [] };
}
