/**
 * When a picture was taken, by our clocks: the fastest picture of the last minute
 * says what the source's zero is. Holds no clock itself.
 * @module
 */
const BUCKET_MS = 1_000;
const BUCKETS = 60;
/** UTC minus monotonic may jitter by a rounded millisecond; more is a step or drift. */
const JITTER_MS = 5;

export interface Arrival {
  readonly ptsMs: number;
  /** `Clock.monotonicMs` when the picture's last byte came. */
  readonly arrivalMs: number;
}

export class SourceTime {
  /** Smallest arrival minus PTS of each of the last seconds, oldest first. */
  readonly #buckets: { readonly second: number; offsetMs: number }[] = [];
  #utcOffsetMs: number | undefined;
  #lastTakenMs = -Infinity;

  /** Takes each packet; needs no order. */
  step({ ptsMs, arrivalMs }: Arrival): void {
    const second = Math.floor(arrivalMs / BUCKET_MS);
    const offsetMs = arrivalMs - ptsMs;
    const last = this.#buckets.at(-1);
    if (last?.second === second) {
      last.offsetMs = Math.min(last.offsetMs, offsetMs);
      return;
    }
    this.#buckets.push({ second, offsetMs });
    while (this.#buckets[0]!.second <= second - BUCKETS) this.#buckets.shift();
  }

  /**
   * UTC of the picture at `ptsMs`. Grows with every call as the pictures do, unless
   * the box's own clock is set back. `delayMs` is what the path takes at least.
   */
  utcMsOf(ptsMs: number, now: ClockReading, delayMs: number): number {
    const takenMs = Math.min(ptsMs + this.#offsetMs() - delayMs, now.monotonicMs);
    const growing = Math.max(takenMs, this.#lastTakenMs + 0.001);
    this.#lastTakenMs = growing;
    const offsetMs = now.utcMs - now.monotonicMs;
    const was = this.#utcOffsetMs;
    if (was === undefined || Math.abs(offsetMs - was) > JITTER_MS) {
      this.#utcOffsetMs = offsetMs;
    }
    return growing + this.#utcOffsetMs!;
  }

  /** How much later than the fastest of the last minute a picture came, ms. */
  lateMs({ ptsMs, arrivalMs }: Arrival): number {
    return arrivalMs - ptsMs - this.#offsetMs();
  }

  /** A new session has a new zero. */
  reset(): void {
    this.#buckets.length = 0;
  }

  #offsetMs(): number {
    let smallest = Infinity;
    for (const bucket of this.#buckets) smallest = Math.min(smallest, bucket.offsetMs);
    return smallest;
  }
}

/** Both clocks, read at one moment. */
export interface ClockReading {
  readonly monotonicMs: number;
  readonly utcMs: number;
}
