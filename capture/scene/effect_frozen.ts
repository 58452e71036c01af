/**
 * A camera that shows one picture for ever: equal to the last bit, or with nothing
 * alive but the clock that it writes over it.
 * @module
 */
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { OVERLAY_RANGES, writeClock } from "./effect_overlay.ts";
import { drawParameters, type Ranges } from "./parameters.ts";

export const FROZEN_RANGES = {
  /** Under 1: equal; else a clock ticks on, before as after. */
  kind: [0, 2],
} as const satisfies Ranges;

export function frozenEffect(seed: number, span: Span): Effect {
  const { kind } = drawParameters(FROZEN_RANGES, { seed, effect: "frozen" });
  const clock = drawParameters(OVERLAY_RANGES, { seed, effect: "overlay" });
  const spans = (untilMs: number) => spanUntil(span, untilMs);
  return {
    name: "frozen",
    apply(pixels, format, { timeMs }) {
      if (kind < 1) return;
      writeClock(pixels, format, { drawn: clock, timeMs, withDate: clock.kind < 2 });
    },
    causes: () => [],
    states: (untilMs) => spans(untilMs).map((one) => ({ state: "frozen", ...one })),
    blind: spans,
    shownMs: (timeMs) => timeMs < span.endMs ? Math.min(timeMs, span.startMs) : timeMs,
  };
}
