/**
 * One camera's line: source -> ring in memory -> worker -> observations -> outlets.
 *
 * Nothing here waits: a frame is written to the ring and the worker told; what the
 * worker finds is handed on. Knows no sockets; that is the outlet it is given.
 * @module
 */
import type { AnalysisSettings } from "../analysis/analysis_settings.ts";
import { type PlaceSettings, PlaceStage } from "../analysis/place_stage.ts";
import { ClockSteps } from "../analysis/clock_steps.ts";
import type { FromWorkerFrame } from "../analysis/worker_protocol.ts";
import {
  startAnalysisWorker,
  WorkerHost,
  type WorkerHostParts,
} from "../analysis/worker_host.ts";
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { Header, Observation } from "../analysis/dsl/observation.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat, FrameStamp } from "../capture/frame/frame.ts";
import type { FrameSink } from "../capture/source.ts";
import type { CameraView } from "../server/live_protocol.ts";
import { CameraSight } from "./camera_sight.ts";
import { type CopiedFrame, FrameMemory } from "./frame_memory.ts";

/** Where a camera's line ends. Calls must not block. */
export interface Outlet {
  observed(camera: string, observation: Observation): void;
  /** A stay began or ended; comes after its observation was told. */
  episode(camera: string, change: EpisodeChange): void;
  /** The box's clock was set by `stepMs`; comes before the observation that shows it. */
  clockWasSet(camera: string, stepMs: number): void;
  changed(view: CameraView): void;
  /** A file is over, or broke off with a fault, and its last frame was analysed. */
  ended(camera: string, fault?: Fault): void;
}

export interface PipelineOptions {
  readonly camera: string;
  readonly fps: number;
  readonly slots: number;
  /** This camera's own folder under /dev/shm. */
  readonly folder: string;
  /** Zones, lines and sizes: what is judged on observations. */
  readonly places: PlaceSettings;
  /** How pixels are looked at; as usual when absent. */
  readonly analysis?: AnalysisSettings;
  /** Whether `pictureOf` will be asked. */
  readonly pictures: boolean;
}

export interface PipelineParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: AlertBoard;
  readonly outlet: Outlet;
  readonly startWorker?: WorkerHostParts["start"];
}

/** Counters since the start, for metrics. */
export interface PipelineCounts {
  framesLost: number;
  framesAnalysed: number;
  framesSkipped: number;
  events: number;
  episodes: number;
  workersReplaced: number;
  /** Sum of reading and analysing, seconds. */
  analysisSeconds: number;
  /** From frame in the ring to observation on the main thread, seconds, sum. */
  delaySeconds: number;
}

/** A camera that flaps while it gives no frame tells its latest states only. */
const STATES_UNTOLD_MAX = 16;

/** A file is over when its last frame was analysed, or after this long. */
const LAST_FRAMES_MS = 10_000;

export class Pipeline implements FrameSink, Disposable {
  readonly counts: PipelineCounts = {
    framesLost: 0,
    framesAnalysed: 0,
    framesSkipped: 0,
    events: 0,
    episodes: 0,
    workersReplaced: 0,
    analysisSeconds: 0,
    delaySeconds: 0,
  };
  readonly #options: PipelineOptions;
  readonly #parts: PipelineParts;
  readonly #host: WorkerHost;
  readonly #places: PlaceStage;
  readonly #clock = new ClockSteps();
  readonly #memory: FrameMemory;
  #header: Header | undefined;
  readonly #sight: CameraSight;
  /** States since the last frame was analysed: they go with the next one. */
  #untold: StateLine[] = [];
  #format: FrameFormat | undefined;
  #newest: FrameStamp | undefined;
  #isOver = false;
  /** Why the source broke off. */
  #fault: Fault | undefined;
  #lastFrames: Disposable | undefined;
  #hasEnded = false;
  #analysedAtMs: number;

  constructor(options: PipelineOptions, parts: PipelineParts) {
    this.#options = options;
    this.#parts = parts;
    this.#analysedAtMs = parts.clock.monotonicMs();
    this.#places = new PlaceStage(options.places);
    this.#sight = new CameraSight(options.camera, parts.clock.utcMs());
    this.#memory = new FrameMemory(options, parts);
    const start = parts.startWorker ?? startAnalysisWorker;
    this.#host = new WorkerHost(options, { ...parts, start }, {
      attached: (header) => {
        this.#header = header;
        this.#tell();
      },
      observed: (frame) => this.#observed(frame),
      replaced: (words, failures) => this.#workerLost(words, failures),
      recovered: () => parts.alerts.clear("analysis.replaced", options.camera),
      caughtUp: () => this.#isOver && this.#end(),
    });
  }

  get view(): CameraView {
    const { camera } = this.#options;
    const view = { camera, ...this.#sight.now };
    return this.#header ? { ...view, header: this.#header } : view;
  }

  /** ms since the newest frame came; undefined before the first. */
  get frameAgeMs(): number | undefined {
    if (!this.#newest) return undefined;
    return Math.max(0, this.#parts.clock.monotonicMs() - this.#newest.arrivalMs);
  }

  /** True when a file is over and its last frame was analysed. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** ms since a frame was analysed, or since the start. */
  get unanalysedMs(): number {
    return this.#parts.clock.monotonicMs() - this.#analysedAtMs;
  }

  /** The best picture of a track so far, if there is one. */
  pictureOf(track: number): Promise<Crop | undefined> {
    return this.#host.pictureOf(track);
  }

  /** A copy of the newest frame, for a still; undefined before the first. */
  get newestFrame(): CopiedFrame | undefined {
    return this.#memory.newest();
  }

  format(format: FrameFormat): void {
    this.#format = format;
    this.#memory.open(format);
    this.#attach();
  }

  frame(pixels: Uint8Array, stamp: FrameStamp): void {
    this.#newest = stamp;
    if (this.#memory.retry()) this.#attach();
    if (this.#memory.write(pixels, stamp)) this.#host.frameReady();
    else this.counts.framesLost++;
  }

  state(state: StateLine, words: string): void {
    this.#sight.told(state, words);
    this.#untold.push(state);
    if (this.#untold.length > STATES_UNTOLD_MAX) this.#untold.shift();
    this.#tell();
  }

  ended(fault?: Fault): void {
    this.#isOver = true;
    this.#fault = fault;
    if (this.#host.isCaughtUp) this.#end();
    else this.#lastFrames = this.#parts.clock.after(LAST_FRAMES_MS, () => this.#end());
  }

  [Symbol.dispose](): void {
    this.#lastFrames?.[Symbol.dispose]();
    this.#host[Symbol.dispose]();
    this.#memory[Symbol.dispose]();
  }

  #attach(): void {
    const { ringPath } = this.#memory;
    if (ringPath && this.#format) this.#host.watch({ ringPath, format: this.#format });
  }

  #observed(frame: FromWorkerFrame): void {
    const { camera } = this.#options;
    const { arrivalMs } = frame;
    const { observation: seen, stepMs } = this.#clock.correct(
      frame.observation,
      arrivalMs,
    );
    if (stepMs !== 0) this.#clockWasSet(seen.tMs, stepMs);
    const { observation, changes } = this.#places.step(seen);
    this.#analysedAtMs = this.#parts.clock.monotonicMs();
    this.counts.framesAnalysed++;
    this.counts.framesSkipped += observation.skipped;
    this.counts.events += observation.events.length;
    this.counts.analysisSeconds += frame.costMs / 1_000;
    const delayMs = this.#parts.clock.monotonicMs() - arrivalMs;
    this.counts.delaySeconds += Math.max(0, delayMs) / 1_000;
    const states = [...this.#untold, ...observation.states];
    this.#untold = [];
    this.#parts.outlet.observed(camera, { ...observation, states });
    for (const change of changes) this.#episode(change);
    if (this.#sight.seen(seen.states)) this.#tell();
  }

  /** What began before has begun at another time, and has lasted as long as before. */
  #clockWasSet(tMs: number, stepMs: number): void {
    const { camera } = this.#options;
    this.#parts.log.warn("clock.set", { camera, stepMs });
    this.#untold.push({ state: "clock_step", sinceMs: tMs });
    this.#places.shift(stepMs);
    this.#parts.outlet.clockWasSet(camera, stepMs);
  }

  #episode(change: EpisodeChange): void {
    if (change.kind === "closed") this.counts.episodes++;
    this.#parts.outlet.episode(this.#options.camera, change);
  }

  #workerLost(words: string, failures: number): void {
    this.counts.workersReplaced++;
    if (this.#memory.isLost && this.#format) {
      this.#memory.open(this.#format);
      this.#attach();
    }
    this.#parts.alerts.raise({
      code: "analysis.replaced",
      subject: this.#options.camera,
      severity: failures >= 3 ? "critical" : "warning",
      words: `Motion analysis failed and was started again (${words})`,
      toDo: "If it goes on, report it with the log of the last minutes.",
    });
  }

  #end(): void {
    this.#lastFrames?.[Symbol.dispose]();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const change of this.#places.finish()) this.#episode(change);
    this.#parts.outlet.ended(this.#options.camera, this.#fault);
  }

  #tell(): void {
    this.#parts.outlet.changed(this.view);
  }
}
