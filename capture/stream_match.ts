/**
 * Puts the times of one stream of a camera on the axis of another one: each stream has a
 * zero of its own, and what both have in common is the box's clock at which pictures came.
 * The fastest picture of the last minute says where a stream's zero lies, so the two agree
 * as far as their fastest ways from sensor to box take the same time. Holds no clock.
 * @module
 */
import { SourceTime } from "./source_time.ts";

/** A picture as it came. */
export interface MatchedArrival {
  /** In the stream's own time, ms. */
  readonly ptsMs: number;
  /** `Clock.monotonicMs`. */
  readonly arrivalMs: number;
  /** The stream's usual time between pictures, ms; 0 while unknown. */
  readonly intervalMs: number;
}

/** Where the zero of one stream lies by the box's monotonic clock. */
export class StreamZero {
  readonly #time = new SourceTime();
  #intervalMs = 0;
  #lastMs: number | undefined;

  step({ ptsMs, arrivalMs, intervalMs }: MatchedArrival): void {
    this.#time.step({ ptsMs, arrivalMs });
    this.#intervalMs = intervalMs;
  }

  /** A new session has a new zero; until its first picture the old one is the best known. */
  reset(): void {
    this.#lastMs = this.atMs;
    this.#time.reset();
  }

  /** ms of the monotonic clock; undefined before the first picture of all. */
  get atMs(): number | undefined {
    const offsetMs = -this.#time.lateMs({ ptsMs: 0, arrivalMs: 0 });
    // Demuxer and muxer hold a picture each until the next one begins.
    return Number.isFinite(offsetMs) ? offsetMs - 2 * this.#intervalMs : this.#lastMs;
  }
}

/** A correction smaller than this part of an interval is not worth a step in time. */
const STEP_SHARE = 0.5;

/** The shift from one stream's time to the other's; constant between keyframes. */
export class StreamMatch {
  #shiftMs: number | undefined;
  #isMatched = false;

  /** A new session of the stream that is shifted. */
  reset(): void {
    this.#shiftMs = undefined;
    this.#isMatched = false;
  }

  /** False while the other stream is not known: then times are those of the box's clock. */
  get isMatched(): boolean {
    return this.#isMatched;
  }

  /**
   * ms to add to a picture's own time. `other` is undefined while that stream was never
   * seen. `begins` when times before and after it do not belong together.
   */
  at(
    arrival: Pick<MatchedArrival, "intervalMs"> & { readonly key: boolean },
    zeros: { readonly ownMs: number; readonly otherMs: number | undefined },
  ): { readonly shiftMs: number; readonly begins: boolean } {
    const { ownMs, otherMs } = zeros;
    const was = this.#shiftMs;
    if (was !== undefined && !arrival.key) return { shiftMs: was, begins: false };
    const shiftMs = ownMs - (otherMs ?? 0);
    const isKnown = otherMs !== undefined;
    if (was !== undefined && isKnown === this.#isMatched) {
      const isSmall = Math.abs(shiftMs - was) <= STEP_SHARE * arrival.intervalMs;
      if (isSmall) return { shiftMs: was, begins: false };
    }
    this.#shiftMs = shiftMs;
    const isOther = was !== undefined && isKnown !== this.#isMatched;
    this.#isMatched = isKnown;
    // So far back that pictures would be older than those before them.
    const isBack = was !== undefined && was - shiftMs >= arrival.intervalMs;
    return { shiftMs, begins: isOther || isBack };
  }
}
