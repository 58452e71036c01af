import assert from "node:assert/strict";
import fc from "fast-check";
import { medianOf } from "./median.ts";

Deno.test("medianOf() gives what sorting would, of the first values only", () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ max: 3 })));
  fc.assert(fc.property(values, fc.nat(5), (list, more) => {
    const sorted = Float64Array.from(list).sort();
    const middle = list.length >> 1;
    const expected = list.length === 0
      ? 0
      : list.length % 2 === 1
      ? sorted[middle]!
      : (sorted[middle - 1]! + sorted[middle]!) / 2;
    const buffer = Float64Array.from([...list, ...Array<number>(more).fill(7)]);
    // Sorting puts -0 before 0; as numbers they are the same.
    assert.equal(medianOf(buffer, list.length) + 0, expected + 0);
  }));
});
