/**
 * Pass H: `../learn.ts`, sixteen pixels at a time.
 * @module
 */
import {
  backY,
  height,
  hold,
  mask,
  meanU,
  meanV,
  meanY,
  random,
  raw,
  samples,
  shadow,
  stride,
  u,
  v,
  width,
  y,
} from "./address.ts";
import {
  BLOCK,
  BLOCK_BYTES,
  bytesOf,
  isSet,
  lastColumns,
  SAMPLE_BYTES,
  SAMPLES,
} from "./blocks.ts";
import { repeatEdges } from "./edges.ts";
import { nextRandom, nextRandomBytes } from "./random.ts";
import { clearLines, drawLine, lineAt, near, RIM } from "./rim.ts";
import { rowsAreEmpty } from "./rows.ts";

const ROW_STEP: i32 = 4;
const RIM_SLOWER: i32 = 4;
const MEAN_SHIFT_MORE_WHERE_RAW: i32 = 2;

/** How far above and below a row its rims depend on the mask: a neighbour has them, too. */
const RIM_ROWS: i32 = RIM + 1;

export function learn(turn: i32, rate: i32, shift: i32): void {
  const rows = height();
  clearLines();
  for (let row = turn % ROW_STEP; row < rows; row += ROW_STEP) {
    const isQuiet = rowsAreEmpty(row, RIM_ROWS);
    if (!isQuiet) drawLine(lineAt(0), row);
    learnSamples(row, rate, isQuiet);
    // The means are updated at half their scale to fit 16 bits.
    learnMeans(row, shift - 1, isQuiet);
  }
  repeatEdges(backY());
}

/** `isQuiet`: no foreground is near, so there are no rims. */
function learnSamples(row: i32, rate: i32, isQuiet: bool): void {
  const rowBytes = stride();
  const chance = nextRandom();
  const own = (chance & (SAMPLES - 1)) * SAMPLE_BYTES;
  const other = ((chance >>> 3) & (SAMPLES - 1)) * SAMPLE_BYTES;
  const right = (((chance >>> 8) & 255) % 3) - 1;
  const down = (((chance >>> 16) & 255) % 3) - 1;
  const line = lineAt(0);
  const lineBeside = lineAt(1) + right;
  if (!isQuiet) drawLine(lineAt(1), row + down);
  let bytes = v128.load(random());
  const start = row * rowBytes;
  let sample = samples() + (start / BLOCK) * BLOCK_BYTES;
  for (let i = 0; i < rowBytes; i += BLOCK) {
    bytes = nextRandomBytes(bytes);
    const rim = isQuiet ? bytesOf(0) : near(line + i);
    learnOwn(start + i, sample + own, bytes, rate, rim);
    const rims = isQuiet ? rim : v128.or(rim, near(lineBeside + i));
    const neighbour = right + down * rowBytes;
    learnNeighbour(start + i, sample + other, neighbour, bytes, rate, rims);
    sample += BLOCK_BYTES;
  }
  v128.store(random(), bytes);
}

/** Sixteen pixels whose own colour enters the model. */
function learnOwn(i: i32, sample: usize, bytes: v128, rate: i32, rim: v128): void {
  const still = v128.or(v128.load(mask() + i), v128.load(shadow() + i));
  take(i, sample, bytes, rate, v128.or(still, isSet(v128.load(hold() + i))), rim);
}

/** Sixteen pixels that take a neighbour's colour; the same bytes, read apart. */
function learnNeighbour(
  here: i32,
  sample: usize,
  neighbour: i32,
  bytes: v128,
  rate: i32,
  rims: v128,
): void {
  const i = here + neighbour;
  const turn = i8x16(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4);
  const lots = v128.xor(i8x16.swizzle(bytes, turn), bytesOf(0x5a));
  const moves = v128.or(v128.load(mask() + here), v128.load(mask() + i));
  const held = v128.or(v128.load(hold() + here), v128.load(hold() + i));
  const kept = v128.or(v128.or(moves, v128.load(shadow() + i)), isSet(held));
  take(i, sample, lots, rate, kept, rims);
}

/** Where chance says so and nothing is kept, the frame at `i` becomes a sample. */
function take(
  i: i32,
  sample: usize,
  lots: v128,
  rate: i32,
  kept: v128,
  rim: v128,
): void {
  const often = i8x16.ge_u(lots, bytesOf(rate >> RIM_SLOWER));
  const never = v128.or(kept, v128.and(often, rim));
  const takes = v128.andnot(i8x16.lt_u(lots, bytesOf(rate)), never);
  const y16 = v128.bitselect(v128.load(y() + i), v128.load(sample), takes);
  const u16 = v128.bitselect(v128.load(u() + i), v128.load(sample, 16), takes);
  const v16 = v128.bitselect(v128.load(v() + i), v128.load(sample, 32), takes);
  v128.store(sample, y16);
  v128.store(sample, u16, 16);
  v128.store(sample, v16, 32);
}

function learnMeans(row: i32, shift: i32, isQuiet: bool): void {
  const start = row * stride();
  const columns = width();
  const line = lineAt(0);
  for (let x = 0; x < columns; x += BLOCK) {
    const i = start + x;
    const moved = v128.load(raw() + i);
    let kept = isSet(v128.load(hold() + i));
    if (!isQuiet) kept = v128.or(kept, near(line + x));
    let follows = i8x16.eq(kept, bytesOf(0));
    if (x + BLOCK > columns) follows = v128.and(follows, lastColumns(columns));
    const whole = follow(meanY() + 2 * i, v128.load(y() + i), moved, follows, shift);
    v128.store(backY() + i, v128.bitselect(whole, v128.load(backY() + i), follows));
    follow(meanU() + 2 * i, v128.load(u() + i), moved, follows, shift);
    follow(meanV() + 2 * i, v128.load(v() + i), moved, follows, shift);
  }
}

/** Moves sixteen means towards the frame; gives their whole grey levels. */
function follow(
  mean: usize,
  frame: v128,
  moved: v128,
  follows: v128,
  shift: i32,
): v128 {
  const wasLow = v128.load(mean);
  const wasHigh = v128.load(mean, 16);
  let low = stepTo(wasLow, i16x8.extend_low_i8x16_u(frame), shift);
  let high = stepTo(wasHigh, i16x8.extend_high_i8x16_u(frame), shift);
  if (v128.any_true(moved)) {
    low = slower(low, i16x8.extend_low_i8x16_s(moved));
    high = slower(high, i16x8.extend_high_i8x16_s(moved));
  }
  low = i16x8.add(wasLow, v128.and(low, i16x8.extend_low_i8x16_s(follows)));
  high = i16x8.add(wasHigh, v128.and(high, i16x8.extend_high_i8x16_s(follows)));
  v128.store(mean, low);
  v128.store(mean, high, 16);
  return i8x16.narrow_i16x8_u(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8));
}

function stepTo(mean: v128, frame: v128, shift: i32): v128 {
  // Half the distance, so that it fits sixteen bits with its sign.
  const half = i16x8.sub(i16x8.shl(frame, 7), i16x8.shr_u(mean, 1));
  return i16x8.shr_s(half, shift);
}

function slower(step: v128, moved: v128): v128 {
  return v128.bitselect(i16x8.shr_s(step, MEAN_SHIFT_MORE_WHERE_RAW), step, moved);
}
