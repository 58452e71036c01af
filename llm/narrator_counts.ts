/**
 * What a narrator counts since the start, for metrics. Counts nothing itself.
 * @module
 */
import type { QuietReason } from "./narration.ts";

/** Since the start, for metrics. */
export interface NarratorCounts {
  /** Sentences that were told, templates and models together. */
  told: number;
  /** Sentences that were kept quiet, by reason. */
  readonly quiet: Record<QuietReason, number>;
  /** Pictures shown to a model. */
  asked: number;
  /** Answers that came in time, whatever they said. */
  answered: number;
  /** Questions that a model failed at, or that had no picture. */
  failed: number;
  /** Stays that are told nowhere: gone within a second, from where they appeared. */
  flickers: number;
  /** What gave way to a bound: waiting questions, questions over the hour's budget, stories, sentences. */
  dropped: number;
}

/** Nothing was counted yet. */
export function noCounts(): NarratorCounts {
  return {
    told: 0,
    quiet: { empty: 0, boilerplate: 0, repeated: 0, late: 0, echo: 0, unfinished: 0 },
    asked: 0,
    answered: 0,
    failed: 0,
    flickers: 0,
    dropped: 0,
  };
}
