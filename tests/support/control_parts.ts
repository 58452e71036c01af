/**
 * Parts for a control socket in a test, and what asks it: one camera, nothing wrong.
 * @module
 */
import { AlertBoard } from "../../base/alerts.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { LogTail } from "../../base/log_tail.ts";
import { frameBytes } from "../../capture/frame/frame.ts";
import type { ControlParts } from "../../server/control_socket.ts";
import { UnreportedMemory } from "../../server/unreported.ts";
import { EventMemory } from "../../server/event_memory.ts";
import type { WholeFrame } from "../../server/still_encoder.ts";
import { GATE } from "./server_parts.ts";

export type TestControlParts = ControlParts & {
  readonly logTail: LogTail;
  readonly board: AlertBoard;
};

export function controlParts(
  path: string,
  changes: Partial<ControlParts> = {},
): TestControlParts {
  const board = new AlertBoard(systemClock);
  return {
    clock: systemClock,
    log: silentLog,
    path,
    version: "0.1.0",
    startedUtcMs: Date.UTC(2026, 0, 1),
    configFile: "/etc/streamware/streamware.yaml",
    urls: () => ({ pages: ["http://localhost:8766/"] }),
    cameras: () => [GATE],
    sources: () => ({ gate: "rtsp://192.168.1.20/stream1" }),
    framesAnalysed: () => ({ gate: 0 }),
    frameAgesMs: () => ({ gate: 40 }),
    workers: () => ({ gate: 1 }),
    streams: () => ({}),
    decodings: () => ({}),
    alerts: () => board.list(),
    raise: (alert) => board.raise(alert),
    newestFrame: () => greyFrame(systemClock.monotonicMs()),
    events: new EventMemory(),
    unreported: new UnreportedMemory(),
    ...changes,
    logTail: new LogTail(),
    board,
  };
}

export function greyFrame(arrivalMs: number): WholeFrame {
  const format = { width: 64, height: 48 };
  return {
    format,
    pixels: new Uint8Array(frameBytes(format)).fill(128),
    stamp: { ptsUs: 0, arrivalMs, utcMs: Date.UTC(2026, 0, 1), doubtful: false },
  };
}

/** Asks a Unix socket; the body is read, or cancelled, by who asks. */
export async function ask(
  socketPath: string,
  path: string,
  signal?: AbortSignal,
): Promise<Response> {
  const client = Deno.createHttpClient({
    proxy: { transport: "unix", path: socketPath },
    poolMaxIdlePerHost: 0,
  });
  try {
    const ended = signal ? { signal } : {};
    return await fetch(`http://localhost${path}`, { client, ...ended });
  } finally {
    client.close();
  }
}

/** What comes out of an answer, as it comes; `undefined` after the connection broke. */
export async function* texts(answer: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of answer.body ?? []) yield decoder.decode(bytes);
}
