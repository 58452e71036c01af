/**
 * A camera that is shaken for a moment and comes back: the whole picture jitters.
 * One that is turned and stays is `effect_moved.ts`.
 * @module
 */
import type { Effect, Span } from "./effect.ts";
import { wholeArea } from "./field.ts";
import { drawParameters, type Ranges } from "./parameters.ts";
import { RandomStream } from "./random.ts";
import { type Visit, visitAt, visitsUntil } from "./visits.ts";
import { Warper } from "./warp.ts";

export const SHAKE_RANGES = {
  /** Largest way from its place, picture widths. */
  amplitude: [0.004, 0.02],
  /** Swings a second. */
  pace: [1.5, 7],
  /** Least and most length of one shaking, ms, and from one to the next. */
  shortestMs: [600, 1_000],
  longestMs: [1_200, 2_800],
  slotMs: [3_500, 5_000],
  /** Largest turn about the middle, radians. */
  turn: [0, 0.008],
  /** Height of the swing against its width. */
  upright: [0.3, 1.2],
} as const satisfies Ranges;

export function shakeEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(SHAKE_RANGES, { seed, effect: "shake" });
  const lengthMs = [drawn.shortestMs, drawn.longestMs] as const;
  const warper = new Warper();
  const plan = { seed, span, slotMs: drawn.slotMs, lengthMs };
  return {
    name: "shake",
    apply(pixels, format, { timeMs }) {
      const visit = visitAt(plan, timeMs);
      if (!visit) return;
      const { right, down, turn } = swingAt(visit, timeMs);
      const { width, height } = format;
      warper.warp(pixels, format, {
        area: wholeArea(format),
        rightOf: (_, y) => right * width - turn * (y - height / 2),
        downOf: (x) => down * width + turn * (x - width / 2),
      });
    },
    causes: (untilMs) =>
      visitsUntil(plan, untilMs).map(({ startMs, endMs }) => ({
        ...{ cause: "shake", startMs, endMs },
      })),
  };

  /** Swings that die down, in picture widths and radians. */
  function swingAt({ index, startMs, endMs }: Visit, timeMs: number) {
    const random = new RandomStream(seed, 0x54a4e, index);
    const part = (timeMs - startMs) / (endMs - startMs);
    const strength = drawn.amplitude * (1 - part);
    const beat = 2 * Math.PI * drawn.pace * (timeMs - startMs) / 1_000;
    const wave = (times: number) => Math.sin(times * beat + random.between(0, 7));
    return {
      right: strength * (0.7 * wave(1) + 0.3 * wave(1.7)),
      down: drawn.upright * strength * (0.7 * wave(1.2) + 0.3 * wave(2.1)),
      turn: drawn.turn * (1 - part) * wave(0.8),
    };
  }
}
