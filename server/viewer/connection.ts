/**
 * Keeps a socket to the program open: tries again for ever, with growing waits.
 * Says what happens; shows nothing.
 * @module
 */
import type { LiveMessage } from "../live_protocol.ts";

/** What the connection tells. Calls come in order. */
export interface ConnectionSink {
  opened(): void;
  heard(message: LiveMessage): void;
  /** A try begins. */
  trying(): void;
  /** The socket is gone, or a try failed; the next try is in `waitMs`. */
  lost(waitMs: number): void;
}

/** What it needs of a browser, so that a test can stand in for one. */
export interface ConnectionParts {
  open(): Pick<WebSocket, "addEventListener" | "close">;
  /** Calls `act` once after `delayMs`; returns a call that prevents it. */
  after(delayMs: number, act: () => void): () => void;
  /** A number in 0..1. */
  chance(): number;
}

export interface Connection extends Disposable {
  /** Tries at once instead of waiting on. */
  retryNow(): void;
}

/** There is a beat every second: this long without a word and the socket is dead. */
const SILENCE_MS_MAX = 6_000;
const WAIT_MS_FIRST = 500;
const WAIT_MS_MAX = 15_000;

/** Half a second at first, doubled to 15 s, 20 % more or less so that pages spread. */
export function waitMs(failures: number, chance: number): number {
  const doubled = WAIT_MS_FIRST * 2 ** Math.min(20, Math.max(0, failures - 1));
  return Math.round(Math.min(WAIT_MS_MAX, doubled) * (0.8 + 0.4 * chance));
}

export function keepConnected(sink: ConnectionSink, parts: ConnectionParts): Connection {
  /** Tries since a message was last heard. */
  let failures = 0;
  /** Ends the present socket or wait, without a word to the sink. */
  let leave = () => {};
  let disposed = false;

  function start(): void {
    leave();
    if (disposed) return;
    sink.trying();
    const socket = parts.open();
    let current = true;
    let forgetSilence = () => {};
    leave = () => {
      current = false;
      forgetSilence();
      socket.close();
    };
    const watchSilence = () => {
      forgetSilence();
      forgetSilence = parts.after(SILENCE_MS_MAX, fail);
    };
    function fail(): void {
      if (!current) return;
      leave();
      wait();
    }
    watchSilence();
    socket.addEventListener("open", () => current && sink.opened());
    socket.addEventListener("close", fail);
    socket.addEventListener("error", fail);
    socket.addEventListener("message", (event) => {
      if (!current) return;
      watchSilence();
      const message = readMessage(event.data);
      if (message === undefined) return;
      failures = 0;
      sink.heard(message);
    });
  }

  function wait(): void {
    failures++;
    const delayMs = waitMs(failures, parts.chance());
    leave = parts.after(delayMs, start);
    sink.lost(delayMs);
  }

  start();
  return {
    retryNow: start,
    [Symbol.dispose]() {
      disposed = true;
      leave();
    },
  };
}

/** What came, if it is one of ours: an object that names its type. */
export function readMessage(text: unknown): LiveMessage | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || !("type" in read)) return undefined;
    return typeof read.type === "string" ? read as LiveMessage : undefined;
  } catch {
    return undefined;
  }
}
