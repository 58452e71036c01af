/**
 * Opens the doors: the page, its socket and the facts on one port, the original's
 * frame JSON on another. Loopback only. Wiring; what is said is decided elsewhere.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { ServerSettings } from "../config/schema.ts";
import type { BroadcastCounts } from "./broadcast.ts";
import { type Door, openDoor } from "./door.ts";
import type { CameraView, LiveMessage } from "./live_protocol.ts";
import { LiveSocket } from "./live_socket.ts";
import { OriginalSocket } from "./original_socket.ts";
import { RecentMemory } from "./recent.ts";
import { makeRoutes } from "./routes.ts";
import { StillEncoder, type WholeFrame } from "./still_encoder.ts";

/** What the server needs from the rest of the house. All calls are cheap. */
export interface ServerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: ServerSettings;
  cameras(): readonly CameraView[];
  alerts(): readonly Alert[];
  /** Raises an alert about the server itself: `server.port_busy`. */
  raise(alert: Omit<Alert, "sinceUtcMs">): void;
  /** ms since the newest frame of each camera was taken; without those that had none. */
  frameAgesMs(): Readonly<Record<string, number>>;
  /** A copy of the newest whole frame, which is ours then; undefined before the first. */
  newestFrame(camera: string): WholeFrame | undefined;
  /** Everything that is counted, as Prometheus text. */
  metrics(): string | Promise<string>;
  /** Of the built page; its own place when absent. */
  readonly viewerFolder?: URL;
}

/** What may be published; `hello` and `beat` are the server's own. */
export type Publication = Exclude<LiveMessage, { type: "hello" | "beat" }>;

export interface ServerCounts {
  readonly live: BroadcastCounts;
  /** Absent when the original's port is off or busy. */
  readonly original?: BroadcastCounts;
  /** Requests turned away by the access rules, both ports. */
  readonly refused: number;
  readonly stillsEncoded: number;
}

/** A running server. Disposing it closes every socket and both ports within a second. */
export interface LiveServer extends AsyncDisposable {
  /** Where the page is: `http://127.0.0.1:8766/`. */
  readonly url: string;
  readonly port: number;
  /** Undefined when off, or when another program has the port. */
  readonly originalPort: number | undefined;
  readonly counts: ServerCounts;
  /** Tells all who listen. Never waits. */
  publish(message: Publication): void;
}

/** How long clients may take to answer our goodbye before they are cut off. */
const GOODBYE_MS_MAX = 200;

/** @throws Fault `unavailable` when the main port cannot be had */
export async function openServer(parts: ServerParts): Promise<LiveServer> {
  await using opened = new AsyncDisposableStack();
  const stills = new StillEncoder(parts);
  const startedUtcMs = parts.clock.utcMs();
  const recent = new RecentMemory(startedUtcMs);
  const live = new LiveSocket({ ...parts, hello: () => helloOf(parts, startedUtcMs) });
  const original = new OriginalSocket({ ...parts, still: (c) => stills.latest(c) });
  opened.use(live);
  opened.use(original);
  const door = opened.use(openMainDoor(parts, { live, stills, recent }));
  const originalDoor = openOriginalDoor(parts, original);
  if (originalDoor) opened.use(originalDoor);
  // Closed in reverse: first a goodbye to every client, then the doors, at once.
  opened.defer(() => sayGoodbye(parts.clock, [live, original]));
  const closing = opened.move();
  return {
    url: `http://127.0.0.1:${door.port}/`,
    port: door.port,
    originalPort: originalDoor?.port,
    get counts() {
      return {
        live: live.counts,
        ...(originalDoor ? { original: original.counts } : {}),
        refused: door.refused + (originalDoor?.refused ?? 0),
        stillsEncoded: stills.encoded,
      };
    },
    publish: (message) => {
      if (message.type === "narration") recent.narrated(message.narration);
      if (message.type !== "frame") return live.publish(message);
      const { camera } = message;
      const firstEvent = recent.remember(camera, message, parts.clock.monotonicMs());
      live.publish(firstEvent === undefined ? message : { ...message, firstEvent });
      original.publish(camera, message);
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function helloOf(
  parts: ServerParts,
  startedUtcMs: number,
): Extract<LiveMessage, { type: "hello" }> {
  return {
    type: "hello",
    version: 1,
    utcMs: parts.clock.utcMs(),
    startedUtcMs,
    cameras: parts.cameras(),
    alerts: parts.alerts(),
    ages: parts.frameAgesMs(),
  };
}

interface MainDoorParts {
  readonly live: LiveSocket;
  readonly stills: StillEncoder;
  readonly recent: RecentMemory;
}

function openMainDoor(
  parts: ServerParts,
  { live, stills, recent }: MainDoorParts,
): Door {
  const routes = makeRoutes({
    live,
    healthSigns: () => ({
      cameras: parts.cameras(),
      ages: parts.frameAgesMs(),
      alerts: parts.alerts(),
    }),
    metrics: () => parts.metrics(),
    still: (camera) => stills.latest(camera),
    stillWaitMs: (camera) => stills.waitMs(camera),
    recent: (camera) => recent.text(camera, parts.clock.monotonicMs()),
    ageMs: (arrivalMs) => parts.clock.monotonicMs() - arrivalMs,
    ...(parts.viewerFolder ? { viewerFolder: parts.viewerFolder } : {}),
  });
  const { clock, log, settings } = parts;
  const answer = (request: Request) => routes.fetch(request);
  return openDoor({ clock, log, port: settings.port, answer });
}

/** A busy port costs the original's viewers their socket, and nobody anything else. */
function openOriginalDoor(
  parts: ServerParts,
  original: OriginalSocket,
): Door | undefined {
  const { clock, log, settings: { originalPort: port } } = parts;
  if (port === -1) return undefined;
  try {
    const answer = (request: Request) => original.answer(request);
    return openDoor({ clock, log, port, answer });
  } catch (thrown) {
    const words = wordsOf(thrown);
    log.warn("server.port_busy", { port, words });
    parts.raise({
      code: "server.port_busy",
      subject: String(port),
      severity: "warning",
      words: `The original's viewers have no door: ${words}`,
      toDo: "End that program and start again, or set --original-port (-1 is off)",
    });
    return undefined;
  }
}

async function sayGoodbye(
  clock: Clock,
  sockets: readonly (LiveSocket | OriginalSocket)[],
): Promise<void> {
  for (const socket of sockets) socket[Symbol.dispose]();
  const untilMs = clock.monotonicMs() + GOODBYE_MS_MAX;
  while (
    clock.monotonicMs() < untilMs && sockets.some(({ counts }) => counts.clients > 0)
  ) {
    await new Promise<void>((resolve) => clock.after(10, resolve));
  }
}
