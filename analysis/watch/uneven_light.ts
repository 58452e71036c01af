/**
 * Finds light that fell unevenly: a lamp lights what is near more than what is far, and no
 * one rule for all tones follows it. The scene's edges stay, so it is the same scene under
 * much foreground. Knows the whole picture only; a field of light in it is `causes/`.
 * @module
 */
import type { Measures } from "./measures.ts";

/** So many edges are in place under so much foreground, for so long. */
const KEPT = 0.75;
const MASK = 0.35;
const LASTS_S = 0.5;
/** … and it has come to rest, or not within this. */
const CHANGED = 0.12;
const LASTS_S_MAX = 1.2;

export class UnevenLight {
  #forS = 0;
  #isAsked = false;
  /** It has come to rest: a new model is of use. */
  rests = false;
  /** How sure, 0..1. */
  score = 0;

  /** Once a frame, before it may be asked: what was not asked for last time is over. */
  pass(): void {
    if (!this.#isAsked) this.#forS = 0;
    this.#isAsked = false;
  }

  /**
   * @param given `kept`: edges in place, of the usual; `sudden`: the picture was upset a
   * moment ago, as who comes close grows over an edge: size alone is no light
   * @returns true while there is such light
   */
  step(
    { mask, changed }: Measures,
    { kept, dtS, sudden }: {
      readonly kept: number;
      readonly dtS: number;
      readonly sudden: boolean;
    },
  ): boolean {
    this.#isAsked = true;
    const uneven = (this.#forS > 0 || sudden) && kept >= KEPT && mask >= MASK;
    this.#forS = uneven ? this.#forS + dtS : 0;
    this.rests = (this.#forS >= LASTS_S && changed < CHANGED) ||
      this.#forS >= LASTS_S_MAX;
    this.score = Math.min(1, 0.5 + mask / 2);
    return uneven;
  }

  /** It was told. */
  reset(): void {
    this.#forS = 0;
  }
}
