/**
 * Pass G: `../feedback.ts`, sixteen pixels at a time.
 * @module
 */
import {
  blink,
  guardedBytes,
  height,
  mask,
  maskBefore,
  nearest,
  noise,
  origin,
  raw,
  rawBefore,
  stride,
  width,
} from "./address.ts";
import { BLOCK, bytesOf, wordsOf } from "./blocks.ts";
import { nearMask, RIM } from "./rim.ts";
import { rowIsEmpty } from "./rows.ts";

const NEAREST_MAX: i32 = 31;
const BLINK_UP: i32 = 8;

export function adapt(): void {
  const rowBytes = stride();
  const end = height() * rowBytes;
  const columns = width();
  // Rows from the last with foreground on.
  let quietRows = 0;
  for (let row = -RIM; row < RIM; row++) quietRows = rowIsEmpty(row) ? quietRows + 1 : 0;
  for (let start = 0, row = 0; start < end; start += rowBytes, row++) {
    quietRows = rowIsEmpty(row + RIM) ? quietRows + 1 : 0;
    const isQuiet = quietRows > 2 * RIM;
    for (let i = start, stop = start + columns; i < stop; i += BLOCK) {
      countBlinks(i, rowBytes, isQuiet);
      measureNoise(i);
    }
  }
  const guard = origin();
  memory.copy(rawBefore() - guard, raw() - guard, guardedBytes());
  memory.copy(maskBefore() - guard, mask() - guard, guardedBytes());
}

/** `isQuiet`: no foreground is near. */
function countBlinks(i: i32, rowBytes: i32, isQuiet: bool): void {
  const was = v128.load(blink() + i);
  const down = i8x16.sub_sat_u(was, bytesOf(1));
  let flickers = v128.xor(v128.load(raw() + i), v128.load(rawBefore() + i));
  let now = down;
  if (v128.any_true(flickers)) {
    if (!isQuiet) flickers = v128.andnot(flickers, nearMask(mask() + i, rowBytes));
    const up = i8x16.add_sat_u(was, bytesOf(BLINK_UP));
    now = v128.bitselect(up, down, flickers);
  }
  v128.store(blink() + i, now);
}

function measureNoise(i: i32): void {
  const was = v128.load(noise() + i);
  const distance = i8x16.min_u(v128.load(nearest() + i), bytesOf(NEAREST_MAX));
  const eighths = i8x16.shl(distance, 3);
  const now = i8x16.narrow_i16x8_u(
    follow(i16x8.extend_low_i8x16_u(was), i16x8.extend_low_i8x16_u(eighths)),
    follow(i16x8.extend_high_i8x16_u(was), i16x8.extend_high_i8x16_u(eighths)),
  );
  v128.store(noise() + i, v128.bitselect(was, now, v128.load(mask() + i)));
}

/** (31 * noise + target + 16) / 32. */
function follow(was: v128, target: v128): v128 {
  const most = i16x8.sub(i16x8.shl(was, 5), was);
  return i16x8.shr_u(i16x8.add(i16x8.add(most, target), wordsOf(16)), 5);
}
