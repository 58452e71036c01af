/**
 * How often something may be done within any hour. Pure: the time is an argument.
 * @module
 */
const HOUR_MS = 3_600_000;

export class HourlyBudget {
  readonly #perHour: number;
  /** Times of the last hour, oldest first; never more than `perHour`. */
  #spent: number[] = [];

  constructor(perHour: number) {
    this.#perHour = perHour;
  }

  /** @param nowMs monotonic */
  hasLeft(nowMs: number): boolean {
    while (this.#spent.length > 0 && nowMs - this.#spent[0]! >= HOUR_MS) {
      this.#spent.shift();
    }
    return this.#spent.length < this.#perHour;
  }

  /** Spends one, if there is one left. @param nowMs monotonic */
  spend(nowMs: number): boolean {
    if (!this.hasLeft(nowMs)) return false;
    this.#spent.push(nowMs);
    return true;
  }
}
