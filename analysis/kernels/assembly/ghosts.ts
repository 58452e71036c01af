/**
 * Pass F: `../ghosts.ts`. Outlines are few, so their votes are taken one by one; the
 * counters of all pixels go down sixteen at a time.
 * @module
 */
import {
  backY,
  candidate,
  ghost,
  guardedBytes,
  height,
  hold,
  mask,
  meanU,
  meanV,
  meanY,
  origin,
  raw,
  rowRuns,
  runEnd,
  runStart,
  runVotes,
  samples,
  stride,
  u,
  v,
  width,
  y,
  yBefore,
} from "./address.ts";
import { apart, BLOCK, BLOCK_BYTES, bytesOf, SAMPLE_BYTES } from "./blocks.ts";
import { findRuns, rootOf } from "./runs.ts";

const OUTSIDE: i32 = 3;
const INSIDE: i32 = 2;
const CONTRAST_MARGIN: i32 = 10;
const VOTES_MIN: i32 = 12;
const STILL_BELOW: i32 = 12;
const COUNT_UP: i32 = 4;
const COUNT_DOWN: i32 = 2;
const COUNT_RELEASE: i32 = 12;

/** Gives the foreground's size in pixels, as it was before. */
export function releaseGhosts(): i32 {
  const pixels = findStill();
  // Pass C's result is not needed any more: it holds what is still.
  const runs = findRuns(candidate(), 255, 0, height());
  memory.fill(runVotes(), 0, 12 * runs);
  voteOutlines();
  countGhosts();
  memory.copy(yBefore() - origin(), y() - origin(), guardedBytes());
  return pixels;
}

/** Marks the foreground that held still in `candidate`; gives the size of all of it. */
function findStill(): i32 {
  const columns = width();
  const end = height() * stride();
  let pixels = 0;
  for (let row = 0; row < end; row += stride()) {
    for (let i = row, stop = row + columns; i < stop; i += BLOCK) {
      let still = v128.load(mask() + i);
      if (v128.any_true(still)) {
        pixels += popcnt<i32>(i8x16.bitmask(still));
        const moved = apart(v128.load(y() + i), v128.load(yBefore() + i));
        still = v128.and(still, i8x16.lt_u(moved, bytesOf(STILL_BELOW)));
      }
      v128.store(candidate() + i, still);
    }
  }
  return pixels;
}

/** Lets every pixel at the foreground's outline vote, in the direction it looks outside. */
function voteOutlines(): void {
  const columns = width();
  const rows = height();
  const rowBytes = stride();
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes;
    const end = load<i32>(rowRuns() + 4 * (row + 1));
    for (let run = load<i32>(rowRuns() + 4 * row); run < end; run++) {
      const votes = runVotes() + 12 * rootOf(run);
      const left = load<i32>(runStart() + 4 * run);
      const right = load<i32>(runEnd() + 4 * run) - 1;
      const endsLeft = load<u8>(mask() + start + left - 1) === 0;
      if (endsLeft && left >= OUTSIDE && left + INSIDE < columns) {
        voteAcross(start + left - OUTSIDE, start + left + INSIDE, votes);
      }
      const endsRight = load<u8>(mask() + start + right + 1) === 0;
      if (endsRight && right + OUTSIDE < columns && right >= INSIDE) {
        voteAcross(start + right + OUTSIDE, start + right - INSIDE, votes);
      }
      voteUpAndDown(row, start + left, start + right, votes);
    }
  }
}

/** Sixteen pixels at a time are asked whether the row above, or below, ends there. */
function voteUpAndDown(row: i32, left: i32, right: i32, votes: usize): void {
  const rowBytes = stride();
  const lookUp = row >= OUTSIDE && row + INSIDE < height();
  const lookDown = row + OUTSIDE < height() && row >= INSIDE;
  for (let i = left; i <= right; i += BLOCK) {
    const rest = right - i + 1;
    if (lookUp) voteWhere(stillAt(i - rowBytes, rest), i, -rowBytes, votes);
    if (lookDown) voteWhere(stillAt(i + rowBytes, rest), i, rowBytes, votes);
  }
}

/** Bit n is set where the n-th of the next pixels is no foreground; `count` of them count. */
function stillAt(i: i32, count: i32): i32 {
  const bits = i8x16.bitmask(i8x16.eq(v128.load(mask() + i), bytesOf(0)));
  return count >= BLOCK ? bits : bits & ((1 << count) - 1);
}

/** `out`: the step from a pixel to the outside. */
function voteWhere(bits: i32, i: i32, out: i32, votes: usize): void {
  for (let left = bits; left !== 0; left &= left - 1) {
    const at = i + ctz<i32>(left);
    voteAcross(at + OUTSIDE * out, at - INSIDE * out, votes);
  }
}

/** Adds to a part's three counters: votes taken, for the frame, for the model. */
function voteAcross(outside: i32, inside: i32, votes: usize): void {
  const frame = contrast(y() + outside, y() + inside) +
    contrast(u() + outside, u() + inside) + contrast(v() + outside, v() + inside);
  const model = contrast(backY() + outside, backY() + inside) +
    contrast(meanU() + 2 * outside + 1, meanU() + 2 * inside + 1) +
    contrast(meanV() + 2 * outside + 1, meanV() + 2 * inside + 1);
  store<i32>(votes, load<i32>(votes) + 1);
  if (frame > model + CONTRAST_MARGIN) store<i32>(votes, load<i32>(votes, 4) + 1, 4);
  else if (model > frame + CONTRAST_MARGIN) {
    store<i32>(votes, load<i32>(votes, 8) + 1, 8);
  }
}

function contrast(one: usize, other: usize): i32 {
  const difference = (load<u8>(one) as i32) - (load<u8>(other) as i32);
  return difference < 0 ? -difference : difference;
}

/** Counts every pixel up or down, and releases those that have been ghosts long enough. */
function countGhosts(): void {
  const columns = width();
  const rows = height();
  for (let row = 0; row < rows; row++) {
    const start = row * stride();
    let from = start;
    const end = load<i32>(rowRuns() + 4 * (row + 1));
    for (let run = load<i32>(rowRuns() + 4 * row); run < end; run++) {
      if (!isGhost(runVotes() + 12 * rootOf(run))) continue;
      const left = start + load<i32>(runStart() + 4 * run);
      const right = start + load<i32>(runEnd() + 4 * run);
      countDown(from, left);
      for (let i = left; i < right; i++) countUp(i);
      from = right;
    }
    countDown(from, start + columns);
  }
}

function isGhost(votes: usize): bool {
  const taken = load<i32>(votes);
  const forFrame = load<i32>(votes, 4);
  const forModel = load<i32>(votes, 8);
  return taken >= VOTES_MIN && forModel > 2 * forFrame && forModel * 4 > taken;
}

function countDown(from: i32, to: i32): void {
  const down = bytesOf(COUNT_DOWN);
  let i = from;
  for (; i + 16 <= to; i += 16) {
    v128.store(ghost() + i, i8x16.sub_sat_u(v128.load(ghost() + i), down));
  }
  for (; i < to; i++) countDownOne(ghost() + i);
}

function countDownOne(at: usize): void {
  const count: i32 = load<u8>(at) as i32;
  store<u8>(at, count > COUNT_DOWN ? count - COUNT_DOWN : 0);
}

function countUp(i: i32): void {
  if (load<u8>(hold() + i) !== 0) {
    countDownOne(ghost() + i);
    return;
  }
  const count: i32 = (load<u8>(ghost() + i) as i32) + COUNT_UP;
  store<u8>(ghost() + i, count > 255 ? 255 : count);
  if (count >= COUNT_RELEASE) release(i);
}

/** The frame becomes half of the samples, and the mean: the pixel is still again. */
function release(i: i32): void {
  const yHere = load<u8>(y() + i);
  const uHere = load<u8>(u() + i);
  const vHere = load<u8>(v() + i);
  const first = samples() + (i >> 4) * BLOCK_BYTES + (i & 15);
  const end = first + BLOCK_BYTES;
  for (let sample = first; sample < end; sample += 2 * SAMPLE_BYTES) {
    store<u8>(sample, yHere);
    store<u8>(sample, uHere, 16);
    store<u8>(sample, vHere, 32);
  }
  store<u16>(meanY() + 2 * i, (yHere as i32) << 8);
  store<u16>(meanU() + 2 * i, (uHere as i32) << 8);
  store<u16>(meanV() + 2 * i, (vHere as i32) << 8);
  store<u8>(backY() + i, yHere);
  store<u8>(ghost() + i, 0);
  store<u8>(mask() + i, 0);
  store<u8>(raw() + i, 0);
}
