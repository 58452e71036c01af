/**
 * Counts what is under way, so that somebody can wait until nothing is. Starts and ends
 * nothing itself.
 * @module
 */
import { assert } from "./assert.ts";

export class OpenWork {
  #open = 0;
  readonly #waiting = new Set<() => void>();

  begin(): void {
    this.#open++;
  }

  end(): void {
    assert(this.#open > 0, "what ends was begun");
    if (--this.#open > 0) return;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Done when nothing is under way, or when `signal` ends the wait. */
  async none(signal: AbortSignal): Promise<void> {
    if (this.#open === 0 || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake);
    await promise;
    signal.removeEventListener("abort", wake);
    this.#waiting.delete(wake);
  }
}
