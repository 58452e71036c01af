/**
 * Says each cause once: at its onset, and again only after it was gone for a while.
 * Finds nothing: the judges beside this file tell it what they saw.
 * @module
 */
import type { Cause, CauseLine } from "../dsl/observation.ts";
import { fixed } from "../dsl/fixed.ts";

/** A cause of the whole picture that comes again within this time is still the same. */
const AGAIN_S = 10;

export class Voice {
  #lines: CauseLine[] = [];
  readonly #silentS = new Map<Cause, number>();

  pass(dtS: number): void {
    for (const [cause, silentS] of this.#silentS) {
      if (silentS + dtS > AGAIN_S) this.#silentS.delete(cause);
      else this.#silentS.set(cause, silentS + dtS);
    }
  }

  /** Something in the picture; score 0..1. */
  tell(cause: Cause, score: number): void {
    if (!this.#silentS.has(cause)) {
      this.#lines.push({ cause, score: fixed(score, 2), suppressed: true });
    }
    this.#silentS.set(cause, 0);
  }

  /** It is still there: no new onset. */
  keep(cause: Cause): void {
    if (this.#silentS.has(cause)) this.#silentS.set(cause, 0);
  }

  /** One track. */
  tellOf(cause: Cause, score: number, blob: number): void {
    this.#lines.push({ cause, score: fixed(score, 2), blob, suppressed: true });
  }

  /** The lines since the last call. */
  take(): CauseLine[] {
    if (this.#lines.length === 0) return [];
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
