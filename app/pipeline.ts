/**
 * One camera's line: source -> ring in memory -> worker -> observations -> outlets.
 *
 * Nothing here waits: a frame is written to the ring and the worker told; what the
 * worker finds is handed on. Knows no sockets; that is the outlet it is given.
 * @module
 */
import type { AnalysisSettings } from "../analysis/analysis_settings.ts";
import type { HeatMap } from "../analysis/heat.ts";
import { type PlaceSettings, PlaceStage } from "../analysis/place_stage.ts";
import { ClockSteps } from "../analysis/clock_steps.ts";
import type { Beginning, FromWorkerFrame, Keeping } from "../analysis/worker_protocol.ts";
import {
  type Replacement,
  WorkerHost,
  type WorkerHostParts,
} from "../analysis/worker_host.ts";
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { Header, Observation } from "../analysis/dsl/observation.ts";
import type { AlertBoard } from "../base/alerts.ts";
import type { Clock } from "../base/clock.ts";
import type { Fault } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { Crop, TrackView } from "../capture/frame/crop.ts";
import { frameBytes, type FrameFormat, type FrameStamp } from "../capture/frame/frame.ts";
import type { FrameSink, LadderControl, MainStream } from "../capture/source.ts";
import type { CameraView } from "../server/live_protocol.ts";
import { drawnPlaces } from "./camera_plan.ts";
import { CameraSight } from "./camera_sight.ts";
import { type CopiedFrame, FrameMemory } from "./frame_memory.ts";
import { type BadFrame, PipelineCounts } from "./pipeline_counts.ts";
import { isQuiet } from "./quiet.ts";

/** Where a camera's line ends. Calls must not block. */
export interface Outlet {
  observed(camera: string, observation: Observation): void;
  /** A stay began or ended; comes after its observation was told. */
  episode(camera: string, change: EpisodeChange): void;
  /** The box's clock was set by `stepMs`; comes before the observation that shows it. */
  clockWasSet(camera: string, stepMs: number): void;
  changed(view: CameraView): void;
  /** A camera could not be opened, and has an alert that says why. */
  unusable(view: CameraView): void;
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
  /** Whether what its source sends is kept for some seconds. */
  readonly looksBack?: boolean;
  /** Whether `pictureOf` will be asked. */
  readonly pictures: boolean;
  /** Name of the model that tells what moves, if one does: `viewsOf` will be asked. */
  readonly classModel?: string | undefined;
  /** Where what the analysis knows is kept, without ending; absent: nowhere. */
  readonly memoryPath?: string;
}

export interface PipelineParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: AlertBoard;
  readonly outlet: Outlet;
  readonly pool: WorkerHostParts["pool"];
}

/** A camera that flaps while it gives no frame tells its latest states only. */
const STATES_UNTOLD_MAX = 16;
/** So does one whose tracks are judged while it gives no frame. */
const CLASSES_UNTOLD_MAX = 64;

/** A file is over when its last frame was analysed, or after this long. */
const LAST_FRAMES_MS = 10_000;

export class Pipeline implements FrameSink, Disposable {
  readonly counts = new PipelineCounts();
  readonly #options: PipelineOptions;
  readonly #parts: PipelineParts;
  readonly #host: WorkerHost;
  readonly #places: PlaceStage;
  readonly #drawn: Pick<CameraView, "places">;
  readonly #clock = new ClockSteps();
  readonly #memory: FrameMemory;
  #header: Header | undefined;
  #main: MainStream | undefined;
  readonly #sight: CameraSight;
  /** States since the last frame was analysed: they go with the next one. */
  #untold: StateLine[] = [];
  /** And what was found out of tracks. */
  #untoldClasses: ClassLine[] = [];
  #format: FrameFormat | undefined;
  #newest: FrameStamp | undefined;
  #isOver = false;
  /** Why the source broke off. */
  #fault: Fault | undefined;
  #lastFrames: Disposable | undefined;
  #hasEnded = false;
  #analysedAtMs: number;
  #ladder: LadderControl | undefined;
  /** Why the last snapshot could not be kept. */
  #notKept: string | undefined;

  constructor(options: PipelineOptions, parts: PipelineParts) {
    this.#options = options;
    this.#parts = parts;
    this.#analysedAtMs = parts.clock.monotonicMs();
    const classifies = options.classModel !== undefined;
    this.#places = new PlaceStage({ ...options.places, classifies });
    this.#drawn = drawnPlaces(options.places, options.analysis);
    this.#sight = new CameraSight(options.camera, parts.clock.utcMs());
    this.#memory = new FrameMemory(options, parts);
    this.#host = new WorkerHost({ ...options, views: classifies }, parts, {
      attached: (header, began) => {
        const { classModel } = options;
        this.#header = classModel === undefined ? header : { ...header, classModel };
        this.#tellBeginning(began);
        this.#tell();
      },
      observed: (frame) => this.#observed(frame),
      stirred: (ptsUs) => this.#ladder?.stirred(ptsUs),
      replaced: (loss) => this.#workerLost(loss),
      recovered: () => parts.alerts.clear("analysis.replaced", options.camera),
      caughtUp: () => this.#isOver && this.#end(),
    });
  }

  get view(): CameraView {
    const { camera, looksBack } = this.#options;
    const header = this.#header ? { header: this.#header } : {};
    const back = looksBack ? { looksBack: true as const } : {};
    const main = this.#main ? { mainStream: this.#main } : {};
    return { camera, ...this.#sight.now, ...header, ...back, ...main, ...this.#drawn };
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

  /** ms since a frame was analysed, or lost for want of memory; or since the start. */
  get unanalysedMs(): number {
    return this.#parts.clock.monotonicMs() - this.#analysedAtMs;
  }

  /** The best picture of a track so far, if there is one. */
  pictureOf(track: number): Promise<Crop | undefined> {
    return this.#host.pictureOf(track);
  }

  /** Views of a track so far, the best first. */
  viewsOf(track: number): Promise<readonly TrackView[]> {
    return this.#host.viewsOf(track);
  }

  /** What a track is: told with the next observation. */
  classified(line: ClassLine): void {
    this.#untoldClasses.push(line);
    if (this.#untoldClasses.length > CLASSES_UNTOLD_MAX) this.#untoldClasses.shift();
  }

  /** How restless its picture is; undefined when the analysis does not say. */
  heat(): Promise<HeatMap | undefined> {
    return this.#host.heat();
  }

  /** Number of the worker in which it sits; undefined while it has none. */
  get worker(): number | undefined {
    return this.#host.worker;
  }

  /** A copy of the newest frame, for a still; undefined before the first. */
  get newestFrame(): CopiedFrame | undefined {
    return this.#memory.newest();
  }

  /** Of the frames that are analysed; undefined before the first. */
  get analysedFormat(): FrameFormat | undefined {
    return this.#format;
  }

  /** What it finds decides how much of its source is decoded. */
  steer(ladder: LadderControl | undefined): void {
    this.#ladder = ladder;
  }

  format(format: FrameFormat): void {
    this.#format = format;
    this.#memory.open(format);
    this.#attach();
  }

  mainStream(main: MainStream): void {
    this.#main = main;
    this.#tell();
  }

  /** A frame of another size, or whose stamp is no time, is counted and dropped. */
  frame(pixels: Uint8Array, stamp: FrameStamp): void {
    const bad = this.#badOf(pixels, stamp);
    if (bad) {
      this.counts.framesBad[bad]++;
      return;
    }
    this.#newest = stamp;
    if (this.#memory.retry()) this.#attach();
    if (this.#memory.write(pixels, stamp)) this.#host.frameReady();
    else this.#lose();
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

  /** Nobody hangs then: a program that is started anew would have no more memory. */
  #lose(): void {
    this.counts.framesLost++;
    this.#analysedAtMs = this.#parts.clock.monotonicMs();
  }

  #badOf(pixels: Uint8Array, stamp: FrameStamp): BadFrame | undefined {
    if (!this.#format || pixels.length !== frameBytes(this.#format)) return "size";
    const { ptsUs, utcMs, arrivalMs } = stamp;
    const isTime = Number.isSafeInteger(ptsUs) && Number.isFinite(utcMs) &&
      Number.isFinite(arrivalMs);
    return isTime ? undefined : "no_time";
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
    const classes = this.#untoldClasses;
    this.#untoldClasses = [];
    const { observation, changes } = this.#places.step(
      classes.length > 0 ? { ...seen, classes } : seen,
    );
    this.#analysedAtMs = this.#parts.clock.monotonicMs();
    this.counts.observed(frame, this.#analysedAtMs - arrivalMs);
    this.#ladder?.looked(isQuiet(seen), seen.ptsUs);
    this.#tellKeeping(frame.keeping);
    const states = [...this.#untold, ...observation.states];
    this.#untold = [];
    this.#parts.outlet.observed(camera, { ...observation, states });
    for (const change of changes) this.#episode(change);
    if (this.#sight.seen(seen.states)) this.#tellSight();
  }

  /** The picture shows that the camera is otherwise than before. */
  #tellSight(): void {
    const { state: { state }, words } = this.#sight.now;
    const level = state === "online" || state === "warmup" ? "info" : "warn";
    this.#parts.log[level]("camera.seen", { camera: this.#options.camera, state, words });
    this.#tell();
  }

  #tellBeginning(began: Beginning): void {
    this.counts.began(began);
    const { camera } = this.#options;
    const facts = began.kind === "fresh"
      ? { why: began.why }
      : began.kind === "restored"
      ? { ageMs: Math.round(began.ageMs) }
      : {};
    this.#parts.log.info("analysis.began", { camera, how: began.kind, ...facts });
  }

  /** Once, until one is kept again: it comes every few seconds. */
  #tellKeeping(keeping: Keeping | undefined): void {
    if (!keeping) return;
    const failed = "failed" in keeping ? keeping.failed : undefined;
    if (failed !== undefined && this.#notKept === undefined) {
      const { camera } = this.#options;
      this.#parts.log.warn("analysis.not_kept", { camera, words: failed });
    }
    this.#notKept = failed;
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

  #workerLost({ words, failures }: Replacement): void {
    this.counts.workersReplaced++;
    if (this.#memory.isLost && this.#format) {
      this.#memory.open(this.#format);
      this.#attach();
    }
    if (failures === 0) return; // another camera's trouble, which is told there
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
