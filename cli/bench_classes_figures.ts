/**
 * Figures of `bench classes` from what was measured, and their words. Pure.
 * @module
 */
import type { DelayFigures } from "./bench_capture_figures.ts";

/** Of one child, from its start to its end. */
export interface ChildCost {
  /** Processor time, user and system. */
  readonly cpuMs: number;
  readonly tookMs: number;
  /** From the start to its first answer. */
  readonly loadMs: number;
  /** Mean of its crops. */
  readonly cropMs: number;
  readonly peakBytes: number;
}

/** Of a camera that is watched. */
export interface WatchedFigures {
  /** From the camera's push of a picture to its DSL line. */
  readonly delayMs: DelayFigures;
  readonly framesPerS: number;
}

/** What is resident after so many children. */
export interface OwnMemory {
  readonly children: number;
  readonly bytes: number;
}

export interface ClassesFigures {
  readonly name: string;
  /** Means; the peak is the highest. */
  readonly child: ChildCost & { readonly children: number };
  /** Of the program that started them all, half way and at the end. */
  readonly own: readonly [OwnMemory, OwnMemory];
  /** While no child ran. */
  readonly alone: WatchedFigures;
  /** While child after child ran. */
  readonly beside: WatchedFigures;
}

/** @param costs at least one */
export function meanCost(costs: readonly ChildCost[]): ClassesFigures["child"] {
  const mean = (of: (cost: ChildCost) => number) =>
    Number((costs.reduce((sum, cost) => sum + of(cost), 0) / costs.length).toFixed(1));
  return {
    children: costs.length,
    cpuMs: mean(({ cpuMs }) => cpuMs),
    tookMs: mean(({ tookMs }) => tookMs),
    loadMs: mean(({ loadMs }) => loadMs),
    cropMs: mean(({ cropMs }) => cropMs),
    peakBytes: Math.max(...costs.map(({ peakBytes }) => peakBytes)),
  };
}

/** A table for people. */
export function classesLines(figures: ClassesFigures): string[] {
  const { name, child, own, alone, beside } = figures;
  const inMb = (bytes: number) => (bytes / 1e6).toFixed(0);
  const line = (what: string, words: string) => `${what.padEnd(23)}${words}`;
  return [
    name,
    line(
      "a child",
      `${child.cpuMs} ms of CPU in ${child.tookMs} ms, ready after ${child.loadMs} ms, ` +
        `${child.cropMs} ms a crop, at most ${inMb(child.peakBytes)} MB; ` +
        `${child.children} of them`,
    ),
    line(
      "who started them",
      own.map(({ bytes, children }) => `${inMb(bytes)} MB after ${children} of them`)
        .join(", "),
    ),
    line("camera, no child", watchedWords(alone)),
    line("camera, child on child", `${watchedWords(beside)}; ${ratios(alone, beside)}`),
  ];
}

function watchedWords({ delayMs, framesPerS }: WatchedFigures): string {
  const { p50, p95, p99, frames } = delayMs;
  return `${framesPerS} frames a second, push to DSL line p50 ${p50} p95 ${p95} ` +
    `p99 ${p99} ms; ${frames} frames`;
}

function ratios(alone: WatchedFigures, beside: WatchedFigures): string {
  const rate = beside.framesPerS / alone.framesPerS;
  const [p50, p95] = [
    beside.delayMs.p50 / alone.delayMs.p50,
    beside.delayMs.p95 / alone.delayMs.p95,
  ];
  return `rate x${rate.toFixed(3)}, p50 x${p50.toFixed(2)}, p95 x${p95.toFixed(2)}`;
}
