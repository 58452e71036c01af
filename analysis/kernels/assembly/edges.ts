/**
 * `../edges.ts` for vectors.
 * @module
 */
import { height, stride, width } from "./address.ts";
import { bytesOf } from "./blocks.ts";

const DEPTH: i32 = 8;

/** Repeats the edge pixels of a plane, given by its pixel (0, 0), into its guards. */
export function repeatEdges(plane: usize): void {
  const rowBytes = stride();
  const columns = width();
  const last = plane + (height() - 1) * rowBytes;
  // From eight columns past the edge to the row's end are 8 to 23 bytes.
  const half = columns + (rowBytes - columns >= 24 ? 16 : 8);
  for (let row = plane; row <= last; row += rowBytes) {
    const next = row < last ? row + rowBytes : row;
    const right = bytesOf(load<u8>(row + columns - 1));
    const left = bytesOf(load<u8>(next));
    v128.store64_lane(row + columns, right, 0);
    v128.store64_lane(row + columns + DEPTH, left, 0);
    v128.store64_lane(row + half, left, 0);
    v128.store64_lane(row + rowBytes - 8, left, 0);
  }
  // The row above the first stands left of the first, not of the second.
  const above = plane - rowBytes;
  memory.copy(above, plane, rowBytes);
  memory.fill(above + columns + DEPTH, load<u8>(plane), rowBytes - columns - DEPTH);
  for (let depth = 2; depth <= DEPTH; depth++) {
    memory.copy(plane - depth * rowBytes, above, rowBytes);
  }
  for (let depth = 1; depth <= DEPTH; depth++) {
    memory.copy(last + depth * rowBytes, last, rowBytes);
  }
}
