/**
 * The wiring: opens everything in order, closes it in reverse, on success, on
 * failure half way and on a signal. Decides nothing else.
 * @module
 */
import { AlertBoard } from "../base/alerts.ts";
import { tidyAllocator } from "../base/allocator.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import type { LogLines } from "../base/log_tail.ts";
import { Metrics } from "../base/metrics.ts";
import { uptimeMs } from "../base/uptime.ts";
import type { Settings } from "../config/schema.ts";
import {
  sharedWorkersFor,
  startAnalysisWorker,
  WorkerPool,
} from "../analysis/worker_pool.ts";
import {
  type InstanceFolder,
  openInstanceFolder,
} from "../capture/frame/instance_folder.ts";
import { CodedJobs } from "../capture/coded_jobs.ts";
import type { CodedPictures } from "../server/coded_answers.ts";
import { EventMemory } from "../server/event_memory.ts";
import { type LiveServer, openServer } from "../server/http_server.ts";
import { openProtection } from "../server/protection.ts";
import { UnreportedMemory } from "../server/unreported.ts";
import type { SessionRecorder } from "../store/session_recorder.ts";
import { addMetrics } from "./appliance_metrics.ts";
import { governBox } from "./box_governing.ts";
import { Cameras } from "./cameras.ts";
import { classModelOf, classWishOf, openClasses } from "./classes.ts";
import { codedPictures } from "./coded_pictures.ts";
import { openControl } from "./control.ts";
import { openDecodeChoice } from "./decode_choosing.ts";
import type { CopiedFrame } from "./frame_memory.ts";
import { type ModelPlaces, openModelPlaces } from "./model_places.ts";
import { makeOutlet, openRecorder } from "./outlets.ts";
import type { Watched } from "./supervision.ts";
import { videoFeedOf } from "./video_feed.ts";
import { openWords, type Words, type WordsParts } from "./words.ts";

/** Frame rings stand in a folder of this name, so that two programs never meet. */
const INSTANCE = `run-${Deno.pid}`;

export interface ApplianceParts {
  readonly clock: Clock;
  readonly logTail: LogLines;
  /** Where password, keys and certificate are kept. */
  readonly stateFolder: string;
  /** What systemd gives a service below /run, if it does. */
  readonly runtimeFolder?: string | undefined;
  /** Undefined: no control socket. */
  readonly controlSocket: string | undefined;
  /** The settings file in use, if any. */
  readonly configFile: string | undefined;
  readonly alerts: AlertBoard;
}

export interface Appliance extends AsyncDisposable {
  /** Of the page, by each name that this box has, the best one first. */
  readonly pages: readonly string[];
  readonly socketUrl: string;
  /** Undefined when off or when another program has the port. */
  readonly originalUrl: string | undefined;
  /** Of the certificate; absent on loopback, where there is none. */
  readonly fingerprint: string | undefined;
  /**
   * Resolves when every camera was a file or scene and is over, with the fault that
   * broke one off; never while one is a camera.
   */
  readonly ended: Promise<Fault | undefined>;
  cameras(): readonly Watched[];
  /** After `ended`: waits until all is said and posted, or `signal` ends the wait. */
  finish(signal: AbortSignal): Promise<void>;
}

/** Opens the whole appliance. Nothing is left open when it throws. */
export async function openAppliance(
  settings: Settings,
  parts: ApplianceParts,
): Promise<Appliance> {
  await using opened = new AsyncDisposableStack();
  const { clock, alerts } = parts;
  opened.use(tidyAllocator(clock));
  const startedUtcMs = clock.utcMs();
  const metrics = new Metrics(logFor("metrics"));
  const cameras = new Cameras();
  const newestFrame = (camera: string) => cameras.get(camera)?.pipeline.newestFrame;
  const events = new EventMemory();
  const unreported = new UnreportedMemory();
  const folder = opened.use(
    await openInstanceFolder({ parent: settings.memory.folder, instance: INSTANCE }),
  );
  // Closed after the workers, which write there.
  const models = opened.use(modelsOf(folder, parts));
  const pool = opened.use(poolOf(clock));
  const jobs = opened.use(new CodedJobs());
  const coded = codedPictures(cameras, { jobs, folder: folder.path });
  const doors = { opened, cameras, metrics, newestFrame, coded };
  const server = opened.use(await openDoors(settings, { ...parts, ...doors }));
  alerts.tell((list) => server.publish({ type: "alerts", alerts: list }));
  unreported.subscribe((entry) =>
    server.publish({ type: "unreported", unreported: entry })
  );
  const recorder = opened.use(
    await openRecorder(settings, { clock, alerts, newestFrame }),
  );
  unreported.subscribe((entry) => recorder?.unreported(entry));
  const words: Words | undefined = opened.use(
    await wordsOf(settings, { clock, alerts, server, events, recorder, cameras }),
  );
  const looking = openClasses(settings, { clock, alerts, cameras, jobs });
  const classes = opened.use(looking?.desk);
  const outlet = makeOutlet({
    clock,
    ...{ alerts, server, events, unreported, words, classes, recorder },
    ended: (fault) => cameras.hearEnd(fault),
  });
  opened.use(cameras);
  const pictures = words !== undefined;
  const chooser = opened.use(openDecodeChoice(parts.stateFolder));
  const classModel = classModelOf(settings);
  const places = { folder, models, pool, chooser, classModel };
  await cameras.open(settings, { clock, alerts, outlet, pictures, ...places });
  opened.use(governBox({ clock, alerts, classes, lines: () => cameras.lines }));
  const told = {
    cameras,
    events,
    unreported,
    server,
    words,
    classes,
    coded,
    startedUtcMs,
  };
  opened.use(await openControl(settings, { ...parts, ...told }));
  // The slow ones end beside each other: a stop has two seconds.
  opened.defer(() => closeAll([cameras, words, classes, jobs]));
  const measured = { pool, server, alerts, words, classes: looking, unreported };
  addMetrics(metrics, { lines: () => cameras.lines, ...measured });
  return applianceOf({ server, cameras, words }, opened.move());
}

/** Where sentences go first, and what they ask of the cameras. */
interface SentenceParts extends Pick<WordsParts, "clock" | "alerts"> {
  readonly server: LiveServer;
  readonly events: EventMemory;
  readonly recorder: SessionRecorder | undefined;
  readonly cameras: Cameras;
}

async function wordsOf(
  settings: Settings,
  { clock, alerts, server, events, recorder, cameras }: SentenceParts,
): Promise<Words | undefined> {
  return await openWords(settings, {
    clock,
    alerts,
    near: [
      (told) => server.tell(told),
      ({ narration }) => events.narrated(narration),
      (told) => recorder?.offer(told),
    ],
    pictureOf: async (camera, track) =>
      await cameras.get(camera)?.pipeline.pictureOf(track),
    wishOf: (camera, zone) => classWishOf(settings, { camera, zone }),
  });
}

/** What the server asks of the rest. */
interface DoorsParts extends ApplianceParts {
  readonly cameras: Cameras;
  readonly metrics: Metrics;
  readonly newestFrame: (camera: string) => CopiedFrame | undefined;
  readonly coded: CodedPictures;
  /** Closes what the server stands on, after it. */
  readonly opened: AsyncDisposableStack;
}

async function openDoors(settings: Settings, parts: DoorsParts): Promise<LiveServer> {
  const { clock, alerts, stateFolder, cameras, metrics, newestFrame, coded } = parts;
  const log = logFor("server");
  const protection = parts.opened.use(
    await openProtection({ stateFolder, settings: settings.server, clock, log }),
  );
  return await openServer({
    clock,
    log,
    settings: settings.server,
    ...(protection ? { protection } : {}),
    cameras: () => cameras.views(),
    alerts: () => alerts.list(),
    raise: (alert) => alerts.raise(alert),
    clear: (code, subject) => alerts.clear(code, subject),
    frameAgesMs: () => cameras.agesMs(),
    newestFrame,
    video: (camera) => videoFeedOf(cameras.get(camera)?.source.coded),
    coded,
    heat: async (camera) => await cameras.get(camera)?.pipeline.heat(),
    words: !settings.words.dslOnly,
    metrics: () => metrics.text(),
  });
}

function poolOf(clock: Clock): WorkerPool {
  return new WorkerPool({
    clock,
    log: logFor("analysis"),
    start: startAnalysisWorker,
    sharedMax: sharedWorkersFor(navigator.hardwareConcurrency),
  });
}

/**
 * Beside the folders of all instances, so that a successor finds it. A service's lies
 * below /run: systemd keeps that over a restart, takes it away with a stop, and clears
 * /dev/shm of its user.
 */
function modelsOf(
  { path }: InstanceFolder,
  { runtimeFolder }: ApplianceParts,
): ModelPlaces | undefined {
  const folder = runtimeFolder === undefined
    ? `${path.replace(/\/[^/]*$/, "")}/models.${Deno.uid()}`
    : `${runtimeFolder}/models`;
  return openModelPlaces(folder, {
    log: logFor("analysis"),
    upMs: uptimeMs(),
    keeps: runtimeFolder !== undefined,
  });
}

async function closeAll(
  parts: readonly (AsyncDisposable | undefined)[],
): Promise<void> {
  await Promise.all(parts.map((part) => part?.[Symbol.asyncDispose]()));
}

interface Parts {
  readonly server: LiveServer;
  readonly cameras: Cameras;
  readonly words: Words | undefined;
}

function applianceOf(
  { server, cameras, words }: Parts,
  opened: AsyncDisposableStack,
): Appliance {
  return {
    pages: server.urls,
    socketUrl: `${server.url.replace(/^http/, "ws")}ws`,
    originalUrl: server.originalPort === undefined
      ? undefined
      : `ws://localhost:${server.originalPort}/`,
    fingerprint: server.fingerprint,
    ended: cameras.ended,
    cameras: () => cameras.watched(),
    finish: async (signal) => await words?.finish(signal),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
