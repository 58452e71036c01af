/**
 * Facts about our own running, as one line each on standard error.
 * Nothing per frame; what is counted is a metric; what is wrong now is an alert.
 * @module
 */
import { configure, getLogger, type LogRecord, reset } from "@logtape/logtape";
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

/** Starts logging to standard error. Under journald, which adds it, without the time. */
export async function startLog(level: LogLevel): Promise<AsyncDisposable> {
  const encoder = new TextEncoder();
  const withTime = !Deno.env.has("JOURNAL_STREAM");
  await configure({
    reset: true,
    sinks: {
      stderr: (record: LogRecord) => {
        try {
          Deno.stderr.writeSync(encoder.encode(lineOf(record, withTime)));
        } catch {
          // A closed standard error must not end a program that watches cameras.
        }
      },
    },
    loggers: [
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["stderr"] },
      { category: ["streamware"], lowestLevel: level, sinks: ["stderr"] },
    ],
  });
  return { [Symbol.asyncDispose]: () => reset() };
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

function lineOf(record: LogRecord, withTime: boolean): string {
  const facts = Object.entries(record.properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(" ");
  const event = String(record.rawMessage);
  const time = withTime ? `${new Date(record.timestamp).toISOString()} ` : "";
  const line = `${time}${record.level.padEnd(7)} ${event}${facts ? " " + facts : ""}`;
  return withoutCredentials(line) + "\n";
}

function quoted(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
