/**
 * Rain: bright slanted streaks that are elsewhere in every frame, and a grey veil.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, tableOf } from "./effect.ts";
import type { RandomStream } from "./random.ts";

const STARTS_AT_MS = 6_000;
/** From the first drop to full rain. */
const GATHERS_MS = 3_000;
/** Streaks in a 640x360 picture at full rain; others in proportion to their area. */
const STREAKS = 420;
const REFERENCE_PX = 640 * 360;
/** Columns per row that a drop drifts. */
const SLANT = -0.16;
/** Luma that a drop's light tends to. */
const DROP_LUMA = 215;

export function rainEffect(): Effect {
  return {
    name: "rain",
    apply(pixels, format, { timeMs, random }) {
      const strength = strengthAt(timeMs);
      if (strength === 0) return;
      veil(pixels, format, strength);
      const area = format.width * format.height / REFERENCE_PX;
      const streaks = Math.round(STREAKS * strength * area);
      for (let i = 0; i < streaks; i++) drawStreak(pixels, format, random);
    },
    causes: (untilMs) =>
      untilMs <= STARTS_AT_MS
        ? []
        : [{ cause: "rain", startMs: STARTS_AT_MS, endMs: untilMs }],
  };
}

function strengthAt(timeMs: number): number {
  return Math.max(0, Math.min(1, (timeMs - STARTS_AT_MS) / GATHERS_MS));
}

/** Water in the air takes contrast and colour. */
function veil(pixels: Uint8Array, format: FrameFormat, strength: number): void {
  const lumaEnd = format.width * format.height;
  const luma = tableOf((value) => value + (118 - value) * 0.16 * strength - 6 * strength);
  const chroma = tableOf((value) => value + (128 - value) * 0.25 * strength);
  applyTable(pixels, luma, { from: 0, to: lumaEnd });
  applyTable(pixels, chroma, { from: lumaEnd, to: pixels.length });
}

/** Near drops are few, long, wide and pale; far ones many, short and thin. */
function drawStreak(pixels: Uint8Array, format: FrameFormat, random: RandomStream): void {
  const { width, height } = format;
  const nearness = random.next() ** 3;
  const unit = width / 640;
  const length = (9 + 34 * nearness) * unit * random.between(0.8, 1.2);
  const half = (0.35 + 0.75 * nearness) * unit;
  const alpha = random.between(0.14, 0.3) * (1 - 0.5 * nearness);
  const top = random.between(-length, height);
  const left = random.between(0, width - length * SLANT);
  for (
    let row = Math.max(0, Math.ceil(top));
    row < Math.min(height, top + length);
    row++
  ) {
    const along = (row - top) / length;
    const middle = left + SLANT * (row - top);
    const fade = alpha * 4 * along * (1 - along);
    const last = Math.min(width - 1, Math.floor(middle + half));
    for (let column = Math.max(0, Math.floor(middle - half)); column <= last; column++) {
      const covered = Math.min(column + 1, middle + half) -
        Math.max(column, middle - half);
      const at = row * width + column;
      pixels[at]! += (DROP_LUMA - pixels[at]!) * fade * Math.min(1, covered);
    }
  }
}
