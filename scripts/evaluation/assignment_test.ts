import assert from "node:assert/strict";
import fc from "fast-check";
import { assignMostWorth } from "./assignment.ts";

function sumOf(worth: number[][], columnOf: number[]): number {
  return columnOf.reduce((sum, c, r) => sum + (c < 0 ? 0 : worth[r]![c]!), 0);
}

/** The slow twin: tries every pairing. */
function bestSum(worth: number[][], row = 0, taken = 0): number {
  if (row === worth.length) return 0;
  let best = bestSum(worth, row + 1, taken);
  worth[row]!.forEach((value, column) => {
    if (taken & (1 << column)) return;
    best = Math.max(best, value + bestSum(worth, row + 1, taken | (1 << column)));
  });
  return best;
}

Deno.test("assignMostWorth() gives up a good pair for a better sum", () => {
  assert.deepEqual(assignMostWorth([[9, 8], [8, 1]]), [1, 0]);
});

Deno.test("assignMostWorth() leaves out pairs without worth", () => {
  assert.deepEqual(assignMostWorth([[0, 0], [0, 3], [0, 2]]), [-1, 1, -1]);
  assert.deepEqual(assignMostWorth([]), []);
  assert.deepEqual(assignMostWorth([[], []]), [-1, -1]);
});

Deno.test("assignMostWorth() finds the best sum of any small matrix", () => {
  const matrix = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc.array(
      fc.array(fc.integer({ min: 0, max: 20 }), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: 1, maxLength: 5 },
    )
  );
  fc.assert(fc.property(matrix, (worth) => {
    const columnOf = assignMostWorth(worth);
    const used = columnOf.filter((column) => column >= 0);
    assert.equal(new Set(used).size, used.length);
    assert.equal(sumOf(worth, columnOf), bestSum(worth));
  }));
});
