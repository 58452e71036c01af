/**
 * Rain: bright slanted streaks that are elsewhere in every frame, and a grey veil.
 * @module
 */
import type { FrameFormat } from "../frame/frame.ts";
import { applyTable, type Effect, type Span, tableOf } from "./effect.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import type { RandomStream } from "./random.ts";

export const RAIN_RANGES = {
  /** Streaks in a picture 640 wide and 360 high at full rain; others by their area. */
  streaks: [150, 700],
  /** Columns per row that a drop drifts. */
  slant: [-0.35, 0.35],
  /** Length of a near drop's streak, picture widths. */
  length: [0.04, 0.1],
  /** Luma that a drop's light tends to, and how much of it there is. */
  luma: [185, 235],
  cover: [1, 2],
  /** Contrast that the air takes. */
  veil: [0.05, 0.25],
} as const satisfies Ranges;

type Parameters = { readonly [name in keyof typeof RAIN_RANGES]: number };

/** The rain of `scene:street-rain`. */
const STEADY: Parameters = {
  ...{ streaks: 420, slant: -0.16, length: 43 / 640, luma: 215, cover: 1, veil: 0.16 },
};
const STEADY_SPAN: Span = { startMs: 6_000, endMs: Infinity };

/** From the first drop to full rain. */
const GATHERS_MS = 3_000;
const REFERENCE_PX = 640 * 360;

/** @param drawn another rain for each seed; one steady rain from 6 s on when absent */
export function rainEffect(
  drawn?: { readonly seed: number; readonly span: Span },
): Effect {
  const span = drawn?.span ?? STEADY_SPAN;
  const rain = drawn
    ? drawParameters(RAIN_RANGES, { seed: drawn.seed, effect: "rain" })
    : STEADY;
  return {
    name: "rain",
    apply(pixels, format, { timeMs, random }) {
      const strength = strengthAt(timeMs, span);
      if (strength === 0) return;
      veil(pixels, format, rain.veil * strength);
      const area = format.width * format.height / REFERENCE_PX;
      const streaks = Math.round(rain.streaks * strength * area);
      for (let i = 0; i < streaks; i++) drawStreak(pixels, format, { rain, random });
    },
    causes: (untilMs) =>
      untilMs <= span.startMs ? [] : [{
        cause: "rain",
        startMs: span.startMs,
        endMs: Math.min(untilMs, span.endMs),
      }],
  };
}

function strengthAt(timeMs: number, { startMs, endMs }: Span): number {
  const part = Math.min(timeMs - startMs, endMs - timeMs) / GATHERS_MS;
  return Math.max(0, Math.min(1, part));
}

/** Water in the air takes contrast and colour. */
function veil(pixels: Uint8Array, format: FrameFormat, part: number): void {
  const lumaEnd = format.width * format.height;
  const luma = tableOf((value) => value + (118 - value) * part - 37.5 * part);
  const chroma = tableOf((value) => value + (128 - value) * 1.5625 * part);
  applyTable(pixels, luma, { from: 0, to: lumaEnd });
  applyTable(pixels, chroma, { from: lumaEnd, to: pixels.length });
}

/** Near drops are few, long, wide and pale; far ones many, short and thin. */
function drawStreak(
  pixels: Uint8Array,
  format: FrameFormat,
  { rain, random }: { readonly rain: Parameters; readonly random: RandomStream },
): void {
  const { width, height } = format;
  const nearness = random.next() ** 3;
  const unit = width / 640;
  const length = rain.length * 640 * (9 + 34 * nearness) / 43 * unit *
    random.between(0.8, 1.2);
  const half = Math.max(0.3, (0.35 + 0.75 * nearness) * unit);
  const alpha = rain.cover * random.between(0.14, 0.3) * (1 - 0.5 * nearness);
  const top = random.between(-length, height);
  const left = random.between(0, width - length * rain.slant);
  for (
    let row = Math.max(0, Math.ceil(top));
    row < Math.min(height, top + length);
    row++
  ) {
    const along = (row - top) / length;
    const middle = left + rain.slant * (row - top);
    const fade = alpha * 4 * along * (1 - along);
    const last = Math.min(width - 1, Math.floor(middle + half));
    for (let column = Math.max(0, Math.floor(middle - half)); column <= last; column++) {
      const covered = Math.min(column + 1, middle + half) -
        Math.max(column, middle - half);
      const at = row * width + column;
      pixels[at]! += (rain.luma - pixels[at]!) * fade * Math.min(1, covered);
    }
  }
}
