import assert from "node:assert/strict";
import { growPatch, type Patch } from "./patch.ts";

const GRID = { columns: 5, rows: 3 };

/** Cells that hang together with `seed` over the cells of a drawing that are no dots. */
function grown(drawing: string, seed: number, visited = new Uint8Array(15)): number[] {
  const patch: Patch = { cells: new Uint16Array(15), count: 0 };
  const letters = drawing.replaceAll("\n", "");
  const joins = (_from: number, to: number) => letters[to] !== ".";
  growPatch(GRID, { seed, visited, joins }, patch);
  return [...patch.cells.subarray(0, patch.count)].toSorted((a, b) => a - b);
}

Deno.test("a patch grows over sides and corners, and not round the picture's edge", () => {
  assert.deepEqual(grown("a..bb\n.a..b\n..a..", 0), [0, 6, 12]);
  assert.deepEqual(grown("a..bb\n.a..b\n..a..", 4), [3, 4, 9]);
});

Deno.test("no cell is joined twice, in one patch or the next", () => {
  const visited = new Uint8Array(15);
  assert.equal(grown("aaaaa\naaaaa\naaaaa", 7, visited).length, 15);
  assert.deepEqual(grown("aaaaa\naaaaa\naaaaa", 7, visited), [7]);
});

Deno.test("a cell that one neighbour refuses may be joined by another", () => {
  const patch: Patch = { cells: new Uint16Array(15), count: 0 };
  const joins = (from: number, to: number) => to === from + 1 || (from === 1 && to === 7);
  growPatch(GRID, { seed: 0, visited: new Uint8Array(15), joins }, patch);
  assert.deepEqual([...patch.cells.subarray(0, patch.count)], [0, 1, 2, 7, 3, 8, 4, 9]);
});
