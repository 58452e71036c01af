/**
 * The light on ground that is held: nothing is learned where somebody stands, and when
 * the light goes up or down meanwhile, the ground around him would become foreground.
 * So what is bare of it tells how the light changed, and the whole of it follows. Knows
 * nothing of who stands there; light over the whole picture is `kernels/exposure.ts`.
 * @module
 */
import type { WorkBox } from "./background_ground.ts";
import {
  BLOCK,
  type Planes,
  SAMPLE_BYTES,
  sampleIndex,
  SAMPLES,
} from "./kernels/planes.ts";

/** `Planes.hold` where somebody stands, and where the light was followed already. */
export const HELD = 1;
const FOLLOWED = 2;
const BLACK = 16;
/** Bare pixels that tell the light, and the part of all bare ones that must agree. */
const TELLING_MIN = 60;
const AGREE_MIN = 0.5;
/** The median differs by as many grey levels: less is noise, … */
const SHIFT_MIN = 2;
/** … and what differs by more is no slow light. */
const SHIFT_MAX = 24;

const counts = new Int32Array(2 * SHIFT_MAX + 1);

/**
 * Lets held ground in a box follow the light: the gain (about black) that the median of
 * its bare pixels (no foreground, and still like the model) tells, on luma and chroma.
 * What another box did in this frame is left alone.
 * @returns the gain, 1 when nothing was done
 */
export function followLight(planes: Planes, box: WorkBox): number {
  const gain = gainOf(planes, box);
  if (gain !== 1) relight(planes, box, gain);
  return gain;
}

function gainOf(planes: Planes, box: WorkBox): number {
  const { y, backY, mask, raw, hold, origin, stride } = planes;
  counts.fill(0);
  let bare = 0;
  let told = 0;
  let luma = 0;
  for (let row = box.top; row < box.top + box.height; row++) {
    const start = origin + row * stride + box.left;
    for (let i = start; i < start + box.width; i++) {
      if (mask[i] !== 0 || hold[i] !== HELD) continue;
      bare++;
      const shift = y[i]! - backY[i]!;
      if (raw[i] !== 0 || Math.abs(shift) > SHIFT_MAX) continue;
      counts[shift + SHIFT_MAX]!++;
      luma += Math.max(0, backY[i]! - BLACK);
      told++;
    }
  }
  if (told < TELLING_MIN || told < AGREE_MIN * bare || luma < told) return 1;
  const shift = medianShift(told);
  return Math.abs(shift) < SHIFT_MIN ? 1 : Math.max(0.5, 1 + shift * told / luma);
}

function medianShift(told: number): number {
  let left = told >> 1;
  let at = 0;
  while (left >= counts[at]!) left -= counts[at++]!;
  return at - SHIFT_MAX;
}

function relight(planes: Planes, box: WorkBox, gain: number): void {
  const { samples, meanY, meanU, meanV, backY, hold, origin, stride } = planes;
  for (let row = box.top; row < box.top + box.height; row++) {
    for (let column = box.left; column < box.left + box.width; column++) {
      const pixel = row * stride + column;
      if (hold[origin + pixel] !== HELD) continue;
      hold[origin + pixel] = FOLLOWED;
      const first = sampleIndex(pixel, 0, 0);
      for (let at = first; at < first + SAMPLES * SAMPLE_BYTES; at += SAMPLE_BYTES) {
        samples[at] = scaled(samples[at]!, BLACK, gain);
        samples[at + BLOCK] = scaled(samples[at + BLOCK]!, GREY, gain);
        samples[at + 2 * BLOCK] = scaled(samples[at + 2 * BLOCK]!, GREY, gain);
      }
      meanY[pixel] = scaledMean(meanY[pixel]!, BLACK, gain);
      meanU[pixel] = scaledMean(meanU[pixel]!, GREY, gain);
      meanV[pixel] = scaledMean(meanV[pixel]!, GREY, gain);
      backY[origin + pixel] = meanY[pixel]! >> 8;
    }
  }
}

/** Chroma without colour. */
const GREY = 128;

function scaled(value: number, zero: number, gain: number): number {
  return Math.max(0, Math.min(255, Math.round(zero + (value - zero) * gain)));
}

/** The same in 8.8 fixed point. */
function scaledMean(value: number, zero: number, gain: number): number {
  const from = zero << 8;
  return Math.max(0, Math.min(65_535, Math.round(from + (value - from) * gain)));
}
