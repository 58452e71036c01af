/**
 * Facts about our own running, as one line each on standard error.
 * Nothing per frame; what is counted is a metric; what is wrong now is an alert.
 * @module
 */
import { configure, getLogger, type LogRecord, reset } from "@logtape/logtape";
import { sleep, systemClock } from "./clock.ts";
import { type LogLines, LogTail } from "./log_tail.ts";
import { withoutCredentials } from "./secret.ts";

export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** A stable dotted event name and facts with units in their names. */
export interface Log {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

export type LogLevel = "debug" | "info" | "warning" | "error";

/** Lines that may wait for a standard error that nobody reads; more are dropped. */
const LINES_WAITING_MAX = 1_000;
/** How long the last lines are waited for at the end. */
const LAST_LINES_MS = 200;

/** The log of the whole program. Disposing it writes what still waits. */
export interface RunningLog extends AsyncDisposable {
  /** The last lines, each with its time. */
  readonly tail: LogLines;
}

/**
 * Starts logging to standard error, and to a tail in memory. Under journald, which adds
 * it, standard error gets no time.
 */
export async function startLog(level: LogLevel): Promise<RunningLog> {
  const isJournal = Deno.env.has("JOURNAL_STREAM");
  const lines = new LineWriter((bytes) => Deno.stderr.write(bytes));
  const tail = new LogTail();
  const take = (record: LogRecord) => {
    const line = lineOf(record);
    const timed = `${new Date(record.timestamp).toISOString()} ${line}`;
    lines.push(`${isJournal ? line : timed}\n`);
    tail.push(timed);
  };
  await configure({
    reset: true,
    sinks: { stderr: take },
    loggers: [
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stderr"] },
      { category: ["streamware"], lowestLevel: level, sinks: ["stderr"] },
    ],
  });
  return {
    tail,
    async [Symbol.asyncDispose]() {
      await reset();
      await lines.flushed(LAST_LINES_MS);
    },
  };
}

/**
 * Writes lines without ever waiting for who reads them: a terminal that was stopped
 * or a collector that hangs must not stop a program that watches cameras.
 */
export class LineWriter {
  readonly #write: (bytes: Uint8Array) => Promise<number>;
  readonly #encoder = new TextEncoder();
  #waiting: string[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;

  constructor(write: (bytes: Uint8Array) => Promise<number>) {
    this.#write = write;
  }

  push(line: string): void {
    if (this.#waiting.length >= LINES_WAITING_MAX) this.#dropped++;
    else this.#waiting.push(line);
    this.#writing ??= this.#drain();
  }

  /** Done when all is written, or after `timeoutMs`. */
  async flushed(timeoutMs: number): Promise<void> {
    const enough = new AbortController();
    const late = sleep(systemClock, timeoutMs, enough.signal);
    await Promise.race([this.#writing, late]);
    enough.abort();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const lost = this.#dropped > 0 ? `(${this.#dropped} log lines were lost)\n` : "";
        const bytes = this.#encoder.encode(this.#waiting.join("") + lost);
        this.#waiting = [];
        this.#dropped = 0;
        for (let done = 0; done < bytes.length;) {
          done += await this.#write(bytes.subarray(done));
        }
      }
    } catch {
      // A standard error that is closed must not end the program either.
      this.#waiting = [];
    }
    this.#writing = undefined;
  }
}

/** The log of one part of the program: `logFor("capture")`. */
export function logFor(area: string): Log {
  const logger = getLogger(["streamware", area]);
  return {
    debug: (event, facts = {}) => logger.debug(event, { ...facts }),
    info: (event, facts = {}) => logger.info(event, { ...facts }),
    warn: (event, facts = {}) => logger.warn(event, { ...facts }),
    error: (event, facts = {}) => logger.error(event, { ...facts }),
  };
}

/** A log that says nothing, for tests and for offline work. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};

/** A record without its time, on one line, without credentials. */
function lineOf(record: LogRecord): string {
  const facts = Object.entries(record.properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quoted(withoutCredentials(String(value)))}`)
    .join(" ");
  const event = String(record.rawMessage);
  return `${record.level.padEnd(7)} ${event}${facts ? " " + facts : ""}`;
}

function quoted(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
