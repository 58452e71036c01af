/**
 * Every camera's line: opened one by one, ended together. One that cannot be opened
 * never touches the others. Knows no words and no sockets.
 * @module
 */
import type { WorkerPool } from "../analysis/worker_pool.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { logFor } from "../base/log.ts";
import type { InstanceFolder } from "../capture/frame/instance_folder.ts";
import { parseSourceUrl, sourceIdentity } from "../capture/source_url.ts";
import { openSource } from "../capture/open_source.ts";
import type {
  Chosen,
  DecodeChooser,
  FrameSource,
  StreamFigures,
} from "../capture/source.ts";
import type { CameraSettings, ExpertSettings, Settings } from "../config/schema.ts";
import type { CameraView } from "../server/live_protocol.ts";
import { analysisOf, idleAfterOf, placesOf } from "./camera_plan.ts";
import { FrameBudget } from "./frame_budget.ts";
import type { ModelPlace, ModelPlaces } from "./model_places.ts";
import { type Outlet, Pipeline } from "./pipeline.ts";
import type { Watched } from "./supervision.ts";

/** How soon a camera that could not be opened is tried again. */
const RETRY_MS = 30_000;

/** One camera that runs. */
export interface CameraLine {
  readonly camera: string;
  readonly pipeline: Pipeline;
  readonly source: FrameSource;
}

export interface CamerasParts {
  readonly clock: Clock;
  readonly alerts: AlertBoard;
  readonly outlet: Outlet;
  readonly folder: InstanceFolder;
  /** Where analysis is done. */
  readonly pool: WorkerPool;
  /** Absent: what is known of a camera goes with the program. */
  readonly models: ModelPlaces | undefined;
  /** Knows what `decode: auto` is here; without it, software. */
  readonly chooser?: DecodeChooser;
  /** Whether the best picture of each track is kept. */
  readonly pictures: boolean;
}

export class Cameras implements AsyncDisposable {
  readonly #lines = new Map<string, CameraLine>();
  readonly #opened: AsyncDisposableStack[] = [];
  readonly #over = Promise.withResolvers<Fault | undefined>();
  #fault: Fault | undefined;
  #isWhole = false;
  #isClosed = false;
  readonly #unusable = new Map<string, Unusable>();

  /**
   * Resolves when every camera is a file or scene and all are over, with the first
   * fault that broke one off.
   */
  get ended(): Promise<Fault | undefined> {
    return this.#over.promise;
  }

  get lines(): readonly CameraLine[] {
    return [...this.#lines.values()];
  }

  get(camera: string): CameraLine | undefined {
    return this.#lines.get(camera);
  }

  /** Those that cannot be opened yet stand last, offline. */
  views(): readonly CameraView[] {
    const views = this.lines.map(({ pipeline }) => pipeline.view);
    return [...views, ...[...this.#unusable.values()].map(({ view }) => view)];
  }

  /** ms since the newest frame of each camera came; without those that had none. */
  agesMs(): Readonly<Record<string, number>> {
    const ages: Record<string, number> = {};
    for (const { camera, pipeline: { frameAgeMs } } of this.lines) {
      if (frameAgeMs !== undefined) ages[camera] = Math.round(frameAgeMs);
    }
    return ages;
  }

  /** The number of the worker in which each camera sits; without those that have none. */
  workers(): Readonly<Record<string, number>> {
    const workers: Record<string, number> = {};
    for (const { camera, pipeline: { worker } } of this.lines) {
      if (worker !== undefined) workers[camera] = worker;
    }
    return workers;
  }

  /** How well the streams come, of those that tell. */
  streams(): Readonly<Record<string, StreamFigures>> {
    return Object.fromEntries(
      this.lines.flatMap(({ camera, source: { health } }) =>
        health ? [[camera, health]] : []
      ),
    );
  }

  /** By what each camera is decoded, of those that tell. */
  decodings(): Readonly<Record<string, Chosen>> {
    return Object.fromEntries(
      this.lines.flatMap(({ camera, source: { decoding } }) =>
        decoding ? [[camera, decoding]] : []
      ),
    );
  }

  watched(): readonly Watched[] {
    return this.lines.map(({ pipeline: { view, frameAgeMs, unanalysedMs } }) => (
      { view, frameAgeMs, unanalysedMs }
    ));
  }

  /**
   * Opens all of `settings.cameras`. A single camera that cannot be used is a fault; one
   * of several is an alert, and is tried again while the others go on.
   */
  async open(settings: Settings, parts: CamerasParts): Promise<void> {
    const cameras = Object.entries(settings.cameras);
    const budget = new FrameBudget(settings.memory.megabytes * 1e6);
    for (const [camera, own] of cameras) {
      const { memory, analysis: expert } = settings;
      const opening = { own, memory, budget, expert, parts };
      if (cameras.length === 1) await this.#openOne(camera, opening);
      else await this.#openOrWait(camera, opening);
    }
    if (this.#lines.size === 0) throw noneFault();
    this.#isWhole = true;
    this.#endWhenOver();
  }

  /** A file is over; when all are, all is. */
  hearEnd(fault: Fault | undefined): void {
    this.#fault ??= fault;
    this.#endWhenOver();
  }

  /** A short file may be over before the last camera was opened. */
  #endWhenOver(): void {
    if (
      this.#isWhole && this.#unusable.size === 0 &&
      this.lines.every(({ pipeline }) => pipeline.hasEnded)
    ) {
      this.#over.resolve(this.#fault);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { retry } of this.#unusable.values()) retry[Symbol.dispose]();
    this.#isClosed = true;
    // All at once: one that ends slowly keeps no other.
    await Promise.all(this.#opened.map((line) => line.disposeAsync()));
  }

  /** A file that is not there, such as one on a disk that is mounted later. */
  async #openOrWait(camera: string, opening: Opening): Promise<void> {
    const { clock, alerts, outlet } = opening.parts;
    try {
      await this.#openOne(camera, opening);
    } catch (thrown) {
      if (!(thrown instanceof Fault) || this.#isClosed) throw thrown;
      const sinceMs = this.#unusable.get(camera)?.view.state.sinceMs ?? clock.utcMs();
      const view = viewOf(camera, { fault: thrown, sinceMs });
      const retry = clock.after(RETRY_MS, () => {
        this.#openOrWait(camera, opening).catch((bug: unknown) =>
          logFor("cameras").error("camera.unusable", { camera, words: wordsOf(bug) })
        );
      });
      if (!this.#unusable.has(camera)) {
        logFor("cameras").warn("camera.unusable", { camera, words: thrown.message });
      }
      this.#unusable.set(camera, { view, retry });
      outlet.unusable(view);
      tellUnusable(camera, thrown, alerts);
      return;
    }
    if (this.#unusable.delete(camera)) alerts.clear("camera.unusable", camera);
  }

  async #openOne(camera: string, of: Opening): Promise<void> {
    const { own, memory: { slots, codedSeconds, codedMegabytes }, budget, parts } = of;
    await using opened = new AsyncDisposableStack();
    const folder = parts.folder.cameraFolder(camera);
    const place = opened.use(placeOf(camera, own.analysisUrl ?? own.url, parts.models));
    const memoryPath = place?.path ?? `${folder}/model`;
    const plan = { places: placesOf(own), analysis: analysisOf(own, of.expert) };
    const looksBack = parseSourceUrl(own.url).kind === "rtsp";
    const kept = { slots, budget, folder, memoryPath, looksBack };
    const options = { camera, fps: own.fps, ...kept, ...plan };
    const pipeline = opened.use(
      new Pipeline({ ...options, pictures: parts.pictures }, {
        pool: parts.pool,
        clock: parts.clock,
        log: logFor("pipeline"),
        alerts: parts.alerts,
        outlet: parts.outlet,
      }),
    );
    const coded = { seconds: codedSeconds, bytesMax: codedMegabytes * 1_000_000 };
    const sourceParts = {
      clock: parts.clock,
      log: logFor("capture"),
      chance: Math.random,
      chooser: parts.chooser,
    };
    const source = opened.use(
      await openSource(
        { camera, ...own, idleAfterS: idleAfterOf(own), coded },
        pipeline,
        sourceParts,
      ),
    );
    pipeline.steer(source.ladder);
    if (this.#isClosed) return; // a try that was under way: closed again
    this.#lines.set(camera, { camera, pipeline, source });
    this.#opened.push(opened.move());
  }
}

/**
 * Where a camera's model outlives the program; a file and a scene begin anew with it.
 * Undefined also when another program watches the same camera.
 */
function placeOf(
  camera: string,
  url: string,
  models: ModelPlaces | undefined,
): ModelPlace | undefined {
  const source = parseSourceUrl(url);
  if (source.kind === "file" || source.kind === "scene") return undefined;
  return models?.placeFor(camera, sourceIdentity(source));
}

/** A camera that could not be opened, and the next try. */
interface Unusable {
  readonly view: CameraView;
  readonly retry: Disposable;
}

interface Opening {
  readonly own: CameraSettings;
  readonly expert: ExpertSettings;
  readonly memory: Settings["memory"];
  readonly budget: FrameBudget;
  readonly parts: CamerasParts;
}

function viewOf(
  camera: string,
  { fault, sinceMs }: { readonly fault: Fault; readonly sinceMs: number },
): CameraView {
  return { camera, state: { state: "offline", sinceMs }, words: fault.message };
}

function tellUnusable(camera: string, fault: Fault, alerts: AlertBoard): void {
  alerts.raise({
    code: "camera.unusable",
    subject: camera,
    severity: "critical",
    words: fault.message,
    toDo: fault.hint === undefined
      ? "It is tried again; or correct its settings and start again."
      : fault.hint.charAt(0).toUpperCase() + fault.hint.slice(1),
  });
}

function noneFault(): Fault {
  return new Fault("config", "Cannot watch: none of the cameras can be used", {
    hint: "streamware doctor",
  });
}
