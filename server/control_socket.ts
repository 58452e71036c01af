/**
 * Opens the control socket: a Unix socket that this box's user and group may ask.
 * Without it everything goes on, so that a place that cannot be had is an alert, no fault.
 * @module
 */
import { dirname } from "node:path";
import type { Alert } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { LogLines } from "../base/log_tail.ts";
import { residentBytes } from "../base/process_metrics.ts";
import { SOCKET_PATH_BYTES_MAX } from "../config/places.ts";
import type { ControlUrls, OutletStatus, WordsStatus } from "./control_protocol.ts";
import type { CodedPictures } from "./coded_answers.ts";
import { FrameRates } from "./control_rates.ts";
import { makeControlRoutes } from "./control_routes.ts";
import { makeStatus, type StatusSigns } from "./control_status.ts";
import type { UnreportedMemory } from "./unreported.ts";
import type { EventMemory } from "./event_memory.ts";
import type { CameraView } from "./live_protocol.ts";
import { StillEncoder, type WholeFrame } from "./still_encoder.ts";

/** What the socket needs from the rest of the house. All calls are cheap. */
export interface ControlParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Of the socket; its folder is made when it is missing. */
  readonly path: string;
  /** Of the program. */
  readonly version: string;
  readonly startedUtcMs: number;
  /** The settings file in use, if any. */
  readonly configFile: string | undefined;
  urls(): ControlUrls;
  cameras(): readonly CameraView[];
  /** By camera, without credentials: `shownUrl`. */
  sources(): Readonly<Record<string, string>>;
  /** By camera: frames analysed since the start. */
  framesAnalysed(): Readonly<Record<string, number>>;
  /** By camera: ms since its newest frame came; without those that had none. */
  frameAgesMs(): Readonly<Record<string, number>>;
  /** The analysis worker in which each camera sits. */
  workers(): Readonly<Record<string, number>>;
  streams(): StatusSigns["streams"];
  decodings(): StatusSigns["decodings"];
  alerts(): readonly Alert[];
  raise(alert: Omit<Alert, "sinceUtcMs">): void;
  /** A copy of the newest whole frame; undefined before the first. */
  newestFrame(camera: string): WholeFrame | undefined;
  /** Pictures of full size; nobody gives any when absent. */
  readonly coded?: CodedPictures;
  /** By camera: memory that is taken by what it sent; absent where nothing is kept. */
  codedBytes?(): Readonly<Record<string, number>>;
  readonly events: EventMemory;
  readonly unreported: UnreportedMemory;
  readonly logTail: LogLines;
  /** Who writes the sentences; absent, or undefined, when words are off. */
  words?(): Omit<WordsStatus, "last"> | undefined;
  outlets?(): readonly OutletStatus[];
}

/** An open control socket. Disposing it ends every connection and removes the file. */
export interface ControlSocket extends AsyncDisposable {
  readonly path: string;
}

/** Of the folder, when it has to be made. */
const FOLDER_MODE = 0o750;
/** The user and the group may ask, nobody else. */
const SOCKET_MODE = 0o660;
const RATE_PERIOD_MS = 1_000;

/** Undefined when the place cannot be had; then an alert says why. */
export async function openControlSocket(
  parts: ControlParts,
): Promise<ControlSocket | undefined> {
  const { clock, log, path } = parts;
  const problem = await preparePlace(path);
  if (problem) return refuse(parts, problem);
  const rates = new FrameRates();
  const routes = makeRoutes(parts, rates);
  const closing = new AbortController();
  let server: Deno.HttpServer;
  try {
    server = Deno.serve({
      path,
      signal: closing.signal,
      onListen: () => {},
      onError: (thrown) => {
        log.error("control.request_failed", { cause: wordsOf(thrown) });
        return new Response("something is wrong here: see the log\n", { status: 500 });
      },
    }, (request) => routes.fetch(request));
    Deno.chmodSync(path, SOCKET_MODE);
  } catch (thrown) {
    closing.abort();
    return refuse(parts, { code: "control.unavailable", state: wordsOf(thrown) });
  }
  const sampling = clock.every(RATE_PERIOD_MS, () => {
    rates.step(parts.framesAnalysed(), clock.monotonicMs());
  });
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      sampling[Symbol.dispose]();
      closing.abort();
      await server.finished;
    },
  };
}

function makeRoutes(parts: ControlParts, rates: FrameRates) {
  const { clock, log, events, unreported } = parts;
  const stills = new StillEncoder(parts);
  return makeControlRoutes({
    clock,
    events,
    unreported,
    log: parts.logTail,
    status: () =>
      makeStatus({
        programVersion: parts.version,
        pid: Deno.pid,
        startedUtcMs: parts.startedUtcMs,
        utcMs: clock.utcMs(),
        urls: parts.urls(),
        configFile: parts.configFile,
        memoryBytes: residentBytes(Deno.readTextFileSync("/proc/self/status")),
        cameras: parts.cameras(),
        sources: parts.sources(),
        ages: parts.frameAgesMs(),
        workers: parts.workers(),
        codedBytes: parts.codedBytes?.() ?? {},
        streams: parts.streams(),
        decodings: parts.decodings(),
        fps: (camera) => rates.of(camera),
        words: parts.words?.(),
        lastSpoken: events.lastSpoken,
        outlets: parts.outlets?.() ?? [],
        alerts: parts.alerts(),
      }),
    cameras: () => parts.cameras().map(({ camera }) => camera),
    tellsClasses: () => !parts.cameras().some(isWithoutClasses),
    still: (camera) => stills.latest(camera),
    ...(parts.coded ? { coded: parts.coded } : {}),
    readerEnded: (why) => {
      if (why === "stalled") log.warn("control.reader_stalled");
    },
  });
}

/** Known with its first frame; what the settings say of one camera holds for all. */
function isWithoutClasses({ header }: CameraView): boolean {
  return header !== undefined && header.classModel === undefined;
}

/** Why a socket cannot stand somewhere. */
interface PlaceProblem {
  readonly code: "control.busy" | "control.unavailable";
  readonly state: string;
}

/** Makes the folder and clears away what a killed program left. */
async function preparePlace(path: string): Promise<PlaceProblem | undefined> {
  const unavailable = (state: string): PlaceProblem => (
    { code: "control.unavailable", state }
  );
  const bytes = new TextEncoder().encode(path).length;
  if (bytes > SOCKET_PATH_BYTES_MAX) {
    return unavailable(
      `a path of ${bytes} bytes is too long, ${SOCKET_PATH_BYTES_MAX} fit`,
    );
  }
  try {
    await Deno.mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const found = await Deno.lstat(path).catch(noneOf);
    if (!found) return undefined;
    if (!found.isSocket) return unavailable("something else stands there, no socket");
    if (await isAnswered(path)) {
      return { code: "control.busy", state: "another program answers there" };
    }
    await Deno.remove(path);
    return undefined;
  } catch (thrown) {
    return unavailable(wordsOf(thrown));
  }
}

function noneOf(thrown: unknown): undefined {
  if (thrown instanceof Deno.errors.NotFound) return undefined;
  throw thrown;
}

async function isAnswered(path: string): Promise<boolean> {
  try {
    const connection = await Deno.connect({ transport: "unix", path });
    connection.close();
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.ConnectionRefused) return false;
    throw thrown;
  }
}

function refuse(parts: ControlParts, problem: PlaceProblem): undefined {
  const { code, state } = problem;
  parts.log.warn(code, { path: parts.path, state });
  const isBusy = code === "control.busy";
  parts.raise({
    code,
    subject: "",
    severity: isBusy ? "note" : "warning",
    words: `streamware status cannot ask this program: ${parts.path}: ${state}`,
    toDo: isBusy
      ? "Nothing, if two are meant to run; else end the other, or set --control-socket"
      : "Mend the place, or set control.socket (--control-socket) to another one",
  });
  return undefined;
}
