/**
 * Pass G: `../feedback.ts`, sixteen pixels at a time.
 * @module
 */
import {
  blink,
  guardedBytes,
  height,
  hold,
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
import { BLOCK, bytesOf, isSet, wordsOf } from "./blocks.ts";
import { clearLines, drawLine, lineAt, near, RIM } from "./rim.ts";
import { rowIsEmpty } from "./rows.ts";

const NEAREST_MAX: i32 = 31;
const BLINK_UP: i32 = 8;

export function adapt(): void {
  const rowBytes = stride();
  const rows = height();
  const columns = width();
  const line = lineAt(0);
  clearLines();
  // Rows without foreground up to the newest that was looked at.
  let quietRows = 0;
  for (let row = -RIM; row < RIM; row++) quietRows = rowIsEmpty(row) ? quietRows + 1 : 0;
  for (let row = 0; row < rows; row++) {
    quietRows = rowIsEmpty(row + RIM) ? quietRows + 1 : 0;
    const isQuiet = quietRows > 2 * RIM;
    if (!isQuiet) drawLine(line, row);
    const start = row * rowBytes;
    for (let i = 0; i < columns; i += BLOCK) {
      let kept = isSet(v128.load(hold() + start + i));
      if (!isQuiet) kept = v128.or(kept, near(line + i));
      countBlinks(start + i, kept);
      measureNoise(start + i, kept);
    }
  }
  const guard = origin();
  memory.copy(rawBefore() - guard, raw() - guard, guardedBytes());
  memory.copy(maskBefore() - guard, mask() - guard, guardedBytes());
}

/** `kept`: where something stands, or is near. */
function countBlinks(i: i32, kept: v128): void {
  const was = v128.load(blink() + i);
  const flickers = v128.xor(v128.load(raw() + i), v128.load(rawBefore() + i));
  const up = i8x16.add_sat_u(was, bytesOf(BLINK_UP));
  const down = i8x16.sub_sat_u(was, bytesOf(1));
  v128.store(blink() + i, v128.bitselect(up, down, v128.andnot(flickers, kept)));
}

function measureNoise(i: i32, kept: v128): void {
  const was = v128.load(noise() + i);
  const distance = i8x16.min_u(v128.load(nearest() + i), bytesOf(NEAREST_MAX));
  const eighths = i8x16.shl(distance, 3);
  const now = i8x16.narrow_i16x8_u(
    follow(i16x8.extend_low_i8x16_u(was), i16x8.extend_low_i8x16_u(eighths)),
    follow(i16x8.extend_high_i8x16_u(was), i16x8.extend_high_i8x16_u(eighths)),
  );
  v128.store(noise() + i, v128.bitselect(was, now, kept));
}

/** (31 * noise + target + 16) / 32. */
function follow(was: v128, target: v128): v128 {
  const most = i16x8.sub(i16x8.shl(was, 5), was);
  return i16x8.shr_u(i16x8.add(i16x8.add(most, target), wordsOf(16)), 5);
}
