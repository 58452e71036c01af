/**
 * How many frames a second each camera has had lately, from counts that only grow.
 * Holds a few numbers per camera; time and counts are given.
 * @module
 */

/** Long enough that a camera of one frame in five seconds shows it. */
const WINDOW_MS = 10_000;

interface Counted {
  readonly atMs: number;
  readonly counts: Readonly<Record<string, number>>;
}

export class FrameRates {
  readonly #counted: Counted[] = [];

  /** @param counts by camera; call about once a second */
  step(counts: Readonly<Record<string, number>>, nowMs: number): void {
    this.#counted.push({ atMs: nowMs, counts });
    while (this.#counted.length > 2 && this.#counted[1]!.atMs <= nowMs - WINDOW_MS) {
      this.#counted.shift();
    }
  }

  /** Frames a second over the last ten seconds; undefined before anything is known. */
  of(camera: string): number | undefined {
    const last = this.#counted.at(-1);
    const first = this.#counted.find(({ counts }) => counts[camera] !== undefined);
    if (!first || !last || last.atMs <= first.atMs) return undefined;
    const frames = (last.counts[camera] ?? 0) - first.counts[camera]!;
    return Math.max(0, frames) / ((last.atMs - first.atMs) / 1_000);
  }
}
