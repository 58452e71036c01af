/**
 * A clock that moves only when the test says so.
 * @module
 */
import type { Clock } from "../../base/clock.ts";

interface Timer {
  dueMs: number;
  readonly periodMs: number | undefined;
  readonly act: () => void;
}

export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #utcStartMs: number;
  readonly #timers = new Set<Timer>();

  constructor(utcStartMs = Date.UTC(2026, 0, 1)) {
    this.#utcStartMs = utcStartMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  utcMs(): number {
    return this.#utcStartMs + this.#nowMs;
  }

  after(delayMs: number, act: () => void): Disposable {
    return this.#add({ dueMs: this.#nowMs + delayMs, periodMs: undefined, act });
  }

  every(periodMs: number, act: () => void): Disposable {
    return this.#add({ dueMs: this.#nowMs + periodMs, periodMs, act });
  }

  /** Moves time on, calling what falls due in the order of its time. */
  advance(byMs: number): void {
    const endMs = this.#nowMs + byMs;
    for (let next = this.#next(endMs); next; next = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      if (next.periodMs === undefined) this.#timers.delete(next);
      else next.dueMs += next.periodMs;
      next.act();
    }
    this.#nowMs = endMs;
  }

  /** Time goes on and nothing is called, as when the program was stopped. */
  standStill(forMs: number): void {
    this.#nowMs += forMs;
    for (const timer of this.#timers) {
      timer.dueMs = Math.max(timer.dueMs, this.#nowMs);
    }
  }

  #next(endMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (!first || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  }

  #add(timer: Timer): Disposable {
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) };
  }
}
