/**
 * What each stage of a step took. The driver's mark function: the analysis itself
 * reads no clock.
 * @module
 */
import type { Stage } from "../analysis/foreground.ts";
import type { Clock } from "../base/clock.ts";

export class StageTimes {
  readonly #clock: Clock;
  #lastMs = 0;
  /** Waiting for the frame, ms. */
  captureMs = 0;
  /** Since the frame was there, ms. */
  totalMs = 0;
  readonly stagesMs: Record<Stage, number> = {
    load: 0,
    model: 0,
    clean: 0,
    regions: 0,
    tracking: 0,
  };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The wait for the next frame begins. */
  begin(): void {
    this.#lastMs = this.#clock.monotonicMs();
  }

  /** The frame is there. */
  captured(): void {
    this.captureMs = this.#lap();
    this.totalMs = 0;
  }

  /** A stage is over. */
  mark(stage: Stage): void {
    const tookMs = this.#lap();
    this.stagesMs[stage] = tookMs;
    this.totalMs += tookMs;
  }

  #lap(): number {
    const nowMs = this.#clock.monotonicMs();
    const tookMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    return tookMs;
  }
}
