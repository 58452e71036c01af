/**
 * Short programs that read from a packet ring, one at a time for the whole box, so that
 * nobody who asks for pictures slows the watching. Makes no pictures itself.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { RunOptions } from "../base/subprocess.ts";

/** Jobs at once, the running one among them. Each holds the packets that it reads. */
const OPEN_MAX = 4;
/** A still of a GOP of 4 s of 1080p takes .8 s here, four times that on a slow board. */
const LIMIT_MS = 10_000;

/** How every program of a job is run. */
export type JobLimits = Required<Pick<RunOptions, "timeoutMs" | "signal" | "nice">>;

/** Disposing it kills what runs, and waits until it is gone. */
export class CodedJobs implements AsyncDisposable {
  readonly #closing = new AbortController();
  readonly #limitMs: number;
  #open = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(limitMs = LIMIT_MS) {
    this.#limitMs = limitMs;
  }

  /** Jobs that run or wait. */
  get open(): number {
    return this.#open;
  }

  /**
   * Does `work` when all that came before it is done.
   * @param asker ends the work when nobody waits for it any more
   * @throws Fault unavailable when too many wait, or all is being shut
   */
  async run<T>(
    work: (limits: JobLimits) => Promise<T>,
    asker?: AbortSignal,
  ): Promise<T> {
    if (this.#open >= OPEN_MAX) {
      const words = `Cannot make it now: ${this.#open} others are being made or wait`;
      throw new Fault("unavailable", words, { hint: "ask again in a few seconds" });
    }
    const before = this.#last;
    const over = Promise.withResolvers<void>();
    this.#last = over.promise;
    this.#open++;
    try {
      await before;
      const closing = this.#closing.signal;
      const signal = asker ? AbortSignal.any([closing, asker]) : closing;
      if (signal.aborted) {
        throw new Fault("unavailable", "Cannot make it: it was stopped");
      }
      return await work({ timeoutMs: this.#limitMs, signal, nice: true });
    } finally {
      this.#open--;
      over.resolve();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }
}
