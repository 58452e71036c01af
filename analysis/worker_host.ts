/**
 * Keeps one analysis worker alive for a camera, and knows when it is not.
 *
 * A worker that throws, dies or does not answer is replaced; the camera goes on.
 * Never waits for the worker: a frame that comes while it is busy only raises the
 * counter, and the worker takes the newest when it is done.
 * @module
 */
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Crop } from "../capture/frame/crop.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import type { Header } from "./dsl/observation.ts";
import type { FromWorker, FromWorkerFrame, ToWorker } from "./worker_protocol.ts";

/** A worker that has not answered a wake for this long hangs. A 4K frame takes 0.2 s. */
const HANG_MS = 5_000;
/** A worker that has not answered at all yet loads its code: slow boards, cold disks. */
const START_MS = 30_000;
/** After this long without a failure the count of failures starts again. */
const GOOD_MS = 60_000;
/** A worker that is busy with a frame answers after it. */
const PICTURE_MS = 1_000;
/** Pictures asked for at once; more are refused. */
const PICTURES_MAX = 16;
const REPLACE: BackoffPlan = { firstMs: 100, maxMs: 30_000, jitter: 0 };

/** The frames a worker is to read. */
export interface WatchedRing {
  readonly ringPath: string;
  readonly format: FrameFormat;
}

/** Who hears what the worker found. Calls come on the main thread. */
export interface AnalysisListener {
  attached(header: Header): void;
  observed(frame: FromWorkerFrame): void;
  /** A worker was lost and is being replaced; `failures` counts recent ones. */
  replaced(words: string, failures: number): void;
  /** The replacement has worked for a minute. */
  recovered(): void;
  /** Every frame so far was looked at, or was overtaken by a newer one that was. */
  caughtUp(): void;
}

export interface WorkerHostParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Starts a worker; `startAnalysisWorker` but in tests. */
  readonly start: () => Worker;
}

export interface WorkerHostOptions {
  readonly camera: string;
  readonly fps: number;
  /** Whether `pictureOf` will be asked. */
  readonly pictures: boolean;
}

/** Starts the real worker, from source or from a bundle. */
export function startAnalysisWorker(): Worker {
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  return new Worker(new URL(file, import.meta.url), { type: "module" });
}

export class WorkerHost implements Disposable {
  readonly #options: WorkerHostOptions;
  readonly #parts: WorkerHostParts;
  readonly #listener: AnalysisListener;
  readonly #watchdog: Disposable;
  #worker: Worker | undefined;
  #restart: Disposable | undefined;
  #ring: WatchedRing | undefined;
  #generation = 0;
  #attached = false;
  /** The present worker has answered once: its code runs. */
  #hasAnswered = false;
  /** When the unanswered wake or attach was sent. */
  #waitingSinceMs: number | undefined;
  #behind = false;
  #failures = 0;
  #failedAtMs = 0;
  #lastFrame = 0;
  #framesBefore = 0;
  #framesInRing = 0;
  #nextTrack = 1;
  #requests = 0;
  readonly #asked = new Map<number, (crop?: Crop) => void>();

  constructor(
    options: WorkerHostOptions,
    parts: WorkerHostParts,
    listener: AnalysisListener,
  ) {
    this.#options = options;
    this.#parts = parts;
    this.#listener = listener;
    this.#watchdog = parts.clock.every(1_000, () => this.#watch());
  }

  /** Reads from another ring from now on: the first one, or after a change of size. */
  watch(ring: WatchedRing): void {
    this.#framesBefore += this.#framesInRing;
    this.#framesInRing = 0;
    this.#ring = ring;
    this.#attach();
  }

  /** A frame is whole in the ring. Costs nothing while the worker is busy. */
  frameReady(): void {
    this.#framesInRing++;
    if (!this.#attached || this.#waitingSinceMs !== undefined) this.#behind = true;
    else this.#wake();
  }

  /** The best picture of a track so far; undefined when there is none within a second. */
  async pictureOf(track: number): Promise<Crop | undefined> {
    if (!this.#attached || this.#asked.size >= PICTURES_MAX) return undefined;
    const { promise, resolve } = Promise.withResolvers<Crop | undefined>();
    const request = ++this.#requests;
    this.#asked.set(request, resolve);
    using _late = this.#parts.clock.after(PICTURE_MS, () => resolve(undefined));
    const { camera } = this.#options;
    const generation = this.#generation;
    this.#send({ kind: "picture", camera, generation, track, request });
    const crop = await promise;
    this.#asked.delete(request);
    return crop;
  }

  /** True when no frame waits to be looked at. */
  get isCaughtUp(): boolean {
    return this.#attached && !this.#behind && this.#waitingSinceMs === undefined;
  }

  [Symbol.dispose](): void {
    this.#watchdog[Symbol.dispose]();
    this.#restart?.[Symbol.dispose]();
    this.#ring = undefined;
    this.#drop();
  }

  #attach(): void {
    if (!this.#ring || this.#restart) return;
    this.#worker ??= this.#start();
    this.#generation++;
    this.#attached = false;
    this.#behind = false;
    this.#waitingSinceMs = this.#parts.clock.monotonicMs();
    this.#send({
      kind: "attach",
      attachment: {
        camera: this.#options.camera,
        generation: this.#generation,
        ringPath: this.#ring.ringPath,
        format: this.#ring.format,
        fps: this.#options.fps,
        firstFrame: this.#framesBefore + 1,
        firstTrack: this.#nextTrack,
        pictures: this.#options.pictures,
      },
    });
  }

  #start(): Worker {
    const worker = this.#parts.start();
    worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
      if (this.#worker === worker) this.#hear(event.data);
    });
    // Unprevented, an uncaught error in a worker ends the whole program.
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#replace(event.message);
    });
    worker.addEventListener("messageerror", () => {
      if (this.#worker === worker) this.#replace("a message could not be read");
    });
    return worker;
  }

  #hear(reply: FromWorker): void {
    if (reply.camera !== this.#options.camera) return;
    if (reply.generation !== this.#generation) return;
    if (reply.kind === "picture") {
      this.#asked.get(reply.request)?.(reply.crop);
      return;
    }
    this.#waitingSinceMs = undefined;
    this.#hasAnswered = true;
    switch (reply.kind) {
      case "attached":
        this.#attached = true;
        this.#listener.attached(reply.header);
        break;
      case "observed":
        this.#nextTrack = Math.max(this.#nextTrack, reply.nextTrack);
        this.#lastFrame = reply.observation.frame;
        this.#listener.observed(reply);
        break;
      case "idle":
        break;
      case "failed":
        this.#replace(reply.words);
        return;
    }
    if (this.#behind) this.#wake();
    else this.#listener.caughtUp();
  }

  #wake(): void {
    this.#behind = false;
    this.#waitingSinceMs = this.#parts.clock.monotonicMs();
    const generation = this.#generation;
    this.#send({ kind: "wake", camera: this.#options.camera, generation });
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #watch(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    const hangMs = this.#hasAnswered ? HANG_MS : START_MS;
    if (this.#waitingSinceMs !== undefined && nowMs - this.#waitingSinceMs > hangMs) {
      this.#replace(`no answer for ${hangMs / 1_000} s`);
    } else if (this.#failures > 0 && nowMs - this.#failedAtMs > GOOD_MS) {
      this.#failures = 0;
      this.#listener.recovered();
    }
  }

  #replace(words: string): void {
    const { clock, log } = this.#parts;
    this.#drop();
    this.#failures++;
    this.#failedAtMs = clock.monotonicMs();
    const waitMs = backoffMs(REPLACE, this.#failures, 0.5);
    const camera = this.#options.camera;
    const frame = this.#lastFrame;
    log.error("analysis.replaced", { camera, frame, words, waitMs });
    this.#listener.replaced(words, this.#failures);
    this.#restart = clock.after(waitMs, () => {
      this.#restart = undefined;
      this.#attach();
    });
  }

  #drop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#hasAnswered = false;
    this.#attached = false;
    this.#waitingSinceMs = undefined;
    for (const answer of this.#asked.values()) answer();
    this.#restart?.[Symbol.dispose]();
    this.#restart = undefined;
  }
}
