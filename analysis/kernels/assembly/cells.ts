/**
 * Pass K: `../cells.ts`. Counts of two cells at a time, sums of one: eight pixels of a row
 * as words. Most blocks have nothing raw.
 * @module
 */
import {
  backY,
  cellActive,
  cellMask,
  cellRaw,
  cellShadow,
  cellSums,
  columns as scratch,
  height,
  mask,
  meanU,
  meanV,
  raw,
  shadow,
  stride,
  u,
  v,
  width,
  y,
} from "./address.ts";
import { BLOCK, bytesOf, wordsOf } from "./blocks.ts";

const CELL_PX: i32 = 8;
const SUMS_BYTES: i32 = 64;
/** Of a cell nothing of which is raw: no row of it is the first. */
const NONE: i32 = 255;

/** As there: gives how many cells are active. */
export function measureCells(least: i32): i32 {
  const rows = height();
  const cells = (width() + CELL_PX - 1) / CELL_PX;
  let active = 0;
  for (let top = 0, first = 0; top < rows; top += CELL_PX, first += cells) {
    if (countBand(top, first)) active = listBand(first, cells, active, least);
  }
  for (let index = 0; index < active; index++) {
    const cell: i32 = load<u16>(cellActive() + 2 * index) as i32;
    sumCell((cell / cells) * CELL_PX, (cell % cells) * CELL_PX, index);
  }
  return active;
}

/**
 * Counts a row of cells, the first of which is `first`, and keeps in the scratch in which
 * row each has its first raw pixel. True when one has any.
 */
function countBand(top: i32, first: i32): bool {
  const columns = width();
  let any = false;
  for (let column = 0; column < columns; column += BLOCK) {
    const cell = first + column / CELL_PX;
    const at = scratch() + column / CELL_PX;
    if (countBlock(top, column, cell, at)) any = true;
    else {
      store<u16>(cellRaw() + cell, 0);
      store<u16>(cellShadow() + cell, 0);
      store<u16>(cellMask() + cell, 0);
      store<u16>(at, 0xffff);
    }
  }
  return any;
}

/** Two cells; false, and nothing is written, when nothing is raw in them. */
function countBlock(top: i32, column: i32, cell: i32, firstAt: usize): bool {
  const rowBytes = stride();
  const none = bytesOf(0);
  let raws = none;
  let shadows = none;
  let masks = none;
  let left = NONE;
  let right = NONE;
  for (let row = top + 1, stop = endOf(top), turn = 0; row < stop; row += 2, turn++) {
    const i = row * rowBytes + column;
    const here = v128.load(raw() + i);
    const bits = i8x16.bitmask(here);
    if (bits === 0) continue;
    if (left === NONE && (bits & 255) !== 0) left = turn;
    if (right === NONE && (bits >> 8) !== 0) right = turn;
    // What is set is 255, which is -1.
    const fours = i32x4.ne(here, none);
    raws = i8x16.sub(raws, here);
    shadows = i8x16.sub(shadows, v128.and(v128.load(shadow() + i), fours));
    masks = i8x16.sub(masks, v128.and(v128.load(mask() + i), fours));
  }
  if (left === NONE && right === NONE) return false;
  storeCounts(cellRaw() + cell, raws);
  storeCounts(cellShadow() + cell, shadows);
  storeCounts(cellMask() + cell, masks);
  store<u8>(firstAt, left);
  store<u8>(firstAt, right, 1);
  return true;
}

/** One past the last row of the cells that begin here. */
function endOf(top: i32): i32 {
  const stop = top + CELL_PX;
  return stop > height() ? height() : stop;
}

/** The sum of eight bytes, and of the eight after them. */
function storeCounts(at: usize, counts: v128): void {
  const pairs = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
  store<u8>(at, i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
  store<u8>(at, i32x4.extract_lane(pairs, 2) + i32x4.extract_lane(pairs, 3), 1);
}

/** Lists the active cells of a row of them; gives how many there are now. */
function listBand(first: i32, cells: i32, listed: i32, least: i32): i32 {
  let active = listed;
  for (let row = 0; row < CELL_PX / 2; row++) {
    for (let column = 0; column < cells; column++) {
      if ((load<u8>(scratch() + column) as i32) !== row) continue;
      if ((load<u8>(cellRaw() + first + column) as i32) < least) continue;
      store<u16>(cellActive() + 2 * active++, first + column);
    }
  }
  return active;
}

/** Outside the picture nothing is raw, so a cell that its edge cuts needs no care. */
function sumCell(top: i32, left: i32, index: i32): void {
  const rowBytes = stride();
  const stop = endOf(top);
  const none = bytesOf(0);
  let front = none, back = none, colour = none, points = none;
  let along = none, alongF = none, alongB = none;
  let alongFF = none, alongBB = none, alongFB = none;
  let down = none, downF = none, downB = none;
  let downFF = none, downBB = none, downFB = none;
  for (let row = top + 1; row < stop; row += 2) {
    const i = row * rowBytes + left;
    const set = eightSet(raw() + i);
    if (!v128.any_true(set)) continue;
    const f = eight(y() + i);
    const b = eight(backY() + i);
    front = i16x8.add(front, v128.and(f, set));
    back = i16x8.add(back, v128.and(b, set));
    colour = i16x8.add(colour, v128.and(colours(i), set));
    points = i16x8.sub(points, set);
    const right = v128.and(v128.and(set, hasRight()), eightSet(raw() + i + 2));
    let df = v128.and(i16x8.sub(eight(y() + i + 2), f), right);
    let db = v128.and(i16x8.sub(eight(backY() + i + 2), b), right);
    along = i16x8.sub(along, right);
    alongF = i16x8.add(alongF, df);
    alongB = i16x8.add(alongB, db);
    alongFF = i32x4.add(alongFF, i32x4.dot_i16x8_s(df, df));
    alongBB = i32x4.add(alongBB, i32x4.dot_i16x8_s(db, db));
    alongFB = i32x4.add(alongFB, i32x4.dot_i16x8_s(df, db));
    if (row + 2 >= stop) continue;
    const under = i + 2 * rowBytes;
    const below = v128.and(set, eightSet(raw() + under));
    df = v128.and(i16x8.sub(eight(y() + under), f), below);
    db = v128.and(i16x8.sub(eight(backY() + under), b), below);
    down = i16x8.sub(down, below);
    downF = i16x8.add(downF, df);
    downB = i16x8.add(downB, db);
    downFF = i32x4.add(downFF, i32x4.dot_i16x8_s(df, df));
    downBB = i32x4.add(downBB, i32x4.dot_i16x8_s(db, db));
    downFB = i32x4.add(downFB, i32x4.dot_i16x8_s(df, db));
  }
  const at = cellSums() + index * SUMS_BYTES;
  v128.store(
    at,
    fourSums(inPairs(front), inPairs(back), inPairs(colour), inPairs(points)),
  );
  v128.store(at, fourSums(inPairs(along), inPairs(alongF), inPairs(alongB), alongFF), 16);
  v128.store(at, fourSums(alongBB, alongFB, inPairs(down), inPairs(downF)), 32);
  v128.store(at, fourSums(inPairs(downB), downFF, downBB, downFB), 48);
}

/** Eight bytes as words. */
function eight(at: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load64_zero(at));
}

/** Eight bytes of a mask as words of all ones, or zeros. */
function eightSet(at: usize): v128 {
  return i16x8.extend_low_i8x16_s(v128.load64_zero(at));
}

/** All ones where a second pixel to the right is in the cell: six words of eight. */
function hasRight(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0);
}

/** |U - mean| + |V - mean| of eight pixels. */
function colours(i: i32): v128 {
  const blue = i16x8.shr_u(v128.load(meanU() + 2 * i), 8);
  const red = i16x8.shr_u(v128.load(meanV() + 2 * i), 8);
  return i16x8.add(apartWords(eight(u() + i), blue), apartWords(eight(v() + i), red));
}

function apartWords(a: v128, b: v128): v128 {
  return i16x8.sub(i16x8.max_u(a, b), i16x8.min_u(a, b));
}

/** Sums of two neighbouring words with their signs. */
function inPairs(words: v128): v128 {
  return i32x4.dot_i16x8_s(words, wordsOf(1));
}

/** The sums of four times four numbers. */
function fourSums(a: v128, b: v128, c: v128, d: v128): v128 {
  return i32x4.add(
    i8x16.shuffle(
      twoSums(a, b),
      twoSums(c, d),
      0,
      1,
      2,
      3,
      8,
      9,
      10,
      11,
      16,
      17,
      18,
      19,
      24,
      25,
      26,
      27,
    ),
    i8x16.shuffle(
      twoSums(a, b),
      twoSums(c, d),
      4,
      5,
      6,
      7,
      12,
      13,
      14,
      15,
      20,
      21,
      22,
      23,
      28,
      29,
      30,
      31,
    ),
  );
}

/** Two numbers that make the sum of `a`, and two that make the sum of `b`. */
function twoSums(a: v128, b: v128): v128 {
  return i32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  );
}
