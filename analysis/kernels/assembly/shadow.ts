/**
 * Passes B and C: `../shadow.ts`, sixteen pixels at a time. Products of two bytes fit
 * sixteen bits; counts in 5x5 fit eight.
 * @module
 */
import {
  backY,
  candidate,
  columns,
  height,
  meanU,
  meanV,
  raw,
  rowRuns,
  shadow,
  stride,
  u,
  v,
  width,
  y,
} from "./address.ts";
import { apart, BLOCK, bytesOf, meanBytes, wordsOf } from "./blocks.ts";
import { isEmptyRow } from "./rows.ts";

const BLACK: i32 = 16;
const DARKEST_256: i32 = 110;
const BRIGHTEST_256: i32 = 248;
const CHROMA_MAX: i32 = 8;
const TEXTURE_MAX: i32 = 10;

const RIM_NEEDS: i32 = 10;

export function findShadows(): void {
  const rows = findSure();
  if (rows !== 0) addRims(rows);
}

/**
 * Gives how many rows there are up to the last in which a pixel is a likely shadow and
 * no sure one; marks those rows in `rowRuns`, which nobody needs yet.
 */
function findSure(): i32 {
  let rows = 0;
  const rowBytes = stride();
  const end = height() * rowBytes;
  const picture = width();
  const nothing = bytesOf(0);
  const raws = raw();
  const candidates = candidate();
  const shadows = shadow();
  for (let row = 0, index = 0; row < end; row += rowBytes, index++) {
    let unsure = nothing;
    for (let i = row, stop = row + picture; i < stop; i += BLOCK) {
      const moved = v128.load(raws + i);
      if (!v128.any_true(moved)) {
        v128.store(candidates + i, nothing);
        v128.store(shadows + i, nothing);
        continue;
      }
      const likely = likelyIn(i, moved);
      const sure = v128.any_true(likely) ? sureIn(i, likely, rowBytes) : nothing;
      v128.store(candidates + i, likely);
      v128.store(shadows + i, sure);
      unsure = v128.or(unsure, v128.xor(likely, sure));
    }
    const isUnsure = v128.any_true(unsure);
    store<i32>(rowRuns() + 4 * index, isUnsure ? 1 : 0);
    if (isUnsure) rows = index + 1;
  }
  return rows;
}

/** All but the texture is as a shadow makes it. */
function likelyIn(i: i32, moved: v128): v128 {
  const front = aboveBlack(y() + i);
  const back = aboveBlack(backY() + i);
  const chroma = i8x16.add_sat_u(
    apart(v128.load(u() + i), meanBytes(meanU() + 2 * i)),
    apart(v128.load(v() + i), meanBytes(meanV() + 2 * i)),
  );
  const near = v128.and(moved, i8x16.lt_u(chroma, bytesOf(CHROMA_MAX)));
  return v128.and(near, dimmed(front, back));
}

function sureIn(i: i32, likely: v128, rowBytes: i32): v128 {
  const front = aboveBlack(y() + i);
  const back = aboveBlack(backY() + i);
  let shaded = v128.and(likely, sameTexture(i - 2, front, back));
  shaded = v128.and(shaded, sameTexture(i + 2, front, back));
  shaded = v128.and(shaded, sameTexture(i - 2 * rowBytes, front, back));
  return v128.and(shaded, sameTexture(i + 2 * rowBytes, front, back));
}

function aboveBlack(at: usize): v128 {
  return i8x16.sub_sat_u(v128.load(at), bytesOf(BLACK));
}

/** True where front / back lies between the darkest and the brightest of a shadow. */
function dimmed(front: v128, back: v128): v128 {
  return packed(
    dimmedHalf(i16x8.extend_low_i8x16_u(front), i16x8.extend_low_i8x16_u(back)),
    dimmedHalf(i16x8.extend_high_i8x16_u(front), i16x8.extend_high_i8x16_u(back)),
  );
}

function dimmedHalf(front: v128, back: v128): v128 {
  const scaled = i16x8.shl(front, 8);
  const darkest = i16x8.mul(back, wordsOf(DARKEST_256));
  const brightest = i16x8.mul(back, wordsOf(BRIGHTEST_256));
  return v128.and(i16x8.gt_u(scaled, darkest), i16x8.lt_u(scaled, brightest));
}

/** True where the neighbours at `j` are dimmed by about the same factor. */
function sameTexture(j: i32, front: v128, back: v128): v128 {
  const frontThere = aboveBlack(y() + j);
  const backThere = aboveBlack(backY() + j);
  const most = bytesOf(TEXTURE_MAX);
  const low = i16x8.lt_u(
    apartWords(
      i16x8.extmul_low_i8x16_u(front, backThere),
      i16x8.extmul_low_i8x16_u(frontThere, back),
    ),
    i16x8.extmul_low_i8x16_u(back, most),
  );
  const high = i16x8.lt_u(
    apartWords(
      i16x8.extmul_high_i8x16_u(front, backThere),
      i16x8.extmul_high_i8x16_u(frontThere, back),
    ),
    i16x8.extmul_high_i8x16_u(back, most),
  );
  return packed(low, high);
}

function apartWords(a: v128, b: v128): v128 {
  return i16x8.sub(i16x8.max_u(a, b), i16x8.min_u(a, b));
}

/** Sixteen bytes, 255 where a word of the two halves is all ones. */
function packed(low: v128, high: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8));
}

/** Rows and columns to each side that agree on a shadow. */
const AGREE_RADIUS: i32 = 2;

/** Adds to the shadows the likely ones that have enough of them around; in marked rows. */
function addRims(rows: i32): void {
  const rowBytes = stride();
  const counts = columns() + BLOCK;
  // No row was counted yet.
  let counted = -BLOCK;
  for (let row = 0; row < rows; row++) {
    if (load<i32>(rowRuns() + 4 * row) === 0) continue;
    countRows(shadow(), row, counted, counts);
    counted = row;
    addInRow(row * rowBytes, counts);
  }
  memory.copy(shadow(), candidate(), rows * rowBytes);
}

/**
 * Brings `counts` from the five rows around the row `counted` to those around another
 * below it: by the rows that enter and leave, or anew where none stay.
 */
function countRows(plane: usize, row: i32, counted: i32, counts: usize): void {
  const rowBytes = stride();
  if (row - counted > 2 * AGREE_RADIUS) {
    memory.fill(counts - BLOCK, 0, rowBytes + BLOCK);
    for (let near = row - AGREE_RADIUS; near <= row + AGREE_RADIUS; near++) {
      enterRow(plane + near * rowBytes, counts);
    }
    return;
  }
  for (let next = counted + 1; next <= row; next++) {
    slide(plane + next * rowBytes, AGREE_RADIUS * rowBytes, counts);
  }
}

/** Adds a row to the counts: what is set is 255, which is -1. */
function enterRow(row: usize, counts: usize): void {
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    v128.store(counts + i, i8x16.sub(v128.load(counts + i), v128.load(row + i)));
  }
}

/** The counts still need the shadows as they were, so the new ones stay in `candidate`. */
function addInRow(row: i32, counts: usize): void {
  const needed = bytesOf(RIM_NEEDS);
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    const at = candidate() + row + i;
    const likely = v128.load(at);
    if (!v128.any_true(likely)) continue;
    const enough = i8x16.ge_u(acrossFive(counts + i), needed);
    const known = v128.or(v128.load(shadow() + row + i), enough);
    v128.store(at, v128.and(likely, known));
  }
}

/**
 * Keeps, per column, the count of the last five rows; five columns make a window. Rows
 * without a shadow stay as they are, and most have none.
 */
export function dropShadows(): void {
  const rowBytes = stride();
  const rows = height();
  const rawCounts = columns() + BLOCK;
  const shadowCounts = rawCounts + rowBytes + BLOCK;
  let counted = -BLOCK;
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes;
    if (isEmptyRow(shadow() + start)) {
      memory.copy(candidate() + start, raw() + start, rowBytes);
      continue;
    }
    countRows(raw(), row, counted, rawCounts);
    countRows(shadow(), row, counted, shadowCounts);
    counted = row;
    dropInRow(start, rawCounts, shadowCounts);
  }
}

/** Lets a row enter the counts, `ahead` bytes on, and the row leave that is now too far. */
function slide(row: usize, ahead: i32, counts: usize): void {
  const entering = row + ahead;
  const leaving = row - ahead - stride();
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    // What is set is 255, which is -1.
    const without = i8x16.add(v128.load(counts + i), v128.load(leaving + i));
    v128.store(counts + i, i8x16.sub(without, v128.load(entering + i)));
  }
}

function dropInRow(row: i32, rawCounts: usize, shadowCounts: usize): void {
  for (let i = 0, end = width(); i < end; i += BLOCK) {
    const shaded = v128.load(shadow() + row + i);
    let kept = v128.load(raw() + row + i);
    if (v128.any_true(shaded)) {
      const shadows = i8x16.shl(acrossFive(shadowCounts + i), 3);
      const raws = acrossFive(rawCounts + i);
      const needed = i8x16.add(i8x16.shl(raws, 2), raws);
      kept = v128.andnot(kept, v128.and(shaded, i8x16.ge_u(shadows, needed)));
    }
    v128.store(candidate() + row + i, kept);
  }
}

function acrossFive(at: usize): v128 {
  const left = i8x16.add(v128.load(at - 2), v128.load(at - 1));
  const right = i8x16.add(v128.load(at + 1), v128.load(at + 2));
  return i8x16.add(i8x16.add(left, right), v128.load(at));
}
