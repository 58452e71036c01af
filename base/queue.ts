/**
 * A queue that has a limit and says what it loses.
 * @module
 */
import { assert } from "./assert.ts";

export interface QueueBound {
  readonly capacity: number;
  readonly whenFull: "drop-oldest" | "refuse";
}

/** First in, first out; O(1) per call. */
export class BoundedQueue<T> {
  readonly #bound: QueueBound;
  readonly #items: T[] = [];
  #dropped = 0;

  constructor(bound: QueueBound) {
    assert(bound.capacity >= 1, "a queue holds at least one item");
    this.#bound = bound;
  }

  get size(): number {
    return this.#items.length;
  }

  /** How many items were lost since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds `item`; returns how many items were lost to it (0 or 1). */
  push(item: T): number {
    let lost = 0;
    if (this.#items.length >= this.#bound.capacity) {
      lost = 1;
      this.#dropped++;
      if (this.#bound.whenFull === "refuse") return lost;
      this.#items.shift();
    }
    this.#items.push(item);
    return lost;
  }

  shift(): T | undefined {
    return this.#items.shift();
  }

  clear(): void {
    this.#items.length = 0;
  }
}
