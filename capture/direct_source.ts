/**
 * A stream over HTTP or a V4L2 device: one FFmpeg that reads, decodes and shrinks,
 * started again for ever. Cameras over RTSP have `camera_session.ts`.
 * @module
 */
import { sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import { type Child, startChild } from "../base/subprocess.ts";
import { deviceArgs, httpArgs, httpScript } from "./ffmpeg_args.ts";
import { isError, reasonOf, tellsDamage, tellsLoss } from "./ffmpeg_words.ts";
import type { FrameFormat } from "./frame/frame.ts";
import { FrameGrid } from "./frame_grid.ts";
import { FrozenWatch } from "./frozen_watch.ts";
import { PictureDoubt } from "./picture_doubt.ts";
import { probeStream, type StreamNature } from "./probe.ts";
import { RawFrames } from "./raw_frames.ts";
import { type JudgedWay, openWay } from "./judged_way.ts";
import type { TunnelRefusal } from "./tls_tunnel.ts";
import { Reconnect } from "./reconnect.ts";
import { RepeatedLine } from "./repeated_line.ts";
import type {
  FrameSink,
  FrameSource,
  SourceCounts,
  SourceOpening,
  SourceOptions,
  SourceParts,
} from "./source.ts";
import { SourceTime } from "./source_time.ts";
import { revealUrl, shownUrl, sourceSecrets, type StreamUrl } from "./source_url.ts";
import { notAskedWords } from "./state_words.ts";
import { StateReport } from "./state_report.ts";

const WATCH_MS = 1_000;
/** A source that was asked and gives no frame for so long is given up, ms. */
const CONNECT_MS = 20_000;
const STALLED_MS = 3_000;
/** Without a frame for so long FFmpeg is ended and started again, ms. */
const SILENT_MS = 6_000;
/** Complaints kept to tell why a source is gone. */
const COMPLAINTS_MAX = 20;

export type DirectUrl = StreamUrl | { readonly kind: "device"; readonly path: string };

/** A device needs no way: it is there or not. */
type DeviceWay = AsyncDisposable & { readonly kind: "device"; readonly path: string };

async function noWork(): Promise<void> {}

export class DirectSource implements FrameSource {
  readonly #options: SourceOptions;
  readonly #url: DirectUrl;
  readonly #sink: FrameSink;
  readonly #parts: SourceParts;
  readonly #report: StateReport;
  readonly #grid: FrameGrid;
  readonly #frozen = new FrozenWatch();
  /** Keyframes are not seen here: a doubt ends some time after FFmpeg's last word. */
  readonly #doubt = new PictureDoubt();
  readonly #time = new SourceTime();
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #child: Child | undefined;
  #nature: StreamNature | undefined;
  #refusal: TunnelRefusal | undefined;
  #format: FrameFormat | undefined;
  /** Begin of this run of FFmpeg, then when its last frame came. */
  #lastSignMs = 0;
  #goodSinceMs: number | undefined;
  #lastFrame: { readonly ptsUs: number; readonly arrivalMs: number } | undefined;
  #shiftUs: number | undefined;
  #counts = { framesTotal: 0, reconnects: 0, decoderErrors: 0 };

  constructor(url: DirectUrl, { options, sink, parts }: SourceOpening) {
    this.#options = options;
    this.#url = url;
    this.#sink = sink;
    this.#parts = parts;
    const place = { camera: options.camera, source: shownUrl(url) };
    this.#report = new StateReport({ sink, clock: parts.clock, log: parts.log }, place);
    this.#grid = new FrameGrid(options.fps);
    this.#running = this.#run();
  }

  get counts(): SourceCounts {
    return {
      ...this.#counts,
      framesDropped: 0,
      packetsTotal: 0,
      bytesTotal: 0,
      decoderRestarts: this.#counts.reconnects,
    };
  }

  get children(): readonly number[] {
    return this.#child ? [this.#child.pid] : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#child?.kill("SIGKILL");
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, chance, log } = this.#parts;
    const { camera } = this.#options;
    this.#report.set("connecting");
    using _watch = clock.every(WATCH_MS, () => this.#watch());
    const reconnect = new Reconnect();
    const line = new RepeatedLine();
    while (!this.#stop.signal.aborted) {
      const complaints: string[] = [];
      const isOver = await this.#once(complaints);
      if (this.#stop.signal.aborted) return;
      if (isOver) return this.#sink.ended();
      const goodMs = this.#goodSinceMs === undefined
        ? 0
        : clock.monotonicMs() - this.#goodSinceMs;
      const why = this.#refusal?.why ?? reasonOf(complaints);
      const { soon, waitMs } = reconnect.next({ goodMs, why, again: false }, chance());
      // FFmpeg may have died by itself: a stream is offline once it was asked again.
      if (soon && why === "no_bytes") this.#report.set("connecting");
      else if (this.#report.state !== "stalled" || goodMs === 0) {
        this.#report.set("offline", why);
      }
      this.#counts.reconnects++;
      const times = line.step(why);
      const said = complaints.findLast(isError);
      if (times !== undefined) {
        log.info("capture.reconnect", { camera, waitMs, why, said, times });
      }
      await sleep(clock, waitMs, this.#stop.signal);
    }
  }

  /** Runs FFmpeg once; true when a file behind a web server was played to its end. */
  async #once(complaints: string[]): Promise<boolean> {
    this.#goodSinceMs = undefined;
    this.#shiftUs = undefined;
    this.#time.reset();
    this.#grid.reset();
    this.#frozen.reset();
    this.#report.explain(undefined);
    try {
      await using way = await this.#openWay(complaints);
      if (!way) return false;
      const nature = await this.#look(way, complaints);
      if (nature.kind === "unreachable" || this.#stop.signal.aborted) return false;
      await using child = await this.#start(way, nature, complaints);
      this.#child = child;
      this.#lastSignMs = this.#parts.clock.monotonicMs();
      if (this.#stop.signal.aborted) return false;
      const [exit] = await Promise.all([
        child.exited,
        child.output(1).ended,
        child.stderrEnded,
      ]);
      const isWhole = exit.code === 0 && this.#goodSinceMs !== undefined;
      return nature.kind === "file" && isWhole && !this.#options.loop;
    } catch (thrown) {
      this.#report.explain(notAskedWords(thrown));
      complaints.push(`[error] ${wordsOf(thrown)}`);
      return false;
    } finally {
      this.#child = undefined;
    }
  }

  /** How the source is reached; undefined when its certificate was refused. */
  async #openWay(complaints: string[]): Promise<JudgedWay | DeviceWay | undefined> {
    if (this.#url.kind === "device") {
      return { ...this.#url, [Symbol.asyncDispose]: noWork };
    }
    const { camera, certificate } = this.#options;
    const { clock } = this.#parts;
    const signal = this.#stop.signal;
    const way = await openWay(this.#url, { camera, certificate, clock, signal });
    this.#refusal = way.kind === "refused" ? way : undefined;
    this.#report.explain(this.#refusal?.words);
    if (way.kind !== "refused") return way;
    complaints.push(`[error] ${way.said}`);
    return undefined;
  }

  /** What is there; asked once, as some cameras serve one client at a time. */
  async #look(
    way: JudgedWay | DeviceWay,
    complaints: string[],
  ): Promise<StreamNature> {
    if (way.kind === "device") return { kind: "live" };
    if (this.#nature) return this.#nature;
    const nature = await probeStream(way.url, this.#stop.signal, way);
    if (nature.kind === "unreachable") complaints.push(...nature.said);
    else this.#nature = nature;
    return nature;
  }

  async #start(
    way: JudgedWay | DeviceWay,
    nature: StreamNature,
    complaints: string[],
  ): Promise<Child> {
    const { fps, width } = this.#options;
    const isPictures = nature.kind === "pictures";
    const child = await startChild({
      program: "ffmpeg",
      args: way.kind === "device"
        ? deviceArgs({ path: way.path, fps, width })
        : httpArgs({ ...way, fps, width, paced: nature.kind === "file" }),
      stdin: "pipe",
      outputs: [1, 3],
      secrets: sourceSecrets(this.#url),
      onStderrLine: (line) => {
        this.#heed(line);
        if (complaints.push(line) > COMPLAINTS_MAX) complaints.shift();
      },
    });
    if (way.kind !== "device") {
      const script = httpScript(revealUrl(way.url).reveal(), isPictures, way);
      child.input.write(new TextEncoder().encode(script));
    }
    child.input.close();
    this.#read(child, isPictures, complaints);
    return child;
  }

  #heed(line: string): void {
    if (isError(line)) this.#counts.decoderErrors++;
    // Pieces may count their packets anew: to FFmpeg the first of each looks damaged.
    if (this.#nature?.kind === "live" && this.#nature.pieces) return;
    const why = tellsLoss(line) ? "gap" : tellsDamage(line) ? "decoder" : undefined;
    if (why) this.#doubt.arise(why, this.#parts.clock.monotonicMs());
  }

  #read(child: Child, isPictures: boolean, complaints: string[]): void {
    const raw: RawFrames = new RawFrames({
      format: (format) => this.#onFormat(format),
      frame: (pixels, pts) => {
        this.#onFrame(pixels, isPictures ? undefined : pts.microseconds);
        raw.recycle(pixels);
      },
    });
    const guarded = (work: () => void) => {
      try {
        work();
      } catch (thrown) {
        complaints.push(`[error] ${wordsOf(thrown)}`);
        child.kill("SIGKILL");
      }
    };
    child.output(1).onBytes((bytes) => guarded(() => raw.pixels(bytes)));
    child.output(3).onBytes((bytes) => guarded(() => raw.lines(bytes)));
  }

  #onFormat(format: FrameFormat): void {
    const was = this.#format;
    if (was?.width === format.width && was.height === format.height) return;
    this.#format = format;
    this.#sink.format(format);
  }

  /** `ownUs` is undefined for pictures without times: then they have that of arrival. */
  #onFrame(pixels: Uint8Array, ownUs: number | undefined): void {
    const { clock } = this.#parts;
    const now = { monotonicMs: clock.monotonicMs(), utcMs: clock.utcMs() };
    const sourceUs = ownUs ?? Math.round(now.monotonicMs * 1_000);
    const last = this.#lastFrame;
    this.#shiftUs ??= last
      ? last.ptsUs + Math.round((now.monotonicMs - last.arrivalMs) * 1_000) - sourceUs
      : -sourceUs;
    const ptsUs = sourceUs + this.#shiftUs;
    this.#lastSignMs = now.monotonicMs;
    if (!this.#grid.take(ptsUs)) return;
    this.#goodSinceMs ??= now.monotonicMs;
    this.#lastFrame = { ptsUs, arrivalMs: now.monotonicMs };
    this.#counts.framesTotal++;
    const isFrozen = this.#frozen.step({
      pixels,
      ptsUs,
      keyframes: this.#counts.framesTotal,
    });
    const doubtful = this.#doubt.isRecent(now.monotonicMs);
    if (isFrozen) this.#report.set("frozen", "equal");
    else if (doubtful) this.#report.set("doubtful", this.#doubt.why);
    else this.#report.set("online");
    this.#time.step({ ptsMs: ptsUs / 1_000, arrivalMs: now.monotonicMs });
    const utcMs = this.#time.utcMsOf(ptsUs / 1_000, now, 0);
    this.#sink.frame(pixels, {
      ptsUs,
      arrivalMs: now.monotonicMs,
      utcMs,
      doubtful,
    });
  }

  /** Once a second: FFmpeg would wait for a silent peer for ever. */
  #watch(): void {
    const child = this.#child;
    if (!child) return;
    const silentMs = this.#parts.clock.monotonicMs() - this.#lastSignMs;
    if (this.#goodSinceMs === undefined) {
      if (silentMs > CONNECT_MS) child.kill("SIGKILL");
      return;
    }
    // At low rates frames are this far apart by our own wish.
    const intervalMs = 1_000 / this.#options.fps;
    if (silentMs > Math.max(STALLED_MS, 3 * intervalMs)) {
      this.#report.set("stalled", "no_frames");
    }
    if (silentMs > Math.max(SILENT_MS, 6 * intervalMs)) child.kill("SIGKILL");
  }
}
