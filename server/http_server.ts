/**
 * Opens the doors: the page, its socket and the facts on one port, the original's
 * frame JSON on another, which never leaves loopback. Wiring; what is said, and to whom,
 * is decided elsewhere.
 * @module
 */
import type { Alert } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { ServerSettings } from "../config/schema.ts";
import type { Told } from "../llm/narration.ts";
import type { BroadcastCounts } from "./broadcast.ts";
import type { CodedPictures } from "./coded_answers.ts";
import { type Door, openDoor } from "./door.ts";
import { type HeatCells, HeatMemory } from "./heat_memory.ts";
import type { CameraView, LiveMessage } from "./live_protocol.ts";
import { LiveSocket } from "./live_socket.ts";
import { LiveVideo, type VideoFeed } from "./live_video.ts";
import { Login } from "./login.ts";
import { OriginalSocket } from "./original_socket.ts";
import { openPageDoor, type PageDoorParts, pageUrls } from "./page_door.ts";
import { PictureMemory } from "./picture_memory.ts";
import { type Protection, refuseUnprotected } from "./protection.ts";
import { RecentMemory } from "./recent.ts";
import { StillEncoder, type WholeFrame } from "./still_encoder.ts";

/** What the server needs from the rest of the house. All calls are cheap. */
export interface ServerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: ServerSettings;
  /** Of `openProtection`; without it there is no login, and only loopback is listened on. */
  readonly protection?: Protection;
  /** True when narrations will come. */
  readonly words?: boolean;
  cameras(): readonly CameraView[];
  alerts(): readonly Alert[];
  /** Raises an alert about the server itself: `server.port_busy`, `pictures.failing`. */
  raise(alert: Omit<Alert, "sinceUtcMs">): void;
  /** Takes such an alert back: `server.login_failures` goes when it is quiet again. */
  clear?(code: string, subject: string): void;
  /** ms since the newest frame of each camera was taken; without those that had none. */
  frameAgesMs(): Readonly<Record<string, number>>;
  /** A copy of the newest whole frame, which is ours then; undefined before the first. */
  newestFrame(camera: string): WholeFrame | undefined;
  /** A camera's coded pictures; there are none when absent or undefined. */
  video?(camera: string): VideoFeed | undefined;
  /** Pictures of full size and clips; nobody gives any when absent. */
  readonly coded?: CodedPictures;
  /** How restless a camera's picture is; nobody knows when absent. */
  heat?(camera: string): Promise<HeatCells | undefined>;
  /** Everything that is counted, as Prometheus text. */
  metrics(): string | Promise<string>;
  /** Of the built page; its own place when absent. */
  readonly viewerFolder?: URL;
}

/** What may be published; the others are the server's own, narrations go by `tell`. */
export type Publication = Exclude<LiveMessage, { type: "hello" | "beat" | "narration" }>;

export interface ServerCounts {
  readonly live: BroadcastCounts;
  readonly video: BroadcastCounts;
  /** Absent when the original's port is off or busy. */
  readonly original?: BroadcastCounts;
  /** Requests turned away by the access rules, both ports. */
  readonly refused: number;
  readonly stillsEncoded: number;
}

/** A running server. Disposing it closes every socket and both ports within a second. */
export interface LiveServer extends AsyncDisposable {
  /** Where the page is, seen from this box: `http://127.0.0.1:8766/`. */
  readonly url: string;
  /** `url`, then where others find it: hostname.local, the settings' names, addresses. */
  readonly urls: readonly string[];
  /** Of the certificate, SHA-256 as `AB:CD:…`; undefined without TLS. */
  readonly fingerprint: string | undefined;
  readonly port: number;
  /** Undefined when off, or when another program has the port. */
  readonly originalPort: number | undefined;
  readonly counts: ServerCounts;
  /** Tells all who listen. Never waits. */
  publish(message: Publication): void;
  /** Publishes a narration, and keeps it and its picture for who comes later. */
  tell(told: Told): void;
}

/** How long clients may take to answer our goodbye before they are cut off. */
const GOODBYE_MS_MAX = 200;

/** How soon a new password closes the sockets of those who knew the old one. */
const PASSWORD_LOOK_MS = 1_000;

/**
 * @throws Fault `unavailable` when the main port cannot be had, `config` when it would be
 * open to all beyond loopback
 */
export async function openServer(parts: ServerParts): Promise<LiveServer> {
  const { clock, settings, protection } = parts;
  refuseUnprotected(settings, protection?.certificate !== undefined);
  await using opened = new AsyncDisposableStack();
  const stills = openStills(parts);
  const heat = new HeatMemory(clock, (camera) => parts.heat?.(camera));
  const startedUtcMs = clock.utcMs();
  const recent = new RecentMemory(startedUtcMs);
  const pictures = new PictureMemory();
  const hello = (login: boolean) => helloOf(parts, startedUtcMs, login);
  const live = opened.use(new LiveSocket({ ...parts, hello }));
  const video = opened.use(
    new LiveVideo({ clock, feed: (camera) => parts.video?.(camera) }),
  );
  const original = opened.use(
    new OriginalSocket({ ...parts, still: (camera) => stills.latest(camera) }),
  );
  const login = opened.use(openLogin(parts));
  opened.use(watchPassword(parts, [live, video]));
  const memories = { live, video, stills, recent, pictures, heat, login };
  const door = opened.use(openPageDoor(pageParts(parts, memories)));
  const originalDoor = opened.use(openOriginalDoor(parts, original));
  // Closed in reverse: first a goodbye to every client, then the doors, at once.
  opened.defer(() => sayGoodbye(clock, [live, video, original]));
  const closing = opened.move();
  const urls = pageUrls(settings, door.port, {
    tls: protection?.certificate !== undefined,
    hostname: Deno.hostname(),
    addresses: Deno.networkInterfaces().map(({ address }) => address),
  });
  return {
    url: urls[0],
    urls,
    fingerprint: protection?.certificate?.fingerprint,
    port: door.port,
    originalPort: originalDoor?.port,
    get counts() {
      return {
        live: live.counts,
        video: video.counts,
        ...(originalDoor ? { original: original.counts } : {}),
        refused: door.refused + (originalDoor?.refused ?? 0),
        stillsEncoded: stills.encoded,
      };
    },
    publish: (message) => {
      if (message.type === "unreported") recent.unreported(message.unreported);
      if (message.type !== "frame") return live.publish(message);
      const { camera } = message;
      const frame = recent.remember(camera, message, clock.monotonicMs());
      live.publish({ ...message, ...frame });
      // Its viewers know of one camera only: they get the first.
      if (camera === parts.cameras()[0]?.camera) original.publish(camera, message);
    },
    tell: ({ narration, picture }) => {
      if (picture) pictures.keep(narration.id, picture);
      recent.narrated(narration);
      live.publish({ type: "narration", narration });
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function helloOf(
  parts: ServerParts,
  startedUtcMs: number,
  login: boolean,
): Extract<LiveMessage, { type: "hello" }> {
  return {
    type: "hello",
    version: 1,
    utcMs: parts.clock.utcMs(),
    startedUtcMs,
    cameras: parts.cameras(),
    alerts: parts.alerts(),
    ages: parts.frameAgesMs(),
    ...(login ? { login } : {}),
    ...(parts.words ? { words: true } : {}),
  };
}

function openStills(parts: ServerParts): StillEncoder {
  return new StillEncoder({
    clock: parts.clock,
    newestFrame: (camera) => parts.newestFrame(camera),
    board: {
      raise: (alert) => parts.raise(alert),
      clear: (code, subject) => parts.clear?.(code, subject),
    },
  });
}

/** Undefined when no password is set: then nobody has to log in. */
function openLogin(parts: ServerParts): Login | undefined {
  const { clock, log, protection } = parts;
  return protection && new Login({
    ...{ clock, log, protection },
    raise: (alert) => parts.raise(alert),
    clear: (code, subject) => parts.clear?.(code, subject),
  });
}

/** Another password ends every login, those with an open socket too. */
function watchPassword(
  parts: ServerParts,
  sockets: readonly (LiveSocket | LiveVideo)[],
): Disposable | undefined {
  const { clock, protection } = parts;
  let hash = protection?.passwordHash;
  return protection && clock.every(PASSWORD_LOOK_MS, () => {
    if (protection.passwordHash !== hash) {
      for (const socket of sockets) socket.dismiss();
    }
    hash = protection.passwordHash;
  });
}

interface Memories {
  readonly live: LiveSocket;
  readonly video: LiveVideo;
  readonly stills: StillEncoder;
  readonly recent: RecentMemory;
  readonly pictures: PictureMemory;
  readonly heat: HeatMemory;
  readonly login: Login | undefined;
}

function pageParts(
  parts: ServerParts,
  { live, video, stills, recent, pictures, heat, login }: Memories,
): PageDoorParts {
  const { clock, log, settings, protection, viewerFolder } = parts;
  return {
    ...{ clock, log, settings, protection, live, video, login },
    healthSigns: () => ({
      cameras: parts.cameras(),
      ages: parts.frameAgesMs(),
      alerts: parts.alerts(),
    }),
    metrics: () => parts.metrics(),
    still: (camera) => stills.latest(camera),
    stillWaitMs: (camera) => stills.waitMs(camera),
    recent: (camera) => recent.text(camera, clock.monotonicMs()),
    picture: (id) => pictures.get(id),
    heat: (camera) => heat.text(camera),
    ...(parts.coded ? { coded: parts.coded } : {}),
    ageMs: (arrivalMs) => clock.monotonicMs() - arrivalMs,
    ...(viewerFolder ? { viewerFolder } : {}),
  };
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
    const rules = { names: [], proxyNames: [], samePort: false };
    return openDoor({ clock, log, hostname: "127.0.0.1", port, rules, answer });
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
  sockets: readonly (LiveSocket | LiveVideo | OriginalSocket)[],
): Promise<void> {
  for (const socket of sockets) socket[Symbol.dispose]();
  const untilMs = clock.monotonicMs() + GOODBYE_MS_MAX;
  while (
    clock.monotonicMs() < untilMs && sockets.some(({ counts }) => counts.clients > 0)
  ) {
    await new Promise<void>((resolve) => clock.after(10, resolve));
  }
}
