/**
 * Finds missing pictures by their times: a decoder says nothing when pictures that
 * others are built on never came. Pure.
 * @module
 */

/** Intervals that tell what is usual. */
const INTERVALS = 15;
/** Fewer do not tell what is usual. */
const INTERVALS_MIN = 5;
/** An interval this many times the usual one is a gap: one lost picture doubles it. */
const GAP_FACTOR = 1.75;

export class GapWatch {
  readonly #intervals: number[] = [];
  #lastDts: number | undefined;
  #torn = false;

  /**
   * Takes the next picture in decoding order, `dts` in any constant unit. `gap`:
   * one or more before it are missing; `torn`: it is, or may be, built on missing
   * ones, which lasts up to the next keyframe.
   */
  step(dts: number, key: boolean): { readonly gap: boolean; readonly torn: boolean } {
    const interval = this.#lastDts === undefined ? undefined : dts - this.#lastDts;
    this.#lastDts = dts;
    const usual = this.usual();
    const isKnown = usual !== undefined && this.#intervals.length >= INTERVALS_MIN;
    const gap = interval !== undefined && isKnown &&
      (interval > GAP_FACTOR * usual || interval < 0);
    if (interval !== undefined && interval > 0) {
      if (this.#intervals.push(interval) > INTERVALS) this.#intervals.shift();
    }
    this.#torn = !key && (gap || this.#torn);
    return { gap, torn: this.#torn };
  }

  /** The median of the last intervals; undefined before the second picture. */
  usual(): number | undefined {
    return this.#intervals.toSorted((a, b) => a - b)[this.#intervals.length >> 1];
  }

  reset(): void {
    this.#intervals.length = 0;
    this.#lastDts = undefined;
    this.#torn = false;
  }
}
