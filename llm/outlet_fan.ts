/**
 * Hands words to every outlet. One that fails, against its promise, costs nobody else a
 * sentence: it is logged, once an outlet. Closes none of them.
 * @module
 */
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { NarrationOutlet, Told } from "./narration.ts";

export class OutletFan {
  readonly #outlets: readonly NarrationOutlet[];
  readonly #log: Log;
  readonly #failed = new Set<NarrationOutlet>();

  constructor(outlets: readonly NarrationOutlet[], log: Log) {
    this.#outlets = outlets;
    this.#log = log;
  }

  offer(told: Told): void {
    for (
      const [outlet, which] of this.#outlets.map((outlet, at) => [outlet, at] as const)
    ) {
      try {
        outlet.offer(told);
      } catch (thrown) {
        if (this.#failed.has(outlet)) continue;
        this.#failed.add(outlet);
        this.#log.error("words.outlet_failed", { outlet: which, words: wordsOf(thrown) });
      }
    }
  }
}
