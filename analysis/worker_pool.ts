/**
 * The workers that all cameras share: as few as carry them, at most `sharedMax`, and one
 * of its own for each camera that failed. A worker that hangs or dies is given up here,
 * and its cameras are told; what they do then is `worker_host.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import { type Loss, type Occupant, WorkerThread } from "./worker_thread.ts";

/** A worker that has not answered a wake for this long hangs. A 4K frame takes 0.2 s. */
const HANG_MS = 5_000;
/** A worker that has not answered at all yet loads its code: slow boards, cold disks. */
const START_MS = 30_000;
const WATCH_MS = 500;
/** The watch itself came later than this: the main thread stood still, not a worker. */
const LATE_MS = 500;
/** Milliseconds a second that a worker is filled up to before another is started. */
const FULL_LOAD = 300;
/** More than this is too much for one worker, if it goes on for a look or two. */
const CROWDED_LOAD = 600;
const RELIEVE_MS = 30_000;
/** Moving a camera has to bring this much, or nothing is moved. */
const RELIEVED_SHARE = 0.7;

/** A camera, as the pool sees it. */
export interface Seated extends Occupant {
  /** Its worker is gone. */
  lost(loss: SeatLoss): void;
  /** It is to leave its worker and to ask for another place. */
  move(): void;
}

export interface SeatLoss {
  readonly words: string;
  /**
   * `guilty`: the worker worked at this camera. `innocent`: at another one. `unknown`:
   * at none, or it never ran.
   */
  readonly blame: "guilty" | "innocent" | "unknown";
}

export interface WorkerPoolParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Starts a worker; `startAnalysisWorker` but in tests. */
  readonly start: () => Worker;
  /** Workers that cameras share, at most: `sharedWorkersFor`. */
  readonly sharedMax: number;
}

/** One worker, for status and metrics. */
export interface WorkerView {
  readonly number: number;
  readonly cameras: readonly string[];
  /** Milliseconds a second. */
  readonly load: number;
}

/** One core is left for decoding and for the main thread. */
export function sharedWorkersFor(cores: number): number {
  return Math.max(1, cores - 1);
}

/** Starts the real worker, from source or from a bundle. */
export function startAnalysisWorker(): Worker {
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  return new Worker(new URL(file, import.meta.url), { type: "module" });
}

export class WorkerPool implements Disposable {
  readonly #parts: WorkerPoolParts;
  readonly #timers: readonly Disposable[];
  #threads: WorkerThread<Seated>[] = [];
  #started = 0;
  #watchedAtMs: number;

  constructor(parts: WorkerPoolParts) {
    const { clock } = parts;
    this.#parts = parts;
    this.#watchedAtMs = clock.monotonicMs();
    this.#timers = [
      clock.every(WATCH_MS, () => this.#watch()),
      clock.every(RELIEVE_MS, () => this.#relieve()),
    ];
  }

  /** Workers that run now, in the order of their start. */
  get workers(): readonly WorkerView[] {
    return this.#threads.map(({ number, occupants, load }) => {
      return { number, cameras: occupants.map(({ camera }) => camera), load };
    });
  }

  /** A seat in the least loaded worker, or in a new one; where nobody else sits if asked. */
  place(camera: Seated, { isPrivate }: { readonly isPrivate: boolean }): WorkerThread {
    const thread = isPrivate ? this.#open(true) : this.#placeFor(camera);
    thread.seat(camera);
    return thread;
  }

  /** A worker in which nobody sits any more is ended. */
  leave(thread: WorkerThread, camera: string): void {
    thread.unseat(camera);
    if (thread.occupants.length > 0) return;
    this.#threads = this.#threads.filter((other) => other !== thread);
    thread[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) timer[Symbol.dispose]();
    for (const thread of this.#threads) thread[Symbol.dispose]();
    this.#threads = [];
  }

  #placeFor(camera: Seated): WorkerThread<Seated> {
    const shared = this.#shared();
    const [least] = shared;
    if (least === undefined) return this.#open(false);
    const isFull = least.load + camera.load > FULL_LOAD;
    return isFull && shared.length < this.#parts.sharedMax ? this.#open(false) : least;
  }

  /** The least loaded first, then the emptiest, then the oldest. */
  #shared(): WorkerThread<Seated>[] {
    return this.#threads.filter(({ isPrivate }) => !isPrivate).sort((a, b) =>
      a.load - b.load || a.occupants.length - b.occupants.length || a.number - b.number
    );
  }

  #open(isPrivate: boolean): WorkerThread<Seated> {
    const { clock } = this.#parts;
    const thread: WorkerThread<Seated> = new WorkerThread({
      number: ++this.#started,
      worker: this.#parts.start(),
      isPrivate,
      nowMs: () => clock.monotonicMs(),
      lost: (loss) => this.#lost(thread, loss),
    });
    this.#threads.push(thread);
    return thread;
  }

  /** Those who did nothing go on at once and together; the others wait first. */
  #lost(thread: WorkerThread<Seated>, { words, guilty }: Loss): void {
    const { occupants, number } = thread;
    this.#threads = this.#threads.filter((other) => other !== thread);
    this.#parts.log.error("analysis.worker_lost", {
      ...{ worker: number, cameras: occupants.length, words },
      ...(guilty === undefined ? {} : { camera: guilty }),
    });
    for (const occupant of occupants) {
      const blame = guilty === undefined ? "unknown" : "innocent";
      occupant.lost({ words, blame: occupant.camera === guilty ? "guilty" : blame });
    }
  }

  #watch(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    const lateMs = nowMs - this.#watchedAtMs - WATCH_MS;
    this.#watchedAtMs = nowMs;
    for (const thread of this.#threads) {
      if (lateMs > LATE_MS) thread.forgive(lateMs);
      const hangMs = thread.hasAnswered ? HANG_MS : START_MS;
      if (thread.busyMs > hangMs) thread.giveUp(`no answer for ${hangMs / 1_000} s`);
    }
  }

  /** One camera at a time, the smallest that helps: seats change seldom. */
  #relieve(): void {
    const shared = this.#shared();
    const crowded = shared.at(-1);
    if (!crowded || crowded.load < CROWDED_LOAD) return;
    if (crowded.occupants.length < 2) return;
    const mayStart = shared.length < this.#parts.sharedMax;
    const elsewhere = mayStart ? 0 : shared[0]!.load;
    const camera = crowded.occupants.toSorted((a, b) => a.load - b.load).find((
      { load },
    ) => elsewhere + load < RELIEVED_SHARE * crowded.load);
    camera?.move();
  }
}
