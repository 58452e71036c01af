/**
 * Tells that the light or the camera's gain changed, once for each change. The model
 * has followed it by then: what looked like motion all over is kept quiet by it.
 * @module
 */
import { fixed } from "../dsl/fixed.ts";
import type { CauseLine } from "../dsl/observation.ts";

/**
 * A light that is still this long, seconds, has finished changing. A gain that hunts
 * takes a few steps a second.
 */
const STILL_S = 2;

export class LightWatch {
  /** Time that passed since the model last followed the light. */
  #stillS = Infinity;

  /**
   * @param explained part of the still points that a change of light explains in this
   * frame, 0..1; 0 when there was none. It is the score.
   */
  step(explained: number, dtS: number): CauseLine | undefined {
    this.#stillS += dtS;
    if (explained === 0) return undefined;
    const begins = this.#stillS > STILL_S;
    this.#stillS = 0;
    if (!begins) return undefined;
    return { cause: "light", score: fixed(explained, 2), suppressed: true };
  }
}
