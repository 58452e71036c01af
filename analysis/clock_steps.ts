/**
 * Notices that the box's clock was set: a box without a clock of its own wakes up in the
 * past and is corrected minutes later. Times that were noted before are then wrong by the
 * step, and durations across it too. Pure.
 * @module
 */
import type { MotionEvent, Observation } from "./dsl/observation.ts";

/** Delays between camera and us vary by less; what is smaller is left alone. */
const STEP_MS_MIN = 2_000;
/** How fast drift and changing delays are followed, share of a frame's difference. */
const FOLLOW = 0.1;
/** Events reach back some seconds only: no more steps than these can lie within. */
const STEPS_KEPT = 4;

export interface Corrected {
  /** With the times that its events reach back to by the clock of now. */
  readonly observation: Observation;
  /** By how much the clock was set since the last frame, ms; 0 when it was not. */
  readonly stepMs: number;
}

export class ClockSteps {
  #offsetMs: number | undefined;
  #steps: { readonly frame: number; readonly stepMs: number }[] = [];

  /**
   * @param observation its times are of the clock that may be set
   * @param monotonicMs when its frame came, by the one that may not
   */
  correct(observation: Observation, monotonicMs: number): Corrected {
    const stepMs = this.#stepOf(observation.tMs - monotonicMs);
    if (stepMs !== 0) {
      this.#steps = [...this.#steps, { frame: observation.frame, stepMs }]
        .slice(-STEPS_KEPT);
    }
    if (this.#steps.length === 0) return { observation, stepMs };
    const events = observation.events.map((event) => this.#corrected(event));
    return { observation: { ...observation, events }, stepMs };
  }

  #stepOf(offsetMs: number): number {
    const was = this.#offsetMs ?? offsetMs;
    const changeMs = offsetMs - was;
    const isStep = Math.abs(changeMs) >= STEP_MS_MIN;
    this.#offsetMs = isStep ? offsetMs : was + changeMs * FOLLOW;
    return isStep ? Math.round(changeMs) : 0;
  }

  #corrected(event: MotionEvent): MotionEvent {
    // Without a number it was before the first frame.
    const { sinceMs, sinceFrame = 0 } = event;
    if (sinceMs === undefined) return event;
    let laterMs = 0;
    for (const { frame, stepMs } of this.#steps) {
      if (sinceFrame < frame) laterMs += stepMs;
    }
    return laterMs === 0 ? event : { ...event, sinceMs: sinceMs + laterMs };
  }
}
