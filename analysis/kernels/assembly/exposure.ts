/**
 * Pass I: `../exposure.ts`. The sparse grid is read point by point; samples and means
 * are shifted sixteen at a time, each by the shift of its group.
 * @module
 */
import {
  backY,
  height,
  histogram,
  maskBefore,
  meanU,
  meanV,
  meanY,
  samples,
  stride,
  u,
  v,
  width,
  y,
} from "./address.ts";
import {
  BLOCK,
  BLOCK_BYTES,
  meanBytes,
  SAMPLE_BYTES,
  SAMPLES,
  wordsOf,
} from "./blocks.ts";
import { repeatEdges } from "./edges.ts";
import { mayShift, shiftFrom, shiftOf } from "./shift_table.ts";

const GRID: i32 = 8;
const LUMA_THRESHOLD: i32 = 4;
const CHROMA_THRESHOLD: i32 = 2;
const SLOT_STEP: i32 = 5;
/** In place of a turn: the model is the means. No turn is negative. */
const MEANS: i32 = -1;

/** As there: the part of the still points that agree, or 0 when samples stayed. */
export function compensate(turn: i32): f64 {
  const slot = (turn * SLOT_STEP) & (SAMPLES - 1);
  const explained = compensateSamples(y(), 0, slot, LUMA_THRESHOLD);
  if (compensateMean(y(), meanY(), LUMA_THRESHOLD)) refreshBackY();
  if (explained === 0) return 0;
  compensateSamples(u(), 1, slot, CHROMA_THRESHOLD);
  compensateMean(u(), meanU(), CHROMA_THRESHOLD);
  compensateSamples(v(), 2, slot, CHROMA_THRESHOLD);
  compensateMean(v(), meanV(), CHROMA_THRESHOLD);
  return explained;
}

function compensateSamples(frame: usize, channel: i32, slot: i32, threshold: i32): f64 {
  const first = samples() + channel * BLOCK;
  if (!isFar(frame, first, slot, threshold)) return 0;
  const explained = shiftFrom(enterAll(frame, first, slot), threshold);
  if (explained === 0) return 0;
  const up = shifts(1);
  const down = shifts(-1);
  const end = samples() + height() * (stride() / BLOCK) * BLOCK_BYTES;
  for (let at = first; at < end; at += SAMPLE_BYTES) {
    v128.store(at, shifted(v128.load(at), up, down));
  }
  return explained;
}

/** True when the means were shifted. */
function compensateMean(frame: usize, mean: usize, threshold: i32): bool {
  if (!isFar(frame, mean, MEANS, threshold)) return false;
  if (shiftFrom(enterAll(frame, mean, MEANS), threshold) === 0) return false;
  const up = shifts(1);
  const down = shifts(-1);
  const fraction = wordsOf(255);
  const end = mean + 2 * height() * stride();
  for (let at = mean; at < end; at += 2 * BLOCK) {
    const whole = shifted(meanBytes(at), up, down);
    const low = i16x8.shl(i16x8.extend_low_i8x16_u(whole), 8);
    const high = i16x8.shl(i16x8.extend_high_i8x16_u(whole), 8);
    v128.store(at, v128.or(low, v128.and(v128.load(at), fraction)));
    v128.store(at, v128.or(high, v128.and(v128.load(at, 16), fraction)), 16);
  }
  return true;
}

/** Odd rows of the grid stand half a step to the right. */
function firstColumn(row: i32): i32 {
  return GRID / 2 + ((row & GRID) === 0 ? 0 : GRID / 2);
}

/**
 * Whether enough points differ by the threshold to ask what explains it: in most frames
 * none do, so they are counted before they are entered. `slot`: a turn of the samples
 * whose first one is at `model`, or `MEANS`.
 */
function isFar(frame: usize, model: usize, slot: i32, threshold: i32): bool {
  const columns = width();
  const rows = height();
  const rowBytes = stride();
  const before = maskBefore();
  let far = 0;
  let points = 0;
  for (let row = GRID / 2; row < rows; row += GRID) {
    const start = row * rowBytes;
    for (let column = firstColumn(row); column < columns; column += GRID) {
      const pixel = start + column;
      if (load<u8>(before + pixel) !== 0) continue;
      const difference = (load<u8>(frame + pixel) as i32) -
        (load<u8>(modelAt(model, pixel, slot)) as i32);
      far += difference >= threshold || -difference >= threshold ? 1 : 0;
      points++;
    }
  }
  return mayShift(points, far);
}

/** Enters all points that were still; gives their number. */
function enterAll(frame: usize, model: usize, slot: i32): i32 {
  const columns = width();
  const rows = height();
  const rowBytes = stride();
  let points = 0;
  memory.fill(histogram(), 0, 4 * 16 * 256);
  for (let row = GRID / 2; row < rows; row += GRID) {
    for (let column = firstColumn(row); column < columns; column += GRID) {
      const pixel = row * rowBytes + column;
      if (load<u8>(maskBefore() + pixel) !== 0) continue;
      enter(load<u8>(modelAt(model, pixel, slot)) as i32, load<u8>(frame + pixel) as i32);
      points++;
    }
  }
  return points;
}

/** Where a pixel's mean has its whole grey levels, or where the sample is whose turn it is. */
function modelAt(model: usize, pixel: i32, slot: i32): usize {
  if (slot === MEANS) return model + 2 * pixel + 1;
  const which = ((pixel >> 3) + slot) & (SAMPLES - 1);
  return model + (pixel >> 4) * BLOCK_BYTES + which * SAMPLE_BYTES + (pixel & 15);
}

/** Enters one point. */
function enter(model: i32, frame: i32): void {
  const difference = frame - model;
  let held = difference > 127 ? 127 : difference;
  if (held < -128) held = -128;
  const at = histogram() + 4 * (((model >> 4) << 8) + held + 128);
  store<i32>(at, load<i32>(at) + 1);
}

/** By group, how far it moves in one direction; 0 where it moves in the other. */
function shifts(direction: i32): v128 {
  // Sixteen bytes behind the groups' own numbers would do as well; the histogram is free.
  const scratch = histogram();
  for (let group = 0; group < 16; group++) {
    const shift = direction * shiftOf(group);
    store<u8>(scratch + group, shift > 0 ? shift : 0);
  }
  return v128.load(scratch);
}

/** Every byte moved by the shift of its group, held to 0..255. */
function shifted(bytes: v128, up: v128, down: v128): v128 {
  const group = i8x16.shr_u(bytes, 4);
  const raised = i8x16.add_sat_u(bytes, i8x16.swizzle(up, group));
  return i8x16.sub_sat_u(raised, i8x16.swizzle(down, group));
}

function refreshBackY(): void {
  const end = height() * stride();
  for (let i = 0; i < end; i += BLOCK) {
    v128.store(backY() + i, meanBytes(meanY() + 2 * i));
  }
  repeatEdges(backY());
}
