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
  lastColumns,
  SAMPLE_BYTES,
  SAMPLES,
} from "./blocks.ts";
import { repeatEdges } from "./edges.ts";
import { nextRandom, nextRandomBytes } from "./random.ts";
import { nearMask } from "./rim.ts";

const ROW_STEP: i32 = 4;
const RIM_SLOWER: i32 = 4;
const MEAN_SHIFT_MORE_WHERE_RAW: i32 = 2;

export function learn(turn: i32, rate: i32, shift: i32): void {
  const rows = height();
  const inside = lastColumns(width());
  for (let row = turn % ROW_STEP; row < rows; row += ROW_STEP) {
    learnRow(row, rate);
    learnMeans(row, shift - 1, inside);
  }
  repeatEdges(backY());
}

function learnRow(row: i32, rate: i32): void {
  const rowBytes = stride();
  const chance = nextRandom();
  const own = (chance & (SAMPLES - 1)) * SAMPLE_BYTES;
  const other = ((chance >>> 3) & (SAMPLES - 1)) * SAMPLE_BYTES;
  const right = (((chance >>> 8) & 255) % 3) - 1;
  const down = (((chance >>> 16) & 255) % 3) - 1;
  const neighbour = right + down * rowBytes;
  let bytes = v128.load(random());
  let block = row * rowBytes;
  let sample = samples() + (block / BLOCK) * BLOCK_BYTES;
  for (const end = block + rowBytes; block < end; block += BLOCK) {
    bytes = nextRandomBytes(bytes);
    learnOwn(block, sample + own, bytes, rate);
    learnNeighbour(block, sample + other, neighbour, bytes, rate);
    sample += BLOCK_BYTES;
  }
  v128.store(random(), bytes);
}

/** Sixteen pixels whose own colour enters the model. */
function learnOwn(i: i32, sample: usize, bytes: v128, rate: i32): void {
  let takes = i8x16.lt_u(bytes, bytesOf(rate));
  takes = v128.andnot(takes, v128.load(mask() + i));
  takes = v128.andnot(takes, v128.load(shadow() + i));
  takes = v128.andnot(takes, i8x16.ne(v128.load(hold() + i), bytesOf(0)));
  if (v128.any_true(v128.load(raw() + i))) {
    const often = i8x16.ge_u(bytes, bytesOf(rate >> RIM_SLOWER));
    takes = v128.andnot(takes, v128.and(often, rimOf(i)));
  }
  take(i, sample, takes);
}

/** Sixteen pixels that take a neighbour's colour; the same bytes, read apart. */
function learnNeighbour(
  here: i32,
  sample: usize,
  neighbour: i32,
  bytes: v128,
  rate: i32,
): void {
  const i = here + neighbour;
  const turned = i8x16.shuffle(
    bytes,
    bytes,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
  );
  const lots = v128.xor(turned, bytesOf(0x5a));
  let takes = i8x16.lt_u(lots, bytesOf(rate));
  takes = v128.andnot(takes, v128.load(mask() + here));
  takes = v128.andnot(takes, v128.load(mask() + i));
  takes = v128.andnot(takes, v128.load(shadow() + i));
  const held = v128.or(v128.load(hold() + here), v128.load(hold() + i));
  takes = v128.andnot(takes, i8x16.ne(held, bytesOf(0)));
  const moved = v128.or(v128.load(raw() + here), v128.load(raw() + i));
  if (v128.any_true(moved)) {
    const often = i8x16.ge_u(lots, bytesOf(rate >> RIM_SLOWER));
    const rim = v128.or(rimOf(here), rimOf(i));
    takes = v128.andnot(takes, v128.and(often, rim));
  }
  take(i, sample, takes);
}

/** Where `takes` is set, the frame at `i` becomes a sample. */
function take(i: i32, sample: usize, takes: v128): void {
  const y16 = v128.bitselect(v128.load(y() + i), v128.load(sample), takes);
  const u16 = v128.bitselect(v128.load(u() + i), v128.load(sample, 16), takes);
  const v16 = v128.bitselect(v128.load(v() + i), v128.load(sample, 32), takes);
  v128.store(sample, y16);
  v128.store(sample, u16, 16);
  v128.store(sample, v16, 32);
}

/** Raw pixels near the foreground: parts of what stands there, more likely than noise. */
function rimOf(i: i32): v128 {
  return v128.and(v128.load(raw() + i), nearMask(mask() + i, stride()));
}

function learnMeans(row: i32, shift: i32, inside: v128): void {
  const start = row * stride();
  const end = start + width();
  const nothing = bytesOf(0);
  for (let i = start; i < end; i += BLOCK) {
    const moved = v128.load(raw() + i);
    let kept = v128.or(v128.load(mask() + i), i8x16.ne(v128.load(hold() + i), nothing));
    if (v128.any_true(moved)) kept = v128.or(kept, rimOf(i));
    let follows = v128.andnot(i8x16.eq(nothing, nothing), kept);
    if (i + BLOCK > end) follows = v128.and(follows, inside);
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
  const low = followHalf(
    v128.load(mean),
    i16x8.extend_low_i8x16_u(frame),
    i16x8.extend_low_i8x16_s(moved),
    shift,
  );
  const high = followHalf(
    v128.load(mean, 16),
    i16x8.extend_high_i8x16_u(frame),
    i16x8.extend_high_i8x16_s(moved),
    shift,
  );
  const lowMask = i16x8.extend_low_i8x16_s(follows);
  const highMask = i16x8.extend_high_i8x16_s(follows);
  v128.store(mean, v128.bitselect(low, v128.load(mean), lowMask));
  v128.store(mean, v128.bitselect(high, v128.load(mean, 16), highMask), 16);
  return i8x16.narrow_i16x8_u(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8));
}

function followHalf(mean: v128, frame: v128, moved: v128, shift: i32): v128 {
  // Half the distance, so that it fits sixteen bits with its sign.
  const half = i16x8.sub(i16x8.shl(frame, 7), i16x8.shr_u(mean, 1));
  const step = v128.bitselect(
    i16x8.shr_s(half, shift + MEAN_SHIFT_MORE_WHERE_RAW),
    i16x8.shr_s(half, shift),
    moved,
  );
  return i16x8.add(mean, step);
}
