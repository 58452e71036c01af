/**
 * Pass I: the light or the gain changed, nothing moved.
 *
 * On a sparse grid of still points, d = frame - model is collected per group of
 * sixteen grey levels of the model. The median of d in each group is a shift table
 * of sixteen entries, which follows gain, offset and gamma alike and survives up
 * to half of the points being foreground. The table is applied to the model when
 *   - the groups it moves by at least the threshold hold a quarter of the points,
 *   - more than 9/16 of all points are within 6 of the shifted model, and
 *   - not fewer than were without the shift.
 * Samples and running means are judged apart, as they lag differently; chroma only
 * when luma's samples moved. Nothing is done, at the price of one look at the grid,
 * while fewer than an eighth of the points differ.
 *
 * Without it cdnet_pedestrians under a synthetic exposure change falls from F1
 * .958 to .481. A part of the scene changing its light is not handled.
 * @module
 */
import { repeatEdges } from "./edges.ts";
import { BLOCK, type Planes, SAMPLE_BYTES, sampleIndex, SAMPLES } from "./planes.ts";

const GRID = 8;
const GROUPS = 16;
/** Fewest points for a group's median to mean something. */
const GROUP_POINTS_MIN = 24;
/** Fewest points for a picture's. */
const POINTS_MIN = 4 * GROUP_POINTS_MIN;
/** Grey levels between a point and the shifted model that count as agreement. */
const NEAR = 6;
const LUMA_THRESHOLD = 4;
const CHROMA_THRESHOLD = 2;
/** Moves the grid's sample slot from frame to frame. */
const SLOT_STEP = 5;

/**
 * @returns the part of the still points that agree with the shifted model, 9/16 to 1,
 * or 0 when luma's samples stayed as they were
 */
export function compensate(planes: Planes, turn: number): number {
  const { y, u, v, meanY, meanU, meanV } = planes;
  const slot = turn * SLOT_STEP;
  const explained = compensateSamples(planes, y, 0, slot);
  if (compensateMean(planes, y, meanY, LUMA_THRESHOLD) > 0) refreshBackY(planes);
  if (explained === 0) return 0;
  compensateSamples(planes, u, 1, slot);
  compensateMean(planes, u, meanU, CHROMA_THRESHOLD);
  compensateSamples(planes, v, 2, slot);
  compensateMean(planes, v, meanV, CHROMA_THRESHOLD);
  return explained;
}

function compensateSamples(
  planes: Planes,
  frame: Uint8Array,
  channel: number,
  slot: number,
): number {
  const threshold = channel === 0 ? LUMA_THRESHOLD : CHROMA_THRESHOLD;
  const { maskBefore, histogram, origin, width, height, stride, samples } = planes;
  histogram.fill(0);
  let far = 0;
  let points = 0;
  for (let row = GRID / 2; row < height; row += GRID) {
    for (let column = firstColumn(row); column < width; column += GRID) {
      const pixel = row * stride + column;
      if (maskBefore[origin + pixel] !== 0) continue;
      const which = ((pixel >> 3) + slot) & (SAMPLES - 1);
      const model = samples[sampleIndex(pixel, which, channel)]!;
      far += count(histogram, model, frame[origin + pixel]! - model, threshold);
      points++;
    }
  }
  const explained = shiftFrom(planes, points, far, threshold);
  if (explained === 0) return 0;
  const { table } = planes;
  for (let at = channel * BLOCK; at < samples.length; at += SAMPLE_BYTES) {
    for (let i = at; i < at + BLOCK; i++) samples[i] = table[samples[i]!]!;
  }
  return explained;
}

function compensateMean(
  planes: Planes,
  frame: Uint8Array,
  mean: Uint16Array,
  threshold: number,
): number {
  const { maskBefore, histogram, origin, width, height, stride, table } = planes;
  histogram.fill(0);
  let far = 0;
  let points = 0;
  for (let row = GRID / 2; row < height; row += GRID) {
    for (let column = firstColumn(row); column < width; column += GRID) {
      const pixel = row * stride + column;
      if (maskBefore[origin + pixel] !== 0) continue;
      const model = mean[pixel]! >> 8;
      far += count(histogram, model, frame[origin + pixel]! - model, threshold);
      points++;
    }
  }
  const explained = shiftFrom(planes, points, far, threshold);
  if (explained === 0) return 0;
  for (let i = 0; i < mean.length; i++) {
    mean[i] = (table[mean[i]! >> 8]! << 8) | (mean[i]! & 255);
  }
  return explained;
}

/** Odd rows of the grid stand half a step to the right. */
function firstColumn(row: number): number {
  return GRID / 2 + ((row & GRID) === 0 ? 0 : GRID / 2);
}

/** Enters one point; 1 when it differs by the threshold. */
function count(
  histogram: Int32Array,
  model: number,
  difference: number,
  threshold: number,
): number {
  const held = Math.max(-128, Math.min(127, difference));
  const at = ((model >> 4) << 8) + held + 128;
  histogram[at] = histogram[at]! + 1;
  return Math.abs(difference) >= threshold ? 1 : 0;
}

/** Makes `planes.table` from the histogram; 0 when the model should stay. */
function shiftFrom(
  planes: Planes,
  points: number,
  far: number,
  threshold: number,
): number {
  if (points < POINTS_MIN || far * 8 < points) return 0;
  const { histogram, groups, table } = planes;
  for (let group = 0; group < GROUPS; group++) measureGroup(histogram, groups, group);
  for (let group = 0; group < GROUPS; group++) {
    if (groups[group]! < GROUP_POINTS_MIN) borrowShift(groups, group);
  }
  let moved = 0;
  let nearBefore = 0;
  let nearAfter = 0;
  for (let group = 0; group < GROUPS; group++) {
    const shift = groups[GROUPS + group]!;
    if (Math.abs(shift) >= threshold) moved += groups[group]!;
    nearBefore += countNear(histogram, group, 0);
    nearAfter += countNear(histogram, group, shift);
  }
  if (moved * 4 < points || nearAfter * 16 <= points * 9 || nearAfter < nearBefore) {
    return 0;
  }
  for (let value = 0; value < 256; value++) {
    const shifted = value + groups[GROUPS + (value >> 4)]!;
    table[value] = Math.max(0, Math.min(255, shifted));
  }
  return nearAfter / points;
}

/** Sets a group's number of points, and its median difference if they are enough. */
function measureGroup(histogram: Int32Array, groups: Int32Array, group: number): void {
  const from = group << 8;
  let points = 0;
  for (let i = from; i < from + 256; i++) points += histogram[i]!;
  groups[group] = points;
  groups[GROUPS + group] = 0;
  if (points < GROUP_POINTS_MIN) return;
  let below = 0;
  for (let i = from; i < from + 256; i++) {
    below += histogram[i]!;
    if (2 * below < points) continue;
    groups[GROUPS + group] = i - from - 128;
    return;
  }
}

/** A group with few points takes its shift from the nearest that have enough. */
function borrowShift(groups: Int32Array, group: number): void {
  let left = group - 1;
  while (left >= 0 && groups[left]! < GROUP_POINTS_MIN) left--;
  let right = group + 1;
  while (right < GROUPS && groups[right]! < GROUP_POINTS_MIN) right++;
  const leftShift = left >= 0 ? groups[GROUPS + left]! : 0;
  const rightShift = right < GROUPS ? groups[GROUPS + right]! : 0;
  if (left < 0) groups[GROUPS + group] = rightShift;
  else if (right >= GROUPS) groups[GROUPS + group] = leftShift;
  else {
    const weighed = leftShift * (right - group) + rightShift * (group - left);
    groups[GROUPS + group] = (weighed / (right - left)) | 0;
  }
}

/** Points of a group within `NEAR` of the model shifted by `shift`. */
function countNear(histogram: Int32Array, group: number, shift: number): number {
  const from = group << 8;
  const low = Math.max(0, 128 + shift - NEAR);
  const high = Math.min(255, 128 + shift + NEAR);
  let points = 0;
  for (let i = low; i <= high; i++) points += histogram[from + i]!;
  return points;
}

function refreshBackY(planes: Planes): void {
  const { meanY, backY, origin } = planes;
  for (let pixel = 0; pixel < meanY.length; pixel++) {
    backY[origin + pixel] = meanY[pixel]! >> 8;
  }
  repeatEdges(planes, backY);
}
