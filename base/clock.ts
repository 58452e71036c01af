/**
 * The one place that reads time and waits. Everything else is given a `Clock`,
 * so that a test can move it by hand (tests/support/manual_clock.ts).
 * @module
 */
export interface Clock {
  /** Milliseconds since an arbitrary start; never steps back. */
  monotonicMs(): number;
  /** Milliseconds since 1970 UTC; may step when the box sets its clock. */
  utcMs(): number;
  /** Calls `act` once after `delayMs`, unless disposed before. */
  after(delayMs: number, act: () => void): Disposable;
  /** Calls `act` every `periodMs` until disposed. Keeps no process alive. */
  every(periodMs: number, act: () => void): Disposable;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  utcMs: () => Date.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
  every(periodMs, act) {
    const timer = setInterval(act, periodMs);
    Deno.unrefTimer(timer);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  },
};

/** Waits `delayMs`, or less when `signal` aborts; never throws. */
export function sleep(
  clock: Clock,
  delayMs: number,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      timer[Symbol.dispose]();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = clock.after(delayMs, done);
    signal?.addEventListener("abort", done);
  });
}
