/**
 * The strongest motion of equal spans of time, from the start on: the spans grow with
 * the session, so that it stays small. Pure but for what it holds.
 * @module
 */
import type { MotionPeaks } from "./session_format.ts";

/** One a second for the first hour; some 15 characters each. */
const SPANS_MAX = 3_600;
const SPAN_MS_FIRST = 1_000;

export class MotionStrip {
  #spanMs = SPAN_MS_FIRST;
  /** Percent by span. */
  #peaks = new Map<number, number>();

  add(tMs: number, motionPct: number): void {
    this.#raise(Math.floor(tMs / this.#spanMs), motionPct);
    while (this.#peaks.size > SPANS_MAX) this.#widen();
  }

  peaks(): MotionPeaks {
    const peaks = [...this.#peaks].sort(([a], [b]) => a - b);
    return { spanMs: this.#spanMs, peaks };
  }

  #raise(span: number, motionPct: number): void {
    this.#peaks.set(span, Math.max(motionPct, this.#peaks.get(span) ?? 0));
  }

  #widen(): void {
    const narrow = this.#peaks;
    this.#spanMs *= 2;
    this.#peaks = new Map();
    for (const [span, peak] of narrow) this.#raise(Math.floor(span / 2), peak);
  }
}
