/**
 * How many of a camera's pictures are missing or damaged, in all and of late. Counts what
 * it is told; finding it out is `gap_watch.ts`. Holds no clock.
 * @module
 */
const BUCKET_MS = 10_000;
/** Of the last five minutes. */
const BUCKETS = 30;

interface Bucket {
  readonly at: number;
  came: number;
  missing: number;
}

export class LossMeter {
  readonly #buckets: Bucket[] = [];
  /** Pictures that did not come, by the gaps between the times of those that did. */
  missingTotal = 0;

  /** A picture came at `nowMs` (monotonic), and before it so many did not. */
  step(nowMs: number, missing: number): void {
    const at = Math.floor(nowMs / BUCKET_MS);
    let last = this.#buckets.at(-1);
    if (last === undefined || last.at !== at) {
      last = { at, came: 0, missing: 0 };
      this.#buckets.push(last);
      while (this.#buckets[0]!.at <= at - BUCKETS) this.#buckets.shift();
    }
    last.came++;
    last.missing += missing;
    this.missingTotal += missing;
  }

  /** Part of the expected pictures that is missing, percent; undefined before the first. */
  percent(): number | undefined {
    let [came, missing] = [0, 0];
    for (const bucket of this.#buckets) {
      came += bucket.came;
      missing += bucket.missing;
    }
    return came === 0 ? undefined : (100 * missing) / (came + missing);
  }
}
