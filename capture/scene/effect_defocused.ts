/**
 * A lens that loses its focus and does not find it again: blur grows and stays.
 * @module
 */
import { Blurrer } from "./blur.ts";
import { type Effect, type Span, spanUntil } from "./effect.ts";
import { eased } from "./field.ts";
import { addGrain } from "./grain.ts";
import { drawParameters, type Ranges } from "./parameters.ts";

export const DEFOCUSED_RANGES = {
  /** Radius of the blur at last, picture widths. */
  radius: [0.008, 0.03],
  /** How long it takes to grow, ms. */
  growsMs: [500, 4_000],
} as const satisfies Ranges;

export function defocusedEffect(seed: number, span: Span): Effect {
  const drawn = drawParameters(DEFOCUSED_RANGES, { seed, effect: "defocused" });
  const blurrer = new Blurrer();
  const spans = (untilMs: number) => spanUntil(span, untilMs);
  return {
    name: "defocused",
    apply(pixels, format, { timeMs, random }) {
      if (timeMs < span.startMs || timeMs >= span.endMs) return;
      const part = eased((timeMs - span.startMs) / drawn.growsMs);
      const radius = drawn.radius * part * format.width;
      if (radius < 0.5) return;
      blurrer.blur(pixels, format, { radiusPx: radius });
      // The sensor's noise is not of the lens, and stays.
      addGrain(pixels, format, { random, lumaSteps: 1.2 });
    },
    causes: () => [],
    states: (untilMs) => spans(untilMs).map((one) => ({ state: "defocused", ...one })),
    blind: spans,
  };
}
