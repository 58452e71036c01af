/**
 * Pass 0: `../load.ts`. The usual divisors (1, 2, 4 and 8 for luma) go sixteen bytes
 * at a time; it may read sixteen bytes past the frame's end.
 * @module
 */
import { columns, height, stride, u, v, width, y } from "./address.ts";
import { wordsOf } from "./blocks.ts";
import { repeatEdges } from "./edges.ts";

/** The frame's planes begin at three addresses; widths and heights are in bytes and rows. */
export function loadFrame(
  frame: usize,
  frameWidth: i32,
  frameHeight: i32,
  divisor: i32,
): void {
  const halfWidth = (frameWidth + 1) >> 1;
  const halfHeight = (frameHeight + 1) >> 1;
  const frameU = frame + frameWidth * frameHeight;
  const frameV = frameU + halfWidth * halfHeight;
  shrink(y(), frame, frameWidth, frameHeight, divisor);
  if (divisor === 1) {
    double(u(), frameU, halfWidth);
    double(v(), frameV, halfWidth);
  } else {
    shrink(u(), frameU, halfWidth, halfHeight, divisor >> 1);
    shrink(v(), frameV, halfWidth, halfHeight, divisor >> 1);
  }
  repeatEdges(y());
  repeatEdges(u());
  repeatEdges(v());
}

/** Rounded mean of side x side cells. */
function shrink(
  into: usize,
  from: usize,
  fromWidth: i32,
  fromHeight: i32,
  side: i32,
): void {
  const isThin = fromWidth < side || fromHeight < side;
  const rows = height();
  if (side > 1 && isThin) {
    shrinkThin(into, from, fromWidth, fromHeight, side);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const out = into + row * stride();
    const line = from + row * side * fromWidth;
    if (side === 1) memory.copy(out, line, width());
    else if (side === 2) halveRow(out, line, fromWidth);
    else if (side === 4) quarterRow(out, line, fromWidth);
    else if (side === 8) eighthRow(out, line, fromWidth);
    else shrinkRow(out, line, fromWidth, side);
  }
}

function halveRow(out: usize, line: usize, fromWidth: i32): void {
  const end = width();
  for (let i = 0; i < end; i += 16) {
    const at = line + 2 * i;
    v128.store(out + i, halved(at, at + fromWidth));
  }
}

function halved(upper: usize, lower: usize): v128 {
  return i8x16.narrow_i16x8_u(
    fourth(v128.load(upper), v128.load(lower)),
    fourth(v128.load(upper, 16), v128.load(lower, 16)),
  );
}

/** (a + b + c + d + 2) / 4 of cells of two by two. */
function fourth(upper: v128, lower: v128): v128 {
  const sum = i16x8.add(
    i16x8.extadd_pairwise_i8x16_u(upper),
    i16x8.extadd_pairwise_i8x16_u(lower),
  );
  return i16x8.shr_u(i16x8.add(sum, wordsOf(2)), 2);
}

/** Four cells of four by four at a time. */
function quarterRow(out: usize, line: usize, fromWidth: i32): void {
  const end = width();
  const half = i32x4.splat(8);
  for (let i = 0; i < end; i += 4) {
    const cells = i32x4.extadd_pairwise_i16x8_u(sumDown(line + 4 * i, fromWidth, 4));
    const mean = i32x4.shr_u(i32x4.add(cells, half), 4);
    const words = i16x8.narrow_i32x4_u(mean, mean);
    v128.store32_lane(out + i, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Two cells of eight by eight at a time. */
function eighthRow(out: usize, line: usize, fromWidth: i32): void {
  const end = width();
  for (let i = 0; i < end; i += 2) {
    const fours = i32x4.extadd_pairwise_i16x8_u(sumDown(line + 8 * i, fromWidth, 8));
    const left = i32x4.extract_lane(fours, 0) + i32x4.extract_lane(fours, 1);
    const right = i32x4.extract_lane(fours, 2) + i32x4.extract_lane(fours, 3);
    store<u8>(out + i, (left + 32) >> 6);
    store<u8>(out + i, (right + 32) >> 6, 1);
  }
}

/** Sixteen columns summed over `lines` rows, two and two of them together. */
function sumDown(at: usize, fromWidth: i32, lines: i32): v128 {
  let sum = i16x8.extadd_pairwise_i8x16_u(v128.load(at));
  for (let line = 1; line < lines; line++) {
    at += fromWidth;
    sum = i16x8.add(sum, i16x8.extadd_pairwise_i8x16_u(v128.load(at)));
  }
  return sum;
}

/** Any other side: a row of cells, one source line after the other. */
function shrinkRow(out: usize, line: usize, fromWidth: i32, side: i32): void {
  const end = width();
  const area = side * side;
  const sums = columns();
  for (let column = 0; column < end; column++) store<i32>(sums + 4 * column, area >> 1);
  for (let row = 0; row < side; row++) {
    let at = line + row * fromWidth;
    for (let column = 0; column < end; column++) {
      let sum = load<i32>(sums + 4 * column);
      for (const stop = at + side; at < stop; at++) sum += load<u8>(at) as i32;
      store<i32>(sums + 4 * column, sum);
    }
  }
  for (let column = 0; column < end; column++) {
    store<u8>(out + column, load<i32>(sums + 4 * column) / area);
  }
}

/** For pictures thinner than a cell: the mean of what a cell has of them. */
function shrinkThin(
  into: usize,
  from: usize,
  fromWidth: i32,
  fromHeight: i32,
  side: i32,
): void {
  const columns = width();
  const rows = height();
  const cellWidth = side < fromWidth ? side : fromWidth;
  const cellHeight = side < fromHeight ? side : fromHeight;
  const area = cellWidth * cellHeight;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corner = from + row * side * fromWidth + column * side;
      let sum = area >> 1;
      for (let line = 0; line < cellHeight; line++) {
        const start = corner + line * fromWidth;
        for (let i = 0; i < cellWidth; i++) sum += load<u8>(start + i) as i32;
      }
      store<u8>(into + row * stride() + column, sum / area);
    }
  }
}

/** Every pixel twice along both axes. */
function double(into: usize, from: usize, fromWidth: i32): void {
  const columns = width();
  const rows = height();
  for (let row = 0; row < rows; row++) {
    const line = from + (row >> 1) * fromWidth;
    const out = into + row * stride();
    for (let i = 0; i < columns; i += 16) {
      const half = v128.load64_zero(line + (i >> 1));
      const lanes = i8x16(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
      v128.store(out + i, i8x16.swizzle(half, lanes));
    }
  }
}
