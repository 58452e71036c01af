/**
 * Pass A: `../match.ts`, sixteen pixels at a time.
 * @module
 */
import {
  base,
  blink,
  height,
  nearest,
  noise,
  raw,
  samples,
  stride,
  u,
  v,
  width,
  y,
} from "./address.ts";
import {
  apart,
  BLOCK,
  BLOCK_BYTES,
  bytesOf,
  lastColumns,
  SAMPLE_BYTES,
} from "./blocks.ts";

const RADIUS_MAX: i32 = 48;
const IGNORED: i32 = 255;

export function match(): void {
  const columns = width();
  const rowBytes = stride();
  const end = height() * rowBytes;
  const inside = lastColumns(columns);
  for (let row = 0; row < end; row += rowBytes) {
    let sample = samples() + (row / BLOCK) * BLOCK_BYTES;
    let i = row;
    for (const stop = row + columns; i < stop; i += BLOCK) {
      matchBlock(i, sample);
      sample += BLOCK_BYTES;
    }
    const lastBlock = raw() + i - BLOCK;
    v128.store(lastBlock, v128.and(v128.load(lastBlock), inside));
  }
}

function matchBlock(i: i32, sample: usize): void {
  const yHere = v128.load(y() + i);
  const uHere = v128.load(u() + i);
  const vHere = v128.load(v() + i);
  // Distances over 255 count as 255: no radius is that wide.
  let first = bytesOf(255);
  let second = first;
  for (let at = sample, end = sample + BLOCK_BYTES; at < end; at += SAMPLE_BYTES) {
    const luma = apart(yHere, v128.load(at));
    const blue = apart(uHere, v128.load(at, 16));
    const red = apart(vHere, v128.load(at, 32));
    const distance = i8x16.add_sat_u(i8x16.add_sat_u(luma, blue), red);
    second = i8x16.min_u(second, i8x16.max_u(first, distance));
    first = i8x16.min_u(first, distance);
  }
  const start = v128.load(base() + i);
  const wider = i8x16.add(
    i8x16.shr_u(v128.load(noise() + i), 2),
    i8x16.shr_u(v128.load(blink() + i), 3),
  );
  const radius = i8x16.min_u(i8x16.add_sat_u(start, wider), bytesOf(RADIUS_MAX));
  const counts = i8x16.ne(start, bytesOf(IGNORED));
  v128.store(raw() + i, v128.and(i8x16.ge_u(second, radius), counts));
  v128.store(nearest() + i, first);
}
