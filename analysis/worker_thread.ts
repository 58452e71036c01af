/**
 * One worker with the cameras that sit in it, and what each of them waits for. Knows who
 * keeps it busy: messages are answered one by one in the order in which they were sent,
 * so the oldest unanswered one is the one it works at. Replaces nothing; that is the pool.
 * @module
 */
import { wordsOf } from "../base/fault.ts";
import type { FromWorker, ToWorker } from "./worker_protocol.ts";

/** A camera's side of the talk. */
export interface Occupant {
  readonly camera: string;
  /** What it costs, milliseconds a second. */
  readonly load: number;
  hear(reply: FromWorker): void;
}

/** A worker that is lost, as far as is known. */
export interface Loss {
  readonly words: string;
  /** The camera it worked at; undefined when it had nothing to do, or never ran. */
  readonly guilty: string | undefined;
}

export interface WorkerThreadParts {
  /** Counts workers from 1; told in status and metrics. */
  readonly number: number;
  readonly worker: Worker;
  /** It is for one camera only. */
  readonly isPrivate: boolean;
  nowMs(): number;
  lost(loss: Loss): void;
}

/** A message that was not answered yet. */
interface Open {
  readonly camera: string;
  readonly generation: number;
}

export class WorkerThread<Of extends Occupant = Occupant> implements Disposable {
  readonly #parts: WorkerThreadParts;
  readonly #occupants = new Map<string, Of>();
  readonly #open: Open[] = [];
  /** Since when it works at the oldest of `#open`. */
  #busySinceMs = 0;
  #hasAnswered = false;
  #isOver = false;

  constructor(parts: WorkerThreadParts) {
    this.#parts = parts;
    const { worker } = parts;
    worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
      if (!this.#isOver) this.#hear(event.data);
    });
    // Unprevented, an uncaught error in a worker ends the whole program.
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose(event.message);
    });
    worker.addEventListener(
      "messageerror",
      () => this.#lose("a message could not be read"),
    );
  }

  get number(): number {
    return this.#parts.number;
  }

  get isPrivate(): boolean {
    return this.#parts.isPrivate;
  }

  /** It has answered once: its code runs. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  get occupants(): readonly Of[] {
    return [...this.#occupants.values()];
  }

  /** Of all that sit in it, milliseconds a second. */
  get load(): number {
    let sum = 0;
    for (const { load } of this.#occupants.values()) sum += load;
    return sum;
  }

  /** How long it has worked at one message, ms; 0 when it has none. */
  get busyMs(): number {
    return this.#open.length === 0 ? 0 : this.#parts.nowMs() - this.#busySinceMs;
  }

  /** The main thread stood still: for so long nobody could be heard. */
  forgive(lateMs: number): void {
    this.#busySinceMs += lateMs;
  }

  seat(occupant: Of): void {
    this.#occupants.set(occupant.camera, occupant);
  }

  /** Replies to it are no longer heard; those that are owed still count as work. */
  unseat(camera: string): void {
    this.#occupants.delete(camera);
  }

  send(message: ToWorker): void {
    if (this.#isOver) return;
    const { camera, generation } = message.kind === "attach"
      ? message.attachment
      : message;
    if (this.#open.length === 0) this.#busySinceMs = this.#parts.nowMs();
    this.#open.push({ camera, generation });
    try {
      this.#parts.worker.postMessage(message);
    } catch (thrown) {
      this.#lose(wordsOf(thrown));
    }
  }

  /** It does not answer: says who is to blame, and ends. */
  giveUp(words: string): void {
    this.#lose(words);
  }

  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#parts.worker.terminate();
  }

  #hear(reply: FromWorker): void {
    this.#hasAnswered = true;
    const at = this.#open.findIndex((open) =>
      open.camera === reply.camera && open.generation === reply.generation
    );
    if (at >= 0) this.#open.splice(at, 1);
    // One that was passed over goes on being waited for.
    if (at === 0) this.#busySinceMs = this.#parts.nowMs();
    this.#occupants.get(reply.camera)?.hear(reply);
  }

  #lose(words: string): void {
    if (this.#isOver) return;
    const guilty = this.#hasAnswered ? this.#open[0]?.camera : undefined;
    this[Symbol.dispose]();
    this.#parts.lost({ words, guilty });
  }
}
