/**
 * A queue with an end: one side puts, the other takes, one at a time. What does not fit
 * is lost by a stated policy, and counted by who puts it. Knows no time.
 * @module
 */
import { assert } from "./assert.ts";

export interface QueueBound {
  readonly capacity: number;
  /** Who gives way when it is full: the one that waited longest, or the new one. */
  readonly whenFull: "drop-oldest" | "refuse";
}

export class BoundedQueue<T> {
  readonly #bound: QueueBound;
  #waiting: T[] = [];
  #taker: ((next: T) => void) | undefined;

  constructor(bound: QueueBound) {
    assert(bound.capacity >= 1, "a queue holds at least one");
    this.#bound = bound;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** @returns what was lost to make room, or could not be put; undefined when nothing */
  push(next: T): T | undefined {
    const taker = this.#taker;
    if (taker) {
      this.#taker = undefined;
      taker(next);
      return undefined;
    }
    if (this.#waiting.length < this.#bound.capacity) {
      this.#waiting.push(next);
      return undefined;
    }
    if (this.#bound.whenFull === "refuse") return next;
    const lost = this.#waiting.shift();
    this.#waiting.push(next);
    return lost;
  }

  /** Takes out all that `unwanted` says, and gives them. */
  remove(unwanted: (waiting: T) => boolean): readonly T[] {
    const gone = this.#waiting.filter(unwanted);
    this.#waiting = this.#waiting.filter((one) => !gone.includes(one));
    return gone;
  }

  /**
   * The one that has waited longest, when there is one; undefined when `signal` ends the
   * wait. One taker at a time.
   */
  async take(signal: AbortSignal): Promise<T | undefined> {
    assert(this.#taker === undefined, "one side takes");
    if (signal.aborted) return undefined;
    if (this.#waiting.length > 0) return this.#waiting.shift();
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const stop = () => {
      this.#taker = undefined;
      resolve(undefined);
    };
    this.#taker = resolve;
    signal.addEventListener("abort", stop, { once: true });
    const next = await promise;
    signal.removeEventListener("abort", stop);
    return next;
  }
}
