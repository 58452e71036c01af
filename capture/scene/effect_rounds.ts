/**
 * An effect that comes again in every round of a scene without an end, so that a scene
 * shows it whenever somebody looks.
 * @module
 */
import type { Effect, Span } from "./effect.ts";

/** @param effect begins and ends within a round, counted from the round's beginning */
export function inRounds(
  effect: Effect,
  { roundMs }: { readonly roundMs: number },
): Effect {
  const inRound = (timeMs: number) => timeMs % roundMs;
  const spread =
    <S extends Span>(of: (untilMs: number) => readonly S[]) => (untilMs: number): S[] => {
      const spans: S[] = [];
      for (let startMs = 0; startMs <= untilMs; startMs += roundMs) {
        for (const span of of(Math.min(roundMs, untilMs - startMs))) {
          const [from, to] = [startMs + span.startMs, startMs + span.endMs];
          spans.push({ ...span, startMs: from, endMs: to });
        }
      }
      return spans;
    };
  const { states, blind, shownMs, placeOf } = effect;
  return {
    ...effect,
    apply(pixels, format, moment) {
      effect.apply(pixels, format, { ...moment, timeMs: inRound(moment.timeMs) });
    },
    causes: spread((untilMs) => effect.causes(untilMs)),
    ...(states ? { states: spread(states) } : {}),
    ...(blind ? { blind: spread(blind) } : {}),
    ...(shownMs
      ? { shownMs: (timeMs) => timeMs - inRound(timeMs) + shownMs(inRound(timeMs)) }
      : {}),
    ...(placeOf
      ? { placeOf: (box, format, timeMs) => placeOf(box, format, inRound(timeMs)) }
      : {}),
  };
}
