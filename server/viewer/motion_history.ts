/**
 * The strongest motion of each of the last minutes' seconds. Seconds without a frame
 * are missing, not zero. Pure.
 * @module
 */
import { RECENT_SECONDS, type RecentMotion } from "../live_protocol.ts";

export interface MotionSecond {
  /** Whole seconds of the page's time. */
  readonly second: number;
  /** Strongest motion of that second, percent of the picture. */
  readonly peakPct: number;
}

/** Oldest first, at most one entry a second. */
export type MotionHistory = readonly MotionSecond[];

/** Five minutes: as long as the program remembers. */
export const HISTORY_SECONDS = RECENT_SECONDS;

/** The history with one more frame. */
export function extendHistory(
  was: MotionHistory,
  motionPct: number,
  nowMs: number,
): MotionHistory {
  const second = Math.floor(nowMs / 1_000);
  const last = was.at(-1);
  if (last?.second === second) {
    if (last.peakPct >= motionPct) return was;
    return [...was.slice(0, -1), { second, peakPct: motionPct }];
  }
  const kept = was.filter((entry) => second - entry.second < HISTORY_SECONDS);
  return [...kept, { second, peakPct: motionPct }];
}

/**
 * Puts what the program remembers in its place: it has seen all of its time, the page
 * only what it was connected for.
 */
export function recallHistory(
  was: MotionHistory,
  recalled: readonly RecentMotion[],
  nowMs: number,
): MotionHistory {
  const nowSecond = Math.floor(nowMs / 1_000);
  const told = recalled.map(({ secondsAgo, peakPct }) => (
    { second: nowSecond - secondsAgo, peakPct }
  ));
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last) return was;
  const earlier = was.filter(({ second }) => second < first.second);
  const later = was.filter(({ second }) => second > last.second);
  return [...earlier, ...told, ...later]
    .filter(({ second }) => nowSecond - second < HISTORY_SECONDS);
}

/**
 * How much is shown: a page that was just opened shows what it has, larger.
 * @returns seconds, `HISTORY_SECONDS` at most
 */
export function shownSeconds(history: MotionHistory, nowSecond: number): number {
  const have = nowSecond - (history[0]?.second ?? nowSecond);
  return SPANS_S.find((span) => have <= span) ?? HISTORY_SECONDS;
}

const SPANS_S = [60, 120, HISTORY_SECONDS];

/** The smallest round top of the scale that holds every entry, percent. */
export function scaleTop(history: MotionHistory): number {
  const peak = history.reduce((most, { peakPct }) => Math.max(most, peakPct), 0);
  return SCALE_TOPS.find((top) => peak <= top) ?? 100;
}

const SCALE_TOPS = [2, 5, 10, 20, 50, 100];
