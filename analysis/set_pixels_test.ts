import assert from "node:assert/strict";
import fc from "fast-check";
import { SetPixels } from "./set_pixels.ts";

Deno.test("SetPixels goes to the next set pixel and to the end of its run, wherever a mask begins", () => {
  const runs = fc.array(fc.tuple(fc.nat(90), fc.integer({ min: 1, max: 90 })), {
    maxLength: 8,
  });
  const set = new SetPixels();
  fc.assert(fc.property(runs, fc.nat(9), fc.nat(40), (lengths, offset, from) => {
    const bytes = lengths.flatMap(([still, moving]) => [
      ...Array<number>(still).fill(0),
      ...Array<number>(moving).fill(255),
    ]);
    const mask = new Uint8Array(offset + bytes.length + 20).subarray(offset);
    mask.set(bytes);
    set.look(mask);
    const found = mask.indexOf(255, from);
    const next = found < 0 ? mask.length : found;
    assert.equal(set.next(from, mask.length), next);
    if (found < 0) return;
    const end = mask.indexOf(0, next);
    assert.equal(set.endOfRun(next, mask.length), end < 0 ? mask.length : end);
  }));
});
