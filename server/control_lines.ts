/**
 * Lines for one reader at the control socket: those that are there, then those that
 * come. Whoever does not read loses the connection, never we our memory.
 * @module
 */
import type { Clock } from "../base/clock.ts";

/** What waits for a reader that reads slowly, beyond what it was given at first. */
const LINES_WAITING_MAX = 2_000;
/** A reader that takes nothing for so long while something waits has stalled. */
const STALLED_MS = 15_000;
/** Handed over at once; the kernel's own buffer of a Unix socket is about as large. */
const CHUNK_CHARS = 65_536;

export interface LinesToTell {
  readonly clock: Clock;
  /** Told first, without newlines. */
  readonly first: readonly string[];
  /** Tells of those that come, until disposed; absent: the first are all. */
  readonly subscribe?: (take: (line: string) => void) => Disposable;
  /** The reader is gone, by whoever's will; called once. */
  ended(why: LinesEnd): void;
}

export type LinesEnd = "told" | "left" | "stalled";

/** A response body. Ends by itself when all was told, breaks off when its reader stalls. */
export function linesBody(lines: LinesToTell): ReadableStream<Uint8Array> {
  const reader = new Reader(lines);
  return new ReadableStream({
    start: (controller) => reader.start(controller),
    pull: () => reader.pull(),
    cancel: () => reader.end("left"),
  }, { highWaterMark: 0 });
}

class Reader {
  readonly #lines: LinesToTell;
  readonly #encoder = new TextEncoder();
  readonly #room: number;
  #waiting: string[];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #subscription: Disposable | undefined;
  #stall: Disposable | undefined;
  /** Called when something waits again: the reader has asked and got nothing. */
  #pulled: (() => void) | undefined;
  #isOver = false;

  constructor(lines: LinesToTell) {
    this.#lines = lines;
    this.#waiting = [...lines.first];
    this.#room = lines.first.length + LINES_WAITING_MAX;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    this.#subscription = this.#lines.subscribe?.((line) => this.#take(line));
    this.#watch();
  }

  pull(): void | Promise<void> {
    this.#watch();
    if (this.#waiting.length > 0) return this.#give();
    if (!this.#subscription) {
      this.end("told");
      return this.#controller?.close();
    }
    return new Promise((resolve) => this.#pulled = resolve);
  }

  end(why: LinesEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#subscription?.[Symbol.dispose]();
    this.#stall?.[Symbol.dispose]();
    this.#waiting = [];
    this.#pulled?.();
    this.#lines.ended(why);
  }

  #take(line: string): void {
    if (this.#waiting.length >= this.#room) return this.#giveUp();
    this.#waiting.push(line);
    if (!this.#pulled) return;
    this.#give();
    this.#pulled();
    this.#pulled = undefined;
  }

  #give(): void {
    let text = "";
    let count = 0;
    while (count < this.#waiting.length && text.length < CHUNK_CHARS) {
      text += `${this.#waiting[count++]}\n`;
    }
    this.#waiting.splice(0, count);
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  /** Time runs while something waits, from each time the reader took something. */
  #watch(): void {
    this.#stall?.[Symbol.dispose]();
    this.#stall = this.#lines.clock.after(STALLED_MS, () => {
      if (this.#waiting.length > 0) this.#giveUp();
      else this.#watch();
    });
  }

  #giveUp(): void {
    this.end("stalled");
    this.#controller?.error(new Error("The reader has stalled"));
  }
}
