/**
 * Figures of `bench capture` from what was measured, and their words. Pure.
 * @module
 */
import type { ToldFrame } from "./bench_subjects.ts";

/** CPU over one window of time, percent of one core. */
export interface CpuWindow {
  /** FFmpeg alone on the same stream. */
  readonly alonePercent: number;
  /** StreamWare with all its children. */
  readonly wholePercent: number;
}

/** Of one way to run: at full rate, or on the lower rung of the ladder. */
export interface CpuFigures {
  readonly windows: readonly CpuWindow[];
  /** Median over the windows. */
  readonly ratio: number;
}

export interface DelayFigures {
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** @param windows at least one */
export function cpuFigures(windows: readonly CpuWindow[]): CpuFigures {
  const ratios = windows.map(({ wholePercent, alonePercent }) =>
    wholePercent / alonePercent
  ).toSorted((a, b) => a - b);
  const middle = ratios.length >> 1;
  const ratio = ratios.length % 2 === 1
    ? ratios[middle]!
    : (ratios[middle - 1]! + ratios[middle]!) / 2;
  return { windows, ratio: Number(ratio.toFixed(3)) };
}

/**
 * From the camera's push to the DSL line of the same picture, ms. The test camera's
 * picture n carries the time n / `fps`, and a stream's time begins at 0.
 * @returns undefined when no line belongs to a push
 */
export function delayFigures(
  told: readonly ToldFrame[],
  { pushesMs, fps }: {
    readonly pushesMs: ReadonlyMap<number, number>;
    readonly fps: number;
  },
): DelayFigures | undefined {
  const delays = told.flatMap(({ ptsUs, atMs }) => {
    const pushMs = pushesMs.get(Math.round(ptsUs * fps / 1_000_000));
    return pushMs === undefined ? [] : [atMs - pushMs];
  }).toSorted((a, b) => a - b);
  if (delays.length === 0) return undefined;
  const at = (part: number) =>
    Number(delays[Math.floor(part * (delays.length - 1))]!.toFixed(1));
  return { frames: delays.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** What the project set itself: everything against decoding alone, and ms. */
export const GOALS = { full: 1.15, quiet: 0.35, delayP95Ms: 130 } as const;

export function cpuLine(
  name: "full" | "quiet",
  { windows, ratio }: CpuFigures,
): string {
  const mean = (of: (window: CpuWindow) => number) =>
    (windows.reduce((sum, window) => sum + of(window), 0) / windows.length).toFixed(1);
  const what = name === "full" ? "full rate" : "quiet, keyframes only";
  const alone = mean(({ alonePercent }) => alonePercent);
  const whole = mean(({ wholePercent }) => wholePercent);
  const spread = windows.map((window) =>
    (window.wholePercent / window.alonePercent).toFixed(2)
  ).join(" ");
  return `${what.padEnd(23)}x${ratio.toFixed(2)} of decoding alone (goal x${
    GOALS[name]
  }): ${whole} % against ${alone} % of a core; windows ${spread}`;
}

export function delayLine({ frames, p50, p95, p99 }: DelayFigures): string {
  return `${"push to DSL line".padEnd(23)}p50 ${p50} p95 ${p95} p99 ${p99} ms ` +
    `(goal p95 ${GOALS.delayP95Ms} ms); ${frames} frames`;
}
