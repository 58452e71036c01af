/**
 * A video file as if it were a camera: paced by its own times against our clock.
 * @module
 */
import { sleep } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { type Clip, openClip } from "./clip_reader.ts";
import type { FrameFormat } from "./frame/frame.ts";
import type { FrameSource, SourceCounts, SourceOpening } from "./source.ts";
import { StateReport } from "./state_report.ts";

/** A frame later than this moves the whole schedule: late frames are not hurried. */
const LATE_MS = 250;
/** One that is due later than this, too: nobody waits for what was not recorded. */
const EARLY_MS = 2_000;

/**
 * Opens a video file.
 * @throws Fault unavailable when there is no such file, corrupt when it is no video.
 */
export async function openRecording(
  path: string,
  opening: SourceOpening,
): Promise<FrameSource> {
  const { fps, width } = opening.options;
  const open = (signal?: AbortSignal) =>
    openClip(path, { fps, width, shrinkOnly: true, signal });
  return new RecordingSource(await open(), open, { path, ...opening });
}

type OpenClip = (signal?: AbortSignal) => Promise<Clip>;

interface Recording extends SourceOpening {
  readonly path: string;
}

class RecordingSource implements FrameSource {
  readonly #recording: Recording;
  readonly #openAgain: OpenClip;
  readonly #report: StateReport;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #clip: Clip;
  #format: FrameFormat | undefined;
  #frames = 0;
  #rounds = 0;
  /** Complaints of rounds that are over. */
  #errors = 0;
  /** Added to a clip's own time, so that it goes on over rounds. */
  #shiftUs = 0;
  /** `Clock.monotonicMs` at which time zero would have been shown. */
  #zeroMs: number | undefined;

  constructor(clip: Clip, openAgain: OpenClip, recording: Recording) {
    const { options, parts, sink, path } = recording;
    this.#recording = recording;
    this.#openAgain = openAgain;
    this.#clip = clip;
    this.#report = new StateReport({ sink, clock: parts.clock, log: parts.log }, {
      camera: options.camera,
      source: path,
    });
    this.#running = this.#run();
  }

  get counts(): SourceCounts {
    return {
      framesTotal: this.#frames,
      framesDropped: 0,
      packetsTotal: 0,
      bytesTotal: 0,
      reconnects: this.#rounds,
      decoderRestarts: 0,
      decoderErrors: this.#errors + this.#clip.decoderErrors(),
    };
  }

  get children(): readonly number[] {
    return this.#clip.children;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#clip[Symbol.asyncDispose]();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { options, sink, parts, path } = this.#recording;
    try {
      // Nothing is told before the caller holds the source.
      await sleep(parts.clock, 0, this.#stop.signal);
      while (await this.#round() && options.loop) {
        this.#errors += this.#clip.decoderErrors();
        await this.#clip[Symbol.asyncDispose]();
        this.#clip = await this.#openAgain(this.#stop.signal);
        this.#rounds++;
        if (this.#stop.signal.aborted) return await this.#clip[Symbol.asyncDispose]();
      }
      if (!this.#stop.signal.aborted) sink.ended();
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      const words = wordsOf(thrown);
      parts.log.error("capture.recording_failed", { path, words });
      this.#report.set("offline", "no_bytes");
      const bug = () =>
        new Fault("bug", `Cannot play ${path}: ${words}`, { cause: thrown });
      sink.ended(thrown instanceof Fault ? thrown : bug());
    }
  }

  /** Plays the clip once; false when it was stopped or empty. */
  async #round(): Promise<boolean> {
    this.#tellFormat();
    let firstUs: number | undefined;
    let lastUs = 0;
    let intervalUs = Math.round(1_000_000 / this.#recording.options.fps);
    for await (const { pixels, ptsUs } of this.#clip.frames) {
      const usualMs = intervalUs / 1_000;
      if (firstUs !== undefined) intervalUs = Math.max(1, ptsUs - lastUs);
      firstUs ??= ptsUs;
      lastUs = ptsUs;
      // The first round begins with the clip's own time, the next ones go on.
      const goesOn = this.#rounds === 0 ? 0 : this.#shiftUs - firstUs;
      await this.#show(pixels, ptsUs + goesOn, usualMs);
      if (this.#stop.signal.aborted) return false;
    }
    const shownUs = lastUs + (this.#rounds === 0 ? 0 : this.#shiftUs - (firstUs ?? 0));
    this.#shiftUs = shownUs + intervalUs;
    return firstUs !== undefined;
  }

  /** `usualMs`: how far apart the frames before were. */
  async #show(pixels: Uint8Array, ptsUs: number, usualMs: number): Promise<void> {
    const { sink, parts: { clock } } = this.#recording;
    this.#zeroMs ??= clock.monotonicMs() - ptsUs / 1_000;
    const lateMs = clock.monotonicMs() - (this.#zeroMs + ptsUs / 1_000);
    const isJump = -lateMs > Math.max(EARLY_MS, 3 * usualMs);
    if (lateMs > LATE_MS || isJump) this.#zeroMs += lateMs;
    else if (lateMs < 0) await sleep(clock, -lateMs, this.#stop.signal);
    if (this.#stop.signal.aborted) return;
    this.#frames++;
    const [arrivalMs, utcMs] = [clock.monotonicMs(), clock.utcMs()];
    sink.frame(pixels, { ptsUs, arrivalMs, utcMs, doubtful: false });
  }

  #tellFormat(): void {
    const { format } = this.#clip;
    const isSame = this.#format?.width === format.width &&
      this.#format.height === format.height;
    if (!isSame) this.#recording.sink.format(format);
    this.#format = format;
    this.#report.set("online");
  }
}
