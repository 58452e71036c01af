/**
 * How well a camera's stream comes, in numbers for metrics and status: pictures that are
 * missing, how fast its clock runs, how often that leapt. Judges no state.
 * @module
 */
import type { Log } from "../base/log.ts";
import { ClockDrift } from "./clock_drift.ts";
import { LossMeter } from "./loss_meter.ts";
import type { StreamFigures } from "./source.ts";
import type { Arrival } from "./source_time.ts";

export class StreamHealth implements StreamFigures {
  readonly #place: { readonly camera: string; readonly log: Log };
  readonly #losses = new LossMeter();
  readonly #drift = new ClockDrift();
  /** How often the camera's clock was set while a session ran. */
  clockLeaps = 0;

  constructor(place: { readonly camera: string; readonly log: Log }) {
    this.#place = place;
  }

  get picturesMissing(): number {
    return this.#losses.missingTotal;
  }

  get lossPercent(): number | undefined {
    return this.#losses.percent();
  }

  get clockDriftPpm(): number | undefined {
    return this.#drift.ppm();
  }

  /** A picture came, and before it so many did not. */
  step(arrival: Arrival, missing: number): void {
    this.#losses.step(arrival.arrivalMs, missing);
    this.#drift.step(arrival);
  }

  /** The camera's clock was set, by so much, ms. */
  leapt(byMs: number): void {
    this.clockLeaps++;
    const { camera, log } = this.#place;
    log.warn("capture.clock_leapt", { camera, byMs: Math.round(byMs) });
    this.#drift.reset();
  }

  /** A session begins: its times have another zero. */
  reset(): void {
    this.#drift.reset();
  }
}
