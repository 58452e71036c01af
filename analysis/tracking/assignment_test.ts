import assert from "node:assert/strict";
import fc from "fast-check";
import { Assignment, PAIRED_MAX } from "./assignment.ts";

function pair(worth: readonly (readonly number[])[]): number[] {
  const pairing = new Assignment();
  worth.forEach((row, r) => {
    row.forEach((value, c) => pairing.worth[r * PAIRED_MAX + c] = value);
  });
  pairing.pair(worth.length, worth[0]?.length ?? 0);
  return [...pairing.columnOf.subarray(0, worth.length)];
}

function worthOf(columns: readonly number[], worth: readonly (readonly number[])[]) {
  return columns.reduce((sum, c, r) => sum + (c < 0 ? 0 : worth[r]![c]!), 0);
}

/** The best worth of all pairings, by trying them. */
function bestOf(worth: readonly (readonly number[])[], row = 0, used = 0): number {
  if (row === worth.length) return 0;
  let best = bestOf(worth, row + 1, used);
  worth[row]!.forEach((value, column) => {
    if (used & (1 << column)) return;
    best = Math.max(best, value + bestOf(worth, row + 1, used | (1 << column)));
  });
  return best;
}

Deno.test("Assignment.pair() gives up a row's best where that is better for all", () => {
  assert.deepEqual(pair([[0.9, 0.8], [0.85, 0.1]]), [1, 0]);
});

Deno.test("Assignment.pair() leaves single what is worth nothing to anybody", () => {
  assert.deepEqual(pair([[0, 0], [0, 0.5], [-1, 0.4]]), [-1, 1, -1]);
  assert.deepEqual(pair([]), []);
});

Deno.test("Assignment.pair() finds the best pairing there is", () => {
  const matrix = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: 1, maxLength: 5 },
    )
  );
  fc.assert(fc.property(matrix, (worth) => {
    const columns = pair(worth);
    const paired = columns.filter((column) => column >= 0);
    assert.equal(new Set(paired).size, paired.length, "a column was given twice");
    assert.ok(Math.abs(worthOf(columns, worth) - bestOf(worth)) < 1e-9);
  }));
});
