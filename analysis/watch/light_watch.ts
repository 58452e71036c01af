/**
 * Tells that the light or the camera's gain changed, once for each change. The model
 * has followed it by then: what looked like motion all over is kept quiet by it.
 * The word waits for a moment, as a switch to infrared, fog or a covered lens begin as a
 * change of light; who knows better vetoes it.
 * @module
 */
import { fixed } from "../dsl/fixed.ts";
import type { CauseLine } from "../dsl/observation.ts";

/**
 * A light that is still this long, seconds, has finished changing. A gain that hunts
 * takes a few steps a second.
 */
const STILL_S = 2;
/** So long another explanation is waited for, and where one is in sight. */
const WAIT_S = 0.8;
const WAIT_LONGER_S = 1.6;

export class LightWatch {
  /** Time that passed since the model last followed the light. */
  #stillS = Infinity;
  /** Time since a change began that is not told yet. */
  #waitedS: number | undefined;
  #score = 0;

  /** A change has begun and is not told. */
  get waits(): boolean {
    return this.#waitedS !== undefined;
  }

  /**
   * @param explained part of the still points that a change of light explains in this
   * frame, 0..1; 0 when there was none. It is the score.
   * @param given `dtS`: seconds since the last frame; `mayBeElse`: fog or rain may be
   * coming, the word waits longer
   */
  step(
    explained: number,
    { dtS, mayBeElse = false }: { readonly dtS: number; readonly mayBeElse?: boolean },
  ): CauseLine | undefined {
    this.#stillS += dtS;
    if (explained > 0) {
      if (this.#stillS > STILL_S) {
        this.#waitedS = 0;
        this.#score = explained;
      }
      this.#stillS = 0;
    }
    if (this.#waitedS === undefined) return undefined;
    this.#waitedS += dtS;
    this.#score = Math.max(this.#score, explained);
    const wait = mayBeElse ? WAIT_LONGER_S : WAIT_S;
    if (this.#waitedS < wait - 1e-6) return undefined;
    this.#waitedS = undefined;
    return { cause: "light", score: fixed(this.#score, 2), suppressed: true };
  }

  /** The change that waits, or goes on, has another cause. */
  veto(): void {
    this.#waitedS = undefined;
    this.#stillS = 0;
  }
}
