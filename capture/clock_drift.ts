/**
 * How fast a camera's clock runs against ours, and whether it leapt. Corrects nothing:
 * `source_time.ts` follows drift by itself. Holds no clock.
 *
 * Of each minute the picture that came soonest counts, as the way delays pictures and
 * never hastens them; two such minutes tell the drift by what their offsets differ.
 * @module
 */
import type { Arrival } from "./source_time.ts";

const MINUTE_MS = 60_000;
/** Nearer minutes tell jitter, not drift: 5 ms in 5 minutes are 17 ppm. */
const MINUTES_MIN = 5;
const MINUTES_MAX = 60;

export class ClockDrift {
  readonly #minutes: { readonly minute: number; offsetMs: number; atMs: number }[] = [];

  step({ ptsMs, arrivalMs }: Arrival): void {
    const minute = Math.floor(arrivalMs / MINUTE_MS);
    const offsetMs = arrivalMs - ptsMs;
    const last = this.#minutes.at(-1);
    if (last?.minute === minute) {
      if (offsetMs >= last.offsetMs) return;
      last.offsetMs = offsetMs;
      last.atMs = arrivalMs;
      return;
    }
    this.#minutes.push({ minute, offsetMs, atMs: arrivalMs });
    if (this.#minutes.length > MINUTES_MAX) this.#minutes.shift();
  }

  /**
   * Millionths by which the camera's clock is faster than ours (slower: below 0);
   * undefined before it is known. The newest minute is not over and does not count.
   */
  ppm(): number | undefined {
    const first = this.#minutes[0];
    const last = this.#minutes.at(-2);
    if (!first || !last || last.minute - first.minute < MINUTES_MIN) return undefined;
    const passedMs = last.atMs - first.atMs;
    return Math.round((-1e6 * (last.offsetMs - first.offsetMs)) / passedMs);
  }

  /** Another session, or the clock leapt: what was is no measure. */
  reset(): void {
    this.#minutes.length = 0;
  }
}
