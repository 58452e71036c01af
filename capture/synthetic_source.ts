/**
 * A drawn scene as if it were a camera: paced by the clock, drawn in a worker of its
 * own, without end. What is drawn is `scene/`.
 * @module
 */
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import { frameBytes, type FrameFormat } from "./frame/frame.ts";
import type { FromSceneWorker, ToSceneWorker } from "./scene/scene_protocol.ts";
import { sceneFormat } from "./scene/scenes.ts";
import type {
  FrameSink,
  FrameSource,
  SourceCounts,
  SourceOptions,
  SourceParts,
} from "./source.ts";
import { SCENE_SCHEME, sceneName } from "./source_url.ts";
import { StateReport } from "./state_report.ts";

/** A worker that has not answered for this long hangs: a 4K frame takes 0.3 s. */
const HANG_MS = 5_000;
/** The backdrop is painted once: half a second at 640x360, some at 4K. */
const OPEN_MS_MAX = 60_000;
const REPLACE: BackoffPlan = { firstMs: 100, maxMs: 10_000, jitter: 0 };

/**
 * Opens `scene:NAME`. The first frame comes when its backdrop is painted.
 * @throws Fault usage when there is no such scene
 */
export function openSyntheticSource(
  options: SourceOptions,
  sink: FrameSink,
  parts: SourceParts,
): FrameSource {
  return new SyntheticSource(options, { ...parts, sink, start: startSceneWorker });
}

/** Starts `capture/scene/scene_worker.ts`, from source or from a bundle. */
function startSceneWorker(): Worker {
  const file = import.meta.url.endsWith(".ts")
    ? "./scene/scene_worker.ts"
    : "./scene_worker.js";
  return new Worker(new URL(file, import.meta.url), { type: "module" });
}

/** `SourceParts`, who takes the frames, and how a worker is started. */
export interface SyntheticParts extends SourceParts {
  readonly sink: FrameSink;
  readonly start: () => Worker;
}

export class SyntheticSource implements FrameSource {
  readonly children: readonly number[] = [];
  readonly #options: SourceOptions;
  readonly #parts: SyntheticParts;
  readonly #name: string;
  readonly #format: FrameFormat;
  readonly #report: StateReport;
  readonly #watchdog: Disposable;
  #worker: Worker | undefined;
  #timer: Disposable | undefined;
  /** The buffer while the worker does not have it. */
  #buffer: ArrayBuffer | undefined;
  /** When the worker was asked for what it has not given yet. */
  #askedAtMs: number | undefined;
  #askedAtUtcMs = 0;
  /** `Clock.monotonicMs` of the scene's time zero. */
  #zeroMs: number | undefined;
  #nextFrame = 0;
  #isOpen = false;
  #frames = 0;
  #dropped = 0;
  #failures = 0;
  #failuresTotal = 0;

  constructor(options: SourceOptions, parts: SyntheticParts) {
    this.#options = options;
    this.#parts = parts;
    this.#name = sceneName(options.url);
    this.#format = sceneFormat(options.width);
    this.#report = new StateReport(parts, {
      camera: options.camera,
      source: SCENE_SCHEME + this.#name,
    });
    this.#watchdog = parts.clock.every(1_000, () => this.#watch());
    this.#report.set("connecting");
    this.#open();
  }

  get counts(): SourceCounts {
    return {
      framesTotal: this.#frames,
      framesDropped: this.#dropped,
      packetsTotal: 0,
      bytesTotal: 0,
      reconnects: this.#failuresTotal,
      decoderRestarts: 0,
      decoderErrors: 0,
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#watchdog[Symbol.dispose]();
    this.#drop();
    return Promise.resolve();
  }

  #open(): void {
    const worker = this.#parts.start();
    this.#worker = worker;
    this.#buffer = new ArrayBuffer(frameBytes(this.#format));
    worker.addEventListener("message", (event: MessageEvent<FromSceneWorker>) => {
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
    const { seed } = this.#options;
    this.#ask({ kind: "open", name: this.#name, seed, format: this.#format });
  }

  #hear(reply: FromSceneWorker): void {
    this.#askedAtMs = undefined;
    switch (reply.kind) {
      case "opened":
        this.#isOpen = true;
        if (this.#zeroMs === undefined) {
          this.#zeroMs = this.#parts.clock.monotonicMs();
          this.#parts.sink.format(this.#format);
        }
        this.#tick();
        break;
      case "drawn":
        this.#buffer = reply.buffer;
        this.#give(reply.ptsUs, reply.buffer);
        break;
    }
  }

  #give(ptsUs: number, buffer: ArrayBuffer): void {
    this.#frames++;
    this.#failures = 0;
    this.#report.set("online");
    this.#parts.sink.frame(new Uint8Array(buffer), {
      ptsUs,
      arrivalMs: this.#parts.clock.monotonicMs(),
      utcMs: this.#askedAtUtcMs,
      doubtful: false,
    });
  }

  /** Asks for the frame that is due now, and comes again when the next one is. */
  #tick(): void {
    const { clock } = this.#parts;
    const zeroMs = this.#zeroMs ?? 0;
    const periodMs = 1_000 / this.#options.fps;
    // Half a millisecond early is on time: timers count in whole milliseconds.
    const due = Math.floor((clock.monotonicMs() - zeroMs + 0.5) / periodMs);
    if (due >= this.#nextFrame) {
      this.#dropped += due - this.#nextFrame;
      this.#nextFrame = due + 1;
      this.#draw(due);
    }
    const waitMs = zeroMs + this.#nextFrame * periodMs - clock.monotonicMs();
    this.#timer = clock.after(Math.max(0, waitMs), () => this.#tick());
  }

  #draw(frame: number): void {
    const buffer = this.#buffer;
    if (!buffer) {
      this.#dropped++;
      return;
    }
    this.#buffer = undefined;
    this.#askedAtUtcMs = this.#parts.clock.utcMs();
    const ptsUs = Math.round(frame * 1e6 / this.#options.fps);
    this.#ask({ kind: "draw", ptsUs, buffer });
  }

  #ask(request: ToSceneWorker): void {
    this.#askedAtMs = this.#parts.clock.monotonicMs();
    const transfer = request.kind === "draw" ? [request.buffer] : [];
    this.#worker?.postMessage(request, transfer);
  }

  #watch(): void {
    if (this.#askedAtMs === undefined) return;
    const waitedMs = this.#parts.clock.monotonicMs() - this.#askedAtMs;
    const limitMs = this.#isOpen ? HANG_MS : OPEN_MS_MAX;
    if (waitedMs > limitMs) this.#replace(`no answer for ${limitMs / 1_000} s`);
  }

  #replace(words: string): void {
    this.#drop();
    this.#failures++;
    this.#failuresTotal++;
    const waitMs = backoffMs(REPLACE, this.#failures, 0.5);
    const { camera } = this.#options;
    this.#parts.log.error("capture.scene_replaced", { camera, words, waitMs });
    this.#report.set("connecting");
    this.#timer = this.#parts.clock.after(waitMs, () => this.#open());
  }

  #drop(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isOpen = false;
    this.#askedAtMs = undefined;
    this.#buffer = undefined;
  }
}
