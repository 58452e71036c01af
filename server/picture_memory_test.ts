import assert from "node:assert/strict";
import fc from "fast-check";
import { PictureMemory } from "./picture_memory.ts";

Deno.test("PictureMemory keeps the last hundred, and no more than 8 MiB", () => {
  const pictures = new PictureMemory();
  for (let id = 1; id <= 150; id++) pictures.keep(id, new Uint8Array(10));
  assert.equal(pictures.get(50), undefined);
  assert.equal(pictures.get(51)?.byteLength, 10);
  pictures.keep(151, new Uint8Array(8_388_608));
  assert.equal(pictures.get(150), undefined);
  assert.equal(pictures.get(151)?.byteLength, 8_388_608);
  pictures.keep(152, new Uint8Array(8_388_609));
  assert.equal(pictures.get(152), undefined);
  assert.ok(pictures.get(151), "one that is too large costs no other");
});

Deno.test("PictureMemory keeps its bounds whatever comes, and the newest always", () => {
  const picture = fc.record({ id: fc.nat(300), bytes: fc.nat(3_000_000) });
  fc.assert(
    fc.property(fc.array(picture, { maxLength: 60 }), (kept) => {
      const pictures = new PictureMemory();
      for (const { id, bytes } of kept) {
        pictures.keep(id, new Uint8Array(bytes));
        assert.equal(pictures.get(id)?.byteLength, bytes);
      }
      const ids = new Set(kept.map(({ id }) => id));
      const held = [...ids].map((id) => pictures.get(id)?.byteLength ?? 0);
      assert.ok(held.reduce((sum, bytes) => sum + bytes, 0) <= 8_388_608);
    }),
    { numRuns: 30 },
  );
});
