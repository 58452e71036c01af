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
  const rows = height();
  clearLines();
  // Rows without foreground up to the newest that was looked at.
  let quietRows = 0;
  for (let row = -RIM; row < RIM; row++) quietRows = rowIsEmpty(row) ? quietRows + 1 : 0;
  for (let row = 0; row < rows; row++) {
    quietRows = rowIsEmpty(row + RIM) ? quietRows + 1 : 0;
    const isQuiet = quietRows > 2 * RIM;
    if (!isQuiet) drawLine(lineAt(0), row);
    adaptRow(row * stride(), isQuiet);
  }
  const guard = origin();
  memory.copy(maskBefore() - guard, mask() - guard, guardedBytes());
}

/** The row that begins at pixel `start`; what is raw in it is kept for the next frame. */
function adaptRow(start: i32, isQuiet: bool): void {
  const columns = width();
  const line = lineAt(0);
  // Read once: what is stored might have changed them, for all that the compiler knows.
  const holds = hold() + start;
  const raws = raw() + start;
  const rawsBefore = rawBefore() + start;
  const blinks = blink() + start;
  const noises = noise() + start;
  const distances = nearest() + start;
  for (let i = 0; i < columns; i += BLOCK) {
    let kept = isSet(v128.load(holds + i));
    if (!isQuiet) kept = v128.or(kept, near(line + i));
    const here = v128.load(raws + i);
    const flickers = v128.xor(here, v128.load(rawsBefore + i));
    v128.store(rawsBefore + i, here);
    countBlinks(blinks + i, v128.andnot(flickers, kept));
    measureNoise(noises + i, v128.load(distances + i), kept);
  }
}

function countBlinks(at: usize, flickers: v128): void {
  const was = v128.load(at);
  const up = i8x16.add_sat_u(was, bytesOf(BLINK_UP));
  const down = i8x16.sub_sat_u(was, bytesOf(1));
  v128.store(at, v128.bitselect(up, down, flickers));
}

/** `kept`: where something stands, or is near. */
function measureNoise(at: usize, distances: v128, kept: v128): void {
  const was = v128.load(at);
  const eighths = i8x16.shl(i8x16.min_u(distances, bytesOf(NEAREST_MAX)), 3);
  const now = i8x16.narrow_i16x8_u(
    follow(i16x8.extend_low_i8x16_u(was), i16x8.extend_low_i8x16_u(eighths)),
    follow(i16x8.extend_high_i8x16_u(was), i16x8.extend_high_i8x16_u(eighths)),
  );
  v128.store(at, v128.bitselect(was, now, kept));
}

/** (31 * noise + target + 16) / 32. */
function follow(was: v128, target: v128): v128 {
  const most = i16x8.sub(i16x8.shl(was, 5), was);
  return i16x8.shr_u(i16x8.add(i16x8.add(most, target), wordsOf(16)), 5);
}
