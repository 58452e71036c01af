/**
 * What a camera's analysis costs, as the pool deals out seats by it: guessed from the
 * size of its frames at first, measured later. Pure.
 * @module
 */
import type { FrameFormat } from "../capture/frame/frame.ts";

/** A guess until it is measured: 0.25 ms for 640x480. */
const GUESS_MS_PER_PX = 0.25 / (640 * 480);
/** Of a source that is asked for every frame. */
const USUAL_FPS = 25;
/** Measured over at least this long. */
const SPAN_MS = 5_000;
/** Part of the way to a new measurement. */
const FOLLOW = 0.5;

export class LoadMeter {
  readonly #fps: number;
  #load = 0;
  #isMeasured = false;
  #sinceMs: number | undefined;
  #spentMs = 0;

  /** @param fps frames a second asked for; 0: every one */
  constructor(fps: number) {
    this.#fps = fps > 0 ? fps : USUAL_FPS;
  }

  /** Milliseconds a second. */
  get load(): number {
    return this.#load;
  }

  /** Frames have this size from now on. */
  format({ width, height }: FrameFormat): void {
    if (!this.#isMeasured) this.#load = GUESS_MS_PER_PX * width * height * this.#fps;
  }

  /** A frame has cost `costMs`. */
  spent(costMs: number, nowMs: number): void {
    this.#sinceMs ??= nowMs;
    this.#spentMs += costMs;
    const spanMs = nowMs - this.#sinceMs;
    if (spanMs < SPAN_MS) return;
    const measured = 1_000 * this.#spentMs / spanMs;
    this.#load = this.#isMeasured
      ? this.#load + FOLLOW * (measured - this.#load)
      : measured;
    this.#isMeasured = true;
    this.#sinceMs = nowMs;
    this.#spentMs = 0;
  }
}
