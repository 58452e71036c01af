/**
 * Every picture of a video file, as fast as they are asked for.
 * Keeps no pace: that is `recording_source.ts`.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { type Child, startChild } from "../base/subprocess.ts";
import { clipArgs } from "./ffmpeg_args.ts";
import type { FrameFormat } from "./frame/frame.ts";
import { probeFile } from "./probe.ts";
import { RawFrames } from "./raw_frames.ts";

export interface ClipOptions {
  /** Of each cell of a grid of 1/fps seconds the first frame; without it every frame. */
  readonly fps?: number | undefined;
  /** Columns of the frames, the height follows; without it the clip's own size. */
  readonly width?: number | undefined;
  /** Leaves a picture that is smaller than `width` as it is. */
  readonly shrinkOnly?: boolean | undefined;
  /** How long the first frame may take, ms; 20 s without it. */
  readonly firstFrameMs?: number | undefined;
  /** Ends the opening; the clip itself is ended by its disposal. */
  readonly signal?: AbortSignal | undefined;
}

export interface ClipFrame {
  /** yuv420p, lent until the next frame is asked for. */
  readonly pixels: Uint8Array;
  /** The clip's own time of this picture, to the microsecond. */
  readonly ptsUs: number;
}

/** An open video file. Disposing it ends its decoder. */
export interface Clip extends AsyncDisposable {
  readonly format: FrameFormat;
  /** Goes through the clip once. Fails with a Fault when the decoder dies. */
  readonly frames: AsyncIterable<ClipFrame>;
  /** Complaints of the decoder so far: more than none means damaged pictures. */
  decoderErrors(): number;
  /** Process ids that belong to it and run. */
  readonly children: readonly number[];
}

/**
 * Opens a video file.
 * @throws Fault unavailable when there is no such file, it does not answer or the
 *   signal ends it; corrupt when it is no video.
 */
export async function openClip(path: string, options: ClipOptions = {}): Promise<Clip> {
  await checkFile(path);
  const { firstFrameMs = FIRST_FRAME_MS, signal } = options;
  const decoding = new ClipDecoding(path);
  const cannot = (state: string) =>
    new Fault("unavailable", `Cannot open ${path}: ${state}`);
  using _deadline = systemClock.after(firstFrameMs, () => {
    decoding.giveUp(cannot(`no picture came within ${firstFrameMs / 1_000} s`));
  });
  using _abort = onAbort(signal, () => decoding.giveUp(cannot("it was stopped")));
  try {
    await decoding.start(clipArgs({ path, ...options }));
    return decoding;
  } catch (thrown) {
    await decoding[Symbol.asyncDispose]();
    throw thrown;
  }
}

/** A disc that sleeps wakes in ten seconds; a share that is gone never answers. */
const FIRST_FRAME_MS = 20_000;
/** Frames decoded ahead while the reader is busy with one. */
const QUEUE_MAX = 3;

class ClipDecoding implements Clip {
  format: FrameFormat = { width: 0, height: 0 };
  readonly frames: AsyncIterable<ClipFrame> = {
    [Symbol.asyncIterator]: () => this.#read(),
  };
  readonly #path: string;
  readonly #queue: ClipFrame[] = [];
  readonly #complaints: string[] = [];
  readonly #raw: RawFrames;
  #errors = 0;
  #child: Child | undefined;
  #running = false;
  #paused = false;
  #finished = false;
  #fault: Fault | undefined;
  #wake: () => void = () => {};

  constructor(path: string) {
    this.#path = path;
    this.#raw = new RawFrames({
      format: (format) => this.format = format,
      frame: (pixels, pts) => this.#take({ pixels, ptsUs: pts.microseconds }),
    });
  }

  get children(): readonly number[] {
    return this.#child && this.#running ? [this.#child.pid] : [];
  }

  decoderErrors(): number {
    return this.#errors;
  }

  /** Done when the first frame is there. */
  async start(args: readonly string[]): Promise<void> {
    const child = await startChild({
      program: "ffmpeg",
      args,
      stdin: "none",
      outputs: [1, 3],
      onStderrLine: (line) => this.#complaint(line),
    });
    this.#child = child;
    this.#running = true;
    if (this.#fault) child.kill("SIGKILL");
    child.output(1).onBytes((bytes) => this.#guarded(() => this.#raw.pixels(bytes)));
    child.output(3).onBytes((bytes) => this.#guarded(() => this.#raw.lines(bytes)));
    const ended = [
      child.exited,
      child.output(1).ended,
      child.output(3).ended,
      child.stderrEnded,
    ] as const;
    Promise.all(ended).then(([exit]) => this.#end(exit.code === 0));
    while (this.#queue.length === 0 && !this.#finished) await this.#change();
    if (this.#queue.length > 0) return;
    throw this.#fault ?? await notVideo(this.#path, this.#complaints);
  }

  /** Fails the start, if it is not done. */
  giveUp(fault: Fault): void {
    if (this.#finished || this.#queue.length > 0) return;
    this.#fault ??= fault;
    this.#child?.kill("SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#finished = true;
    this.#wake();
    // It only reads, and hears no TERM while it waits for us to take a frame.
    this.#child?.kill("SIGKILL");
    await this.#child?.[Symbol.asyncDispose]();
    this.#running = false;
  }

  async *#read(): AsyncGenerator<ClipFrame> {
    while (true) {
      const frame = this.#queue.shift();
      if (frame) {
        this.#letRun();
        yield frame;
        this.#raw.recycle(frame.pixels);
      } else if (this.#finished) {
        if (this.#fault) throw this.#fault;
        return;
      } else {
        await this.#change();
      }
    }
  }

  /** Waits until a frame came or the decoder ended. */
  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake = resolve);
  }

  #take(frame: ClipFrame): void {
    this.#queue.push(frame);
    if (this.#queue.length >= QUEUE_MAX && !this.#paused) {
      this.#paused = true;
      this.#child?.output(1).pause();
    }
    this.#wake();
  }

  #letRun(): void {
    if (!this.#paused || this.#queue.length >= QUEUE_MAX) return;
    this.#paused = false;
    this.#child?.output(1).resume();
  }

  #end(whole: boolean): void {
    this.#running = false;
    if (!whole && !this.#finished && this.format.width > 0) {
      const why = this.#complaints.at(-1) ?? "it ended without a word";
      const words = `Cannot decode ${this.#path} to its end: ${why}`;
      this.#fault ??= new Fault("unavailable", words);
    }
    this.#finished = true;
    this.#wake();
  }

  #complaint(line: string): void {
    if (/\[(error|fatal|panic)\]/.test(line)) this.#errors++;
    if (this.#complaints.push(line) > 30) this.#complaints.shift();
  }

  /** An exception in a stream's callback would end the program: keep it for the reader. */
  #guarded(work: () => void): void {
    if (this.#fault) return;
    try {
      work();
    } catch (thrown) {
      this.#fault = thrown instanceof Fault
        ? thrown
        : new Fault("bug", `Cannot decode ${this.#path}: ${wordsOf(thrown)}`, {
          cause: thrown,
        });
      this.#child?.kill("SIGKILL");
    }
  }
}

/** Calls `act` when the signal ends or has ended, until it is disposed of. */
function onAbort(signal: AbortSignal | undefined, act: () => void): Disposable {
  signal?.addEventListener("abort", act);
  if (signal?.aborted) act();
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", act) };
}

async function checkFile(path: string): Promise<void> {
  const found = await Deno.stat(path).catch((cause: unknown) => {
    if (cause instanceof Deno.errors.NotFound) {
      const hint = "check the path; the file is looked for from the current folder";
      throw new Fault("unavailable", `Cannot open ${path}: there is no such file`, {
        hint,
      });
    }
    throw new Fault("unavailable", `Cannot open ${path}: ${wordsOf(cause)}`, { cause });
  });
  if (found.isDirectory) {
    const hint = "name one video file";
    throw new Fault("usage", `Cannot open ${path}: it is a folder`, { hint });
  }
  if (!found.isFile) {
    const words = `Cannot open ${path}: it is no file, but a pipe or a device`;
    throw new Fault("unavailable", words, { hint: "name one video file" });
  }
  if (found.size === 0) {
    throw new Fault("corrupt", `Cannot read ${path}: the file is empty`, {
      hint: "record it again, or give another file",
    });
  }
}

/** What FFmpeg's last words mean for someone who gave a file. */
async function notVideo(path: string, complaints: readonly string[]): Promise<Fault> {
  const said = complaints.join("\n");
  const hint = "give a video file, such as .mp4, .mkv, .avi or .mov";
  const cannot = (state: string) =>
    new Fault("corrupt", `Cannot read ${path}: ${state}`, { hint });
  if (/Permission denied/i.test(said)) {
    return new Fault("unavailable", `Cannot open ${path}: permission denied`, {
      hint: `ls -l ${path}`,
    });
  }
  if (/matches no streams/i.test(said)) {
    const sound = (await probeFile(path).catch(() => undefined))?.audio ?? [];
    const only = sound.length > 0 ? `, only sound (${sound.join(", ")})` : "";
    return cannot(`there is no video in it${only}`);
  }
  if (/moov atom not found/i.test(said)) {
    return cannot("it has no index: not a video, or a recording that was cut off");
  }
  if (/Invalid data found|not on whitelist/i.test(said)) {
    return cannot("it is not a video");
  }
  if (/unspecified size|dimensions not set|Invalid.*size|picture size/i.test(said)) {
    return cannot("its pictures have no valid size");
  }
  const last = complaints.findLast((line) => /\[(error|fatal)\]/.test(line));
  if (last === undefined) return cannot("there is no picture in it");
  return cannot(`not a video that FFmpeg can read (${last.replace(/^.*\[\w+\] /, "")})`);
}
