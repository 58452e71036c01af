/**
 * The decode ladder of one camera: every picture, or keyframes only, while nothing moves
 * or while the box has to be spared. Chooses the rung; feeds no decoder. Pure.
 *
 * Decoding is nearly the whole cost of a camera, and keyframes alone cost a fifth of it.
 * What a quiet camera sends is kept (`packet_ring.ts`), so that nothing of an onset is
 * lost: it is found at the next keyframe, and what lies before it is decoded then.
 * @module
 */

/** `full`: every picture. `keys`: keyframes only. */
export type Rung = "full" | "keys";

/** Why a camera is not on the upper rung: nothing moves, or the box is to be spared. */
export type RungReason = "quiet" | HoldReason;

/** What holds a camera down, whatever it shows. */
export type HoldReason = (typeof HOLD_REASONS)[number];
export const HOLD_REASONS = ["cpu", "heat", "power", "memory"] as const;

export interface LadderPlan {
  /** Quiet seconds after which only keyframes are decoded; 0: never. */
  readonly idleAfterS: number;
}

export interface RungNow {
  readonly rung: Rung;
  readonly why: RungReason | undefined;
}

/**
 * Keyframes further apart than this are too rare to find an onset by, ms: `idle` would
 * make it late by as much.
 */
export const IDLE_GOP_MS = 4_500;
/**
 * What moves for less than this and is gone again begets nobody: a leaf, a flake, noise.
 * It is added up, ms, and forgotten at a tenth of the pace, so that what comes again and
 * again is no trifle.
 */
const TRIFLE_MS = 300;
const TRIFLE_FADE = 0.1;
/** Looks further apart than this are no measure of how long something moved, ms. */
const LOOK_MS_MAX = 1_000;
/** After a glance in which something moved, and was a trifle: quiet for so long. */
const AFTER_GLANCE_MS = 5_000;
/** Keyframes whose distance is remembered. */
const INTERVALS = 4;

export class Ladder {
  readonly #plan: LadderPlan;
  #quietSinceMs: number | undefined;
  /** So long it has to be quiet. */
  #quietMsMin: number;
  /** In the last look something moved. */
  #moves = true;
  /** For how long something has moved of late. */
  #trifleMs = TRIFLE_MS;
  #lookedUs: number | undefined;
  #hold: HoldReason | undefined;
  #lastKeyMs: number | undefined;
  #isOpen = false;
  readonly #intervals: number[] = [];

  constructor(plan: LadderPlan) {
    this.#plan = plan;
    this.#quietMsMin = 1_000 * plan.idleAfterS;
  }

  /** A session begins: how far its keyframes are apart is not known yet. */
  reset(): void {
    this.#moved();
    this.#lookedUs = undefined;
    this.#lastKeyMs = undefined;
    this.#isOpen = false;
    this.#intervals.length = 0;
  }

  /** A keyframe came. */
  keyframe(nowMs: number): void {
    if (this.#lastKeyMs !== undefined) {
      this.#intervals.push(nowMs - this.#lastKeyMs);
      if (this.#intervals.length > INTERVALS) this.#intervals.shift();
    }
    this.#lastKeyMs = nowMs;
  }

  /**
   * A picture is shown before the keyframe that it came after: its GOP is open, and the
   * keyframe does not begin a stream anew. FFmpeg 5.1 gives such keyframes without the
   * pictures between them late, in a wrong order, or never. The session is decoded whole.
   */
  openKeyframe(): void {
    this.#isOpen = true;
  }

  /** What the analysis saw in a frame of `ptsUs`: the source's time, which may be caught up. */
  looked(quiet: boolean, { nowMs, ptsUs }: { nowMs: number; ptsUs: number }): void {
    const sinceUs = Math.max(0, ptsUs - (this.#lookedUs ?? -Infinity));
    const sinceMs = Math.min(LOOK_MS_MAX, sinceUs / 1_000);
    this.#lookedUs = ptsUs;
    this.#moves = !quiet;
    this.#trifleMs = quiet
      ? Math.max(0, this.#trifleMs - TRIFLE_FADE * sinceMs)
      : Math.min(TRIFLE_MS, this.#trifleMs + sinceMs);
    if (quiet) this.#quietSinceMs ??= nowMs;
    else if (this.#trifleMs >= TRIFLE_MS) this.#moved();
  }

  /** Something moves in a glance: what it is is not known yet. */
  stirred(): void {
    this.#moves = true;
    this.#quietSinceMs = undefined;
    this.#quietMsMin = Math.min(AFTER_GLANCE_MS, 1_000 * this.#plan.idleAfterS);
  }

  /** The box is to be spared, or no longer. */
  hold(why: HoldReason | undefined): void {
    this.#hold = why;
  }

  /** The longest of the last distances between keyframes, ms; 0 before it is known. */
  get keyIntervalMs(): number {
    return this.#intervals.length === 0 ? 0 : Math.max(...this.#intervals);
  }

  at(nowMs: number): RungNow {
    if (this.#isOpen) return { rung: "full", why: undefined };
    if (this.#hold !== undefined) return { rung: "keys", why: this.#hold };
    const often = this.#intervals.length === INTERVALS &&
      this.keyIntervalMs <= IDLE_GOP_MS && nowMs - this.#lastKeyMs! <= IDLE_GOP_MS;
    const quietMs = this.#quietSinceMs === undefined ? -1 : nowMs - this.#quietSinceMs;
    const idles = this.#plan.idleAfterS > 0 && often && !this.#moves &&
      quietMs >= this.#quietMsMin;
    return idles ? { rung: "keys", why: "quiet" } : { rung: "full", why: undefined };
  }

  #moved(): void {
    this.#moves = true;
    this.#quietSinceMs = undefined;
    this.#quietMsMin = 1_000 * this.#plan.idleAfterS;
  }
}
