/**
 * How much time lies between two frames, whatever their stamps say.
 * A pure rule: the frame rate is an input of the analysis, never an exception.
 * @module
 */

/** Time since the last frame, as the tracker may use it. */
export interface TimeStep {
  /** Seconds, `STEP_S_MIN` … `STEP_S_MAX`. */
  readonly dtS: number;
  /** So much time was lost that nothing seen before can be told from what is new. */
  readonly leap: boolean;
  /** The time between the stamps as it is, seconds, where it is above `LEAP_S`; else absent. */
  readonly longS?: number;
  /** What was wrong with the stamps, to be counted; absent when nothing was. */
  readonly odd?: OddTime;
}

/** The stamp repeats the last one, lies before it, or far after it. */
export type OddTime = "repeated" | "back" | "leap";

/** Nearer stamps are taken to lie this far apart: 200 frames a second. */
export const STEP_S_MIN = 0.005;
/** Farther ones this far: a filter must not be asked to predict longer. */
export const STEP_S_MAX = 1;
/** Longer gaps end every track: an object out of sight for this long is another one. */
export const LEAP_S = 5;

/**
 * … unless the step before was as long, but for this part: then frames are that rare, as
 * those of a camera held between keyframes, and who stands there stands there.
 */
const AS_LONG = 1.5;

/** What is taken before two stamps are known. */
export const FIRST_STEP: TimeStep = { dtS: 0.1, leap: false };

/**
 * Rule: a stamp that repeats or jumps back counts as one more of the last good step;
 * a gap over `LEAP_S` is a leap if it is 1.5 times the one before; all else is clamped.
 */
export function timeStep(lastPtsUs: number, ptsUs: number, last: TimeStep): TimeStep {
  const gapS = (ptsUs - lastPtsUs) / 1_000_000;
  if (!(gapS > 0)) {
    return { dtS: last.dtS, leap: false, odd: gapS === 0 ? "repeated" : "back" };
  }
  if (gapS > LEAP_S) {
    const isRare = last.longS !== undefined && gapS <= AS_LONG * last.longS;
    if (isRare) return { dtS: STEP_S_MAX, leap: false, odd: "leap", longS: gapS };
    return { dtS: last.dtS, leap: true, odd: "leap", longS: gapS };
  }
  return { dtS: Math.min(STEP_S_MAX, Math.max(STEP_S_MIN, gapS)), leap: false };
}

/** Share of the way to a new value after `dtS`, for a first-order filter. */
export function settle(dtS: number, constantS: number): number {
  return 1 - Math.exp(-dtS / constantS);
}
