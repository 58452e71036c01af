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
  meanBytes,
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

/** `isQuiet`: no foreground is near, so there are no rims and no mask. */
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
  const start = row * rowBytes;
  const neighbour = right + down * rowBytes;
  const often = bytesOf(rate >> RIM_SLOWER);
  const chances = bytesOf(rate);
  // Read once: what is stored might have changed them, for all that the compiler knows.
  const shadows = shadow() + start;
  const holds = hold() + start;
  const masks = mask() + start;
  const lumas = y() + start;
  const blues = u() + start;
  const reds = v() + start;
  let bytes = v128.load(random());
  let sample = samples() + (start / BLOCK) * BLOCK_BYTES;
  for (let i = 0; i < rowBytes; i += BLOCK) {
    bytes = nextRandomBytes(bytes);
    const lots = turned(bytes);
    const held = v128.load(holds + i);
    const there = i + neighbour;
    // Whose own colour enters the model, and who takes a neighbour's.
    let kept = v128.or(v128.load(shadows + i), isSet(held));
    let keptThere = v128.or(held, v128.load(holds + there));
    keptThere = v128.or(v128.load(shadows + there), isSet(keptThere));
    if (!isQuiet) {
      const rim = near(line + i);
      const rims = v128.or(rim, near(lineBeside + i));
      const moves = v128.load(masks + i);
      kept = keepAlso(kept, moves, rim, i8x16.ge_u(bytes, often));
      const movesThere = v128.or(moves, v128.load(masks + there));
      keptThere = keepAlso(keptThere, movesThere, rims, i8x16.ge_u(lots, often));
    }
    const takes = v128.andnot(i8x16.lt_u(bytes, chances), kept);
    take(sample + own, takes, lumas + i, blues + i, reds + i);
    const takesThere = v128.andnot(i8x16.lt_u(lots, chances), keptThere);
    take(sample + other, takesThere, lumas + there, blues + there, reds + there);
    sample += BLOCK_BYTES;
  }
  v128.store(random(), bytes);
}

/** The same bytes, read apart. */
function turned(bytes: v128): v128 {
  const turn = i8x16(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4);
  return v128.xor(i8x16.swizzle(bytes, turn), bytesOf(0x5a));
}

/** What moves is kept too, and at its rim most of what would be taken. */
function keepAlso(kept: v128, moves: v128, rim: v128, often: v128): v128 {
  return v128.or(v128.or(kept, moves), v128.and(often, rim));
}

/** Where `takes` says so, the frame becomes a sample. */
function take(sample: usize, takes: v128, luma: usize, blue: usize, red: usize): void {
  v128.store(sample, v128.bitselect(v128.load(luma), v128.load(sample), takes));
  v128.store(sample, v128.bitselect(v128.load(blue), v128.load(sample, 16), takes), 16);
  v128.store(sample, v128.bitselect(v128.load(red), v128.load(sample, 32), takes), 32);
}

/** What of a row follows the frame is told once; then one plane after the other does. */
function learnMeans(row: i32, shift: i32, isQuiet: bool): void {
  const start = row * stride();
  const columns = width();
  const line = lineAt(0);
  const follows = lineAt(1);
  const holds = hold() + start;
  for (let x = 0; x < columns; x += BLOCK) {
    let kept = isSet(v128.load(holds + x));
    if (!isQuiet) kept = v128.or(kept, near(line + x));
    v128.store(follows + x, i8x16.eq(kept, bytesOf(0)));
  }
  const last = follows + ((columns - 1) & -BLOCK);
  v128.store(last, v128.and(v128.load(last), lastColumns(columns)));
  followRow(meanY() + 2 * start, y() + start, start, shift);
  followRow(meanU() + 2 * start, u() + start, start, shift);
  followRow(meanV() + 2 * start, v() + start, start, shift);
  const luma = meanY() + 2 * start;
  const back = backY() + start;
  for (let x = 0; x < columns; x += BLOCK) v128.store(back + x, meanBytes(luma + 2 * x));
}

/** Moves a row's means towards the frame. */
function followRow(mean: usize, frame: usize, start: i32, shift: i32): void {
  const columns = width();
  const follows = lineAt(1);
  const moves = raw() + start;
  for (let x = 0; x < columns; x += BLOCK) {
    const bytes = v128.load(frame + x);
    const which = v128.load(follows + x);
    const moved = v128.load(moves + x);
    const at = mean + 2 * x;
    const wasLow = v128.load(at);
    const wasHigh = v128.load(at, 16);
    let low = stepTo(wasLow, i16x8.extend_low_i8x16_u(bytes), shift);
    let high = stepTo(wasHigh, i16x8.extend_high_i8x16_u(bytes), shift);
    if (v128.any_true(moved)) {
      low = slower(low, i16x8.extend_low_i8x16_s(moved));
      high = slower(high, i16x8.extend_high_i8x16_s(moved));
    }
    low = v128.and(low, i16x8.extend_low_i8x16_s(which));
    high = v128.and(high, i16x8.extend_high_i8x16_s(which));
    v128.store(at, i16x8.add(wasLow, low));
    v128.store(at, i16x8.add(wasHigh, high), 16);
  }
}

function stepTo(mean: v128, frame: v128, shift: i32): v128 {
  // Half the distance, so that it fits sixteen bits with its sign.
  const half = i16x8.sub(i16x8.shl(frame, 7), i16x8.shr_u(mean, 1));
  return i16x8.shr_s(half, shift);
}

function slower(step: v128, moved: v128): v128 {
  return v128.bitselect(i16x8.shr_s(step, MEAN_SHIFT_MORE_WHERE_RAW), step, moved);
}
