/**
 * Finds missing pictures by their times: a decoder says nothing when pictures that
 * others are built on never came. Pure.
 *
 * Some cameras leave pictures out themselves, before they code them: nothing is
 * built on those. So a gap counts only where gaps are rare.
 * @module
 */

/** Intervals that tell what is usual. */
const INTERVALS = 15;
/** Fewer do not tell what is usual. */
const INTERVALS_MIN = 5;
/** An interval this many times the usual one is a gap: one lost picture doubles it. */
const GAP_FACTOR = 1.75;
/** Pictures over which gaps are counted: 36 s at 25 a second. */
const PICTURES = 900;
/**
 * More gaps than this among them are a camera's way. One that leaves out 1 % of its
 * pictures has 9, and would be in doubt for a quarter to a half of the time.
 */
const GAPS_MAX = 3;
/**
 * Pictures that may still come whole or damaged when a loss was told: FFmpeg holds one
 * back where it reads and one where it writes. A keyframe among them may be the damaged
 * one, and ends nothing.
 */
const HELD_PICTURES = 3;

export interface GapStep {
  readonly gap: boolean;
  readonly torn: boolean;
  /** Pictures that should have come before it, whoever left them out. */
  readonly missing: number;
}

export class GapWatch {
  readonly #intervals: number[] = [];
  /** Which pictures of late came after a gap, counted from the first of all. */
  readonly #gapsAt: number[] = [];
  #pictures = 0;
  #usual: number | undefined;
  #lastDts: number | undefined;
  #torn = false;
  #sinceTear = Infinity;

  /**
   * Takes the next picture in decoding order, `dts` in any constant unit. `gap`:
   * one or more before it are missing; `torn`: it is, or may be, built on missing
   * ones, which lasts up to the next keyframe.
   */
  step(dts: number, key: boolean): GapStep {
    const interval = this.#lastDts === undefined ? undefined : dts - this.#lastDts;
    this.#lastDts = dts;
    this.#pictures++;
    const isLong = interval !== undefined && this.#isLong(interval);
    const missing = isLong && interval > 0 ? Math.round(interval / this.#usual!) - 1 : 0;
    const gap = isLong && this.#isRare();
    if (interval !== undefined && interval > 0) this.#learn(interval);
    this.#sinceTear++;
    const mends = key && this.#sinceTear > HELD_PICTURES;
    this.#torn = !mends && (gap || this.#torn);
    return { gap, torn: this.#torn, missing };
  }

  /** Something else says that pictures are missing, or parts of one. */
  tear(): void {
    this.#torn = true;
    this.#sinceTear = 0;
  }

  /** The source's clock leapt: the next interval says nothing. */
  leapt(): void {
    this.#lastDts = undefined;
  }

  /** The median of the last intervals; undefined before the second picture. */
  usual(): number | undefined {
    return this.#usual;
  }

  /** A new stream of the same camera: what is its way is remembered. */
  reset(): void {
    this.#intervals.length = 0;
    this.#usual = undefined;
    this.#lastDts = undefined;
    this.#torn = false;
    this.#sinceTear = Infinity;
  }

  #isLong(interval: number): boolean {
    if (this.#usual === undefined || this.#intervals.length < INTERVALS_MIN) return false;
    return interval > GAP_FACTOR * this.#usual || interval < 0;
  }

  /** Counts a gap; false when this camera has had too many of late. */
  #isRare(): boolean {
    this.#gapsAt.push(this.#pictures);
    while (this.#gapsAt[0]! <= this.#pictures - PICTURES) this.#gapsAt.shift();
    return this.#gapsAt.length <= GAPS_MAX;
  }

  #learn(interval: number): void {
    if (this.#intervals.push(interval) > INTERVALS) this.#intervals.shift();
    this.#usual = this.#intervals.toSorted((a, b) => a - b)[this.#intervals.length >> 1];
  }
}
