/**
 * How old a picture of the live video is, told from when pictures came and from what the
 * box says of their age. Holds no clock; compares none of the box with the browser's.
 * @module
 */

/** Ages are judged by the quickest picture of so many last seconds. */
const BUCKETS = 60;

/** A picture as it came to the page. */
export interface VideoArrival {
  /** The source's own time, microseconds. */
  readonly ptsUs: number;
  /** How long the box had it when it sent it, ms. */
  readonly ageMs: number;
  /** When it came to the page, in the page's own time, ms. */
  readonly arrivedMs: number;
}

/**
 * One that came late, as the way to the page was slow, counts as old as it is: its PTS
 * tells when it was taken, once a quick one has told what PTS the page's time is.
 */
export class VideoTime {
  /** Of each second, the earliest page time of PTS 0, oldest first. */
  readonly #buckets: { readonly second: number; zeroMs: number }[] = [];

  step({ ptsUs, ageMs, arrivedMs }: VideoArrival): void {
    const zeroMs = arrivedMs - ageMs - ptsUs / 1_000;
    const second = Math.floor(arrivedMs / 1_000);
    const last = this.#buckets.at(-1);
    if (last?.second === second) {
      last.zeroMs = Math.min(last.zeroMs, zeroMs);
      return;
    }
    this.#buckets.push({ second, zeroMs });
    while (this.#buckets[0]!.second <= second - BUCKETS) this.#buckets.shift();
  }

  /** When the picture at `ptsUs` came to the box, in the page's time, ms. */
  takenMs(ptsUs: number): number {
    let zeroMs = Infinity;
    for (const bucket of this.#buckets) zeroMs = Math.min(zeroMs, bucket.zeroMs);
    return ptsUs / 1_000 + zeroMs;
  }

  /** A new stream has a new zero. */
  reset(): void {
    this.#buckets.length = 0;
  }
}
