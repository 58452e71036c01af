/**
 * Says a thing once: when it has lasted for a while, and again only after it was gone
 * for a while. Knows nothing of what it is about.
 * @module
 */

export interface OnsetRule {
  /** Seconds of evidence, within which it may be missing for a moment. */
  readonly holdS: number;
  /** Seconds without evidence after which it is another one. */
  readonly goneS: number;
}

/** Evidence that is missing takes back this many times as much as it gives. */
const FADE = 2;

export class Onset {
  readonly #rule: OnsetRule;
  #heldS = 0;
  #goneS = Infinity;
  #told = false;

  constructor(rule: OnsetRule) {
    this.#rule = rule;
  }

  /** It was told, and is not gone yet. */
  get active(): boolean {
    return this.#told;
  }

  /** There is evidence, or was a moment ago. */
  get pending(): boolean {
    return this.#heldS > 0;
  }

  /** True in the frame in which it is to be told. */
  step(here: boolean, dtS: number): boolean {
    if (here) {
      this.#goneS = 0;
      this.#heldS += dtS;
    } else {
      this.#goneS += dtS;
      this.#heldS = Math.max(0, this.#heldS - FADE * dtS);
      if (this.#goneS >= this.#rule.goneS) this.#told = false;
    }
    if (this.#told || this.#heldS < this.#rule.holdS - 1e-6 || !here) return false;
    this.#told = true;
    return true;
  }

  reset(): void {
    this.#heldS = 0;
    this.#goneS = Infinity;
    this.#told = false;
  }
}
