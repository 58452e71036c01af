/**
 * The judgement of pass I, as in `../exposure.ts`: from a histogram of differences per
 * group of sixteen grey levels to a shift for each group, or to none at all.
 * @module
 */
import { groups, histogram } from "./address.ts";

const GROUPS: i32 = 16;
const GROUP_POINTS_MIN: i32 = 24;
const POINTS_MIN: i32 = 4 * GROUP_POINTS_MIN;
const NEAR: i32 = 6;

/** Points of a group. */
function pointsOf(group: i32): i32 {
  return load<i32>(groups() + 4 * group);
}

/** Grey levels by which a group of the model moves, once `shiftFrom()` said so. */
export function shiftOf(group: i32): i32 {
  return load<i32>(groups() + 4 * (GROUPS + group));
}

function setShift(group: i32, shift: i32): void {
  store<i32>(groups() + 4 * (GROUPS + group), shift);
}

function entryAt(index: i32): i32 {
  return load<i32>(histogram() + 4 * index);
}

/** False when the model should stay whatever the points' differences are. */
export function mayShift(points: i32, far: i32): bool {
  return points >= POINTS_MIN && far * 8 >= points;
}

/** The part of the points that the shifts explain; 0 when the model should stay. */
export function shiftFrom(points: i32, threshold: i32): f64 {
  for (let group = 0; group < GROUPS; group++) measureGroup(group);
  for (let group = 0; group < GROUPS; group++) {
    if (pointsOf(group) < GROUP_POINTS_MIN) borrowShift(group);
  }
  let moved = 0;
  let nearBefore = 0;
  let nearAfter = 0;
  for (let group = 0; group < GROUPS; group++) {
    const shift = shiftOf(group);
    if (shift >= threshold || -shift >= threshold) moved += pointsOf(group);
    nearBefore += countNear(group, 0);
    nearAfter += countNear(group, shift);
  }
  if (moved * 4 < points || nearAfter * 16 <= points * 9 || nearAfter < nearBefore) {
    return 0;
  }
  return (nearAfter as f64) / (points as f64);
}

/** Sets a group's number of points, and its median difference if they are enough. */
function measureGroup(group: i32): void {
  const from = group << 8;
  let points = 0;
  for (let i = from; i < from + 256; i++) points += entryAt(i);
  store<i32>(groups() + 4 * group, points);
  setShift(group, 0);
  if (points < GROUP_POINTS_MIN) return;
  let below = 0;
  for (let i = from; i < from + 256; i++) {
    below += entryAt(i);
    if (2 * below < points) continue;
    setShift(group, i - from - 128);
    return;
  }
}

/** A group with few points takes its shift from the nearest that have enough. */
function borrowShift(group: i32): void {
  let left = group - 1;
  while (left >= 0 && pointsOf(left) < GROUP_POINTS_MIN) left--;
  let right = group + 1;
  while (right < GROUPS && pointsOf(right) < GROUP_POINTS_MIN) right++;
  const leftShift = left >= 0 ? shiftOf(left) : 0;
  const rightShift = right < GROUPS ? shiftOf(right) : 0;
  if (left < 0) setShift(group, rightShift);
  else if (right >= GROUPS) setShift(group, leftShift);
  else {
    const weighed = leftShift * (right - group) + rightShift * (group - left);
    setShift(group, weighed / (right - left));
  }
}

/** Points of a group within `NEAR` of the model shifted by `shift`. */
function countNear(group: i32, shift: i32): i32 {
  const from = group << 8;
  const middle = 128 + shift;
  const low = middle - NEAR < 0 ? 0 : middle - NEAR;
  const high = middle + NEAR > 255 ? 255 : middle + NEAR;
  let points = 0;
  for (let i = low; i <= high; i++) points += entryAt(from + i);
  return points;
}
