/**
 * A camera's seat in the pool: wakes its worker when there is a frame, hears the one
 * answer to each wake, and finds another place when its worker is lost.
 *
 * Never waits for the worker: a frame that comes while it is busy only raises the
 * counter, and the worker takes the newest when it is done. Which worker it is, and
 * whether it hangs, is the pool's.
 * @module
 */
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { AnalysisSettings } from "./analysis_settings.ts";
import type { Header } from "./dsl/observation.ts";
import { drawnDigest } from "./header.ts";
import type { HeatMap } from "./heat.ts";
import { type LastSeen, lastSeenOf } from "./kept_analysis.ts";
import type { PlaceSettings } from "./place_stage.ts";
import { LoadMeter } from "./worker_load.ts";
import type { Seated, SeatLoss, WorkerPool } from "./worker_pool.ts";
import type {
  AttachedMemory,
  Beginning,
  FailedAt,
  FromWorker,
  FromWorkerFrame,
  ToWorker,
} from "./worker_protocol.ts";
import type { WorkerThread } from "./worker_thread.ts";

/** After this long at work without a failure the count of failures starts again. */
const GOOD_MS = 60_000;
/** Who failed sits alone for this long, counted from the last time. */
const ALONE_MS = 3_600_000;
const WATCH_MS = 1_000;
/** A worker that is busy with a frame answers after it. */
const ANSWER_MS = 1_000;
/** Questions asked at once; more are refused. */
const ASKED_MAX = 16;
const REPLACE: BackoffPlan = { firstMs: 100, maxMs: 30_000, jitter: 0 };
/** What it knew is trusted after the first failure, and not after the next one. */
const FAILURES_TRUSTED = 1;

/** The frames a worker is to read. */
export interface WatchedRing {
  readonly ringPath: string;
  readonly format: FrameFormat;
}

/** Who hears what the worker found. Calls come on the main thread. */
export interface AnalysisListener {
  attached(header: Header, began: Beginning): void;
  observed(frame: FromWorkerFrame): void;
  /** Something moves in a glance: those before it are to follow. It was not looked at. */
  stirred(ptsUs: number): void;
  /** The worker was lost, and another one takes over. */
  replaced(loss: Replacement): void;
  /** It has worked for a minute since. */
  recovered(): void;
  /** Every frame so far was looked at, or was overtaken by a newer one that was. */
  caughtUp(): void;
}

export interface Replacement {
  readonly words: string;
  /** Recent ones of this camera's analysis; 0 when that was not what failed. */
  readonly failures: number;
}

export interface WorkerHostParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly pool: Pick<WorkerPool, "place" | "leave">;
}

export interface WorkerHostOptions {
  readonly camera: string;
  readonly fps: number;
  /** Whether `pictureOf` will be asked. */
  readonly pictures: boolean;
  /** Where what the analysis knows is kept, without ending; absent: nowhere. */
  readonly memoryPath?: string;
  /** How pixels are looked at; as usual when absent. */
  readonly analysis?: AnalysisSettings;
  /** What people drew in the picture. */
  readonly places?: Pick<PlaceSettings, "zones" | "lines">;
}

/** To whom a question goes, and what comes back with its answer. */
interface Asked {
  readonly camera: string;
  readonly generation: number;
  readonly request: number;
}

type Answer = Extract<FromWorker, { kind: "picture" | "heat" }>;

export class WorkerHost implements Seated, Disposable {
  readonly #options: WorkerHostOptions;
  readonly #parts: WorkerHostParts;
  readonly #listener: AnalysisListener;
  readonly #watchdog: Disposable;
  readonly #meter: LoadMeter;
  #thread: WorkerThread | undefined;
  #restart: Disposable | undefined;
  #ring: WatchedRing | undefined;
  #generation = 0;
  #attached = false;
  /** A wake or an attachment is on its way. */
  #isWaiting = false;
  /** It leaves its worker, which has yet to say so. */
  #isMoving = false;
  #behind = false;
  /** Its worker is its own. */
  #isAlone = false;
  /** Of the analysis, until it has worked for a minute. */
  #failures = 0;
  #failedAtMs = 0;
  /** Times in a row that the ring could not be read. */
  #ringFaults = 0;
  /** Since the first frame that it was told of by its worker; undefined before. */
  #worksSinceMs: number | undefined;
  #lastSeen: LastSeen | undefined;
  #lastSeenAtMs = 0;
  #framesBefore = 0;
  #framesInRing = 0;
  #nextTrack = 1;
  #requests = 0;
  readonly #asked = new Map<number, (answer?: Answer) => void>();

  constructor(
    options: WorkerHostOptions,
    parts: WorkerHostParts,
    listener: AnalysisListener,
  ) {
    this.#options = options;
    this.#parts = parts;
    this.#listener = listener;
    this.#meter = new LoadMeter(options.fps);
    this.#watchdog = parts.clock.every(WATCH_MS, () => this.#watch());
  }

  get camera(): string {
    return this.#options.camera;
  }

  /** What it costs, milliseconds a second: measured, or guessed before. */
  get load(): number {
    return this.#meter.load;
  }

  /** Of the worker in which it sits; undefined while it has none. */
  get worker(): number | undefined {
    return this.#thread?.number;
  }

  /** Reads from another ring from now on: the first one, or after a change of size. */
  watch(ring: WatchedRing): void {
    this.#framesBefore += this.#framesInRing;
    this.#framesInRing = 0;
    this.#ring = ring;
    this.#meter.format(ring.format);
    this.#attach();
  }

  /** A frame is whole in the ring. Costs nothing while the worker is busy. */
  frameReady(): void {
    this.#framesInRing++;
    if (!this.#attached || this.#isWaiting) this.#behind = true;
    else this.#wake();
  }

  /** The best picture of a track so far; undefined when there is none within a second. */
  async pictureOf(track: number): Promise<Crop | undefined> {
    const answer = await this.#ask((to) => ({ kind: "picture", ...to, track }));
    return answer?.kind === "picture" ? answer.crop : undefined;
  }

  /** How restless the picture is; undefined when it is not said within a second. */
  async heat(): Promise<HeatMap | undefined> {
    const answer = await this.#ask((to) => ({ kind: "heat", ...to }));
    return answer?.kind === "heat" ? answer.heat : undefined;
  }

  async #ask(question: (to: Asked) => ToWorker): Promise<Answer | undefined> {
    if (!this.#attached || this.#asked.size >= ASKED_MAX) return undefined;
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    const request = ++this.#requests;
    this.#asked.set(request, resolve);
    using _late = this.#parts.clock.after(ANSWER_MS, () => resolve(undefined));
    const { camera } = this.#options;
    this.#thread?.send(question({ camera, generation: this.#generation, request }));
    const answer = await promise;
    this.#asked.delete(request);
    return answer;
  }

  /** True when no frame waits to be looked at. */
  get isCaughtUp(): boolean {
    return this.#attached && !this.#behind && !this.#isWaiting;
  }

  [Symbol.dispose](): void {
    this.#watchdog[Symbol.dispose]();
    this.#ring = undefined;
    if (this.#thread) this.#detach();
    this.#leave();
  }

  /** Of the pool: another place is better. What it knows goes with it. */
  move(): void {
    if (!this.#thread || !this.#attached || this.#isMoving) return;
    this.#isMoving = true;
    this.#attached = false;
    this.#detach();
  }

  /** Of the pool: the worker is gone. */
  lost({ words, blame }: SeatLoss): void {
    this.#thread = undefined;
    this.#isAlone ||= blame === "guilty";
    if (blame === "innocent") this.#goOn(words);
    else this.#fail(words);
  }

  /** Of its worker's thread. */
  hear(reply: FromWorker): void {
    if (reply.generation !== this.#generation) return;
    switch (reply.kind) {
      case "picture":
      case "heat":
        this.#asked.get(reply.request)?.(reply);
        return;
      case "detached":
        if (this.#isMoving) this.#leave();
        this.#attach();
        return;
      case "failed":
        this.#failed(reply.at, reply.words);
        return;
      case "attached":
        this.#attached = true;
        this.#listener.attached(reply.header, reply.began);
        break;
      case "observed":
        this.#observed(reply);
        this.#behind ||= reply.more ?? false;
        break;
      case "stirred":
        this.#listener.stirred(reply.ptsUs);
        break;
      case "idle":
        break;
    }
    this.#isWaiting = false;
    if (this.#isMoving) return;
    if (this.#behind) this.#wake();
    else this.#listener.caughtUp();
  }

  #observed(frame: FromWorkerFrame): void {
    this.#worksSinceMs ??= this.#parts.clock.monotonicMs();
    this.#ringFaults = 0;
    this.#nextTrack = Math.max(this.#nextTrack, frame.nextTrack);
    this.#lastSeen = lastSeenOf(frame.observation, this.#nextTrack);
    this.#lastSeenAtMs = this.#parts.clock.monotonicMs();
    this.#meter.spent(frame.costMs, this.#parts.clock.monotonicMs());
    this.#listener.observed(frame);
  }

  #attach(): void {
    const ring = this.#ring;
    if (!ring || this.#restart || this.#isMoving) return;
    const { camera, fps, pictures, analysis, places } = this.#options;
    this.#thread ??= this.#parts.pool.place(this, { isPrivate: this.#isAlone });
    this.#generation++;
    this.#attached = false;
    this.#behind = false;
    this.#isWaiting = true;
    const memory = this.#memory();
    this.#thread.send({
      kind: "attach",
      attachment: {
        ...{ camera, fps, pictures, ...ring },
        generation: this.#generation,
        firstFrame: this.#framesBefore + 1,
        firstTrack: this.#nextTrack,
        ...(analysis ? { analysis } : {}),
        ...(places ? { drawn: drawnDigest(places) } : {}),
        ...(memory ? { memory } : {}),
      },
    });
  }

  #memory(): AttachedMemory | undefined {
    const path = this.#options.memoryPath;
    if (path === undefined) return undefined;
    const resume = this.#failures <= FAILURES_TRUSTED;
    const lastSeen = this.#lastSeen;
    if (!lastSeen) return { path, resume };
    const seenAgoMs = this.#parts.clock.monotonicMs() - this.#lastSeenAtMs;
    return { path, resume, lastSeen, seenAgoMs };
  }

  #wake(): void {
    this.#behind = false;
    this.#isWaiting = true;
    const { camera } = this.#options;
    this.#thread?.send({ kind: "wake", camera, generation: this.#generation });
  }

  #detach(): void {
    const { camera } = this.#options;
    this.#thread?.send({ kind: "detach", camera, generation: this.#generation });
  }

  #watch(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    const workedMs = nowMs - (this.#worksSinceMs ?? nowMs);
    if (this.#failures > 0 && workedMs > GOOD_MS) {
      this.#failures = 0;
      this.#listener.recovered();
    }
    if (nowMs - this.#failedAtMs <= ALONE_MS) return;
    this.#isAlone = false;
    // Refused while an attachment is on its way: asked again until it sits elsewhere.
    if (this.#thread?.isPrivate) this.move();
  }

  /** Somebody else's work ended the worker: on at once, in another one. */
  #goOn(words: string): void {
    this.#leave();
    this.#parts.log.warn("analysis.moved", { camera: this.camera, words });
    this.#listener.replaced({ words, failures: 0 });
    if (!this.#thread) this.#attach();
  }

  /** A ring that cannot be read is nobody's mistake here: it counts as no failure. */
  #failed(at: FailedAt, words: string): void {
    if (at === "analysis") {
      this.#isAlone = true;
      this.#fail(words);
      return;
    }
    this.#ringFaults++;
    this.#tryLater(this.#ringFaults, words);
    this.#listener.replaced({ words, failures: 0 });
  }

  #fail(words: string): void {
    this.#failures++;
    this.#failedAtMs = this.#parts.clock.monotonicMs();
    this.#tryLater(this.#failures, words);
    this.#listener.replaced({ words, failures: this.#failures });
  }

  #tryLater(faults: number, words: string): void {
    const { clock, log } = this.#parts;
    this.#leave();
    const waitMs = backoffMs(REPLACE, faults, 0.5);
    const frame = this.#lastSeen?.frame ?? 0;
    log.error("analysis.replaced", { camera: this.camera, frame, words, waitMs });
    this.#restart = clock.after(waitMs, () => {
      this.#restart = undefined;
      this.#attach();
    });
  }

  #leave(): void {
    if (this.#thread) this.#parts.pool.leave(this.#thread, this.camera);
    this.#thread = undefined;
    this.#attached = false;
    this.#isWaiting = false;
    this.#isMoving = false;
    this.#worksSinceMs = undefined;
    for (const answer of this.#asked.values()) answer();
    this.#restart?.[Symbol.dispose]();
    this.#restart = undefined;
  }
}
