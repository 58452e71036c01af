/**
 * A camera over RTSP: one lasting session, reconnected for ever, told as it is.
 *
 * Holds the decisions between demux child, packet ring and frame decoder; how
 * bytes are cut and decoded is theirs.
 * @module
 */
import { sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import { type DemuxChild, startDemux } from "./demux_child.ts";
import type { Probing } from "./ffmpeg_args.ts";
import type { InitSegment, Packet } from "./fmp4.ts";
import type { FrameFormat, FrameRole } from "./frame/frame.ts";
import { tellsLoss, ticksBack } from "./ffmpeg_words.ts";
import { FrameDecoder } from "./frame_decoder.ts";
import { FrameGrid } from "./frame_grid.ts";
import { FrozenWatch } from "./frozen_watch.ts";
import { GapWatch } from "./gap_watch.ts";
import { CodedFeed } from "./coded_feed.ts";
import { HardwareWatch } from "./hardware_watch.ts";
import { LadderFeed } from "./ladder_feed.ts";
import { PictureDoubt } from "./picture_doubt.ts";
import type { RingPacket } from "./packet_ring.ts";
import { Reconnect } from "./reconnect.ts";
import { RepeatedLine } from "./repeated_line.ts";
import type {
  Chosen,
  FrameSink,
  FrameSource,
  SourceCounts,
  SourceOpening,
  SourceOptions,
  SourceParts,
} from "./source.ts";
import { type LastPicture, SessionTime } from "./session_time.ts";
import { judgeSession, lacksKeyframe } from "./session_verdict.ts";
import { StreamHealth } from "./stream_health.ts";
import { shownUrl, type StreamUrl } from "./source_url.ts";
import { notAskedWords } from "./state_words.ts";
import { StateReport } from "./state_report.ts";
import { TransportChoice } from "./transport_choice.ts";

const WATCH_MS = 1_000;
/** A camera whose time jumps back by more began anew without saying so, s. */
const JUMP_S = 1;
/** Pictures for so long show that a camera which comes and goes is there, ms. */
const SETTLED_MS = 3_000;
/** What is kept of the coded stream when nobody says. */
const RING = { seconds: 15, bytesMax: 32_000_000 };

export class CameraSession implements FrameSource {
  readonly #options: SourceOptions;
  readonly #url: StreamUrl;
  readonly #sink: FrameSink;
  readonly #parts: SourceParts;
  readonly #report: StateReport;
  readonly coded: CodedFeed;
  readonly ladder: LadderFeed;
  readonly #decoder: FrameDecoder;
  readonly #hardware: HardwareWatch;
  readonly #grid: FrameGrid;
  readonly #gaps = new GapWatch();
  readonly #frozen = new FrozenWatch();
  readonly #time = new SessionTime();
  readonly #reconnect = new Reconnect();
  readonly health: StreamHealth;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  readonly #transport: TransportChoice;
  #demux: DemuxChild | undefined;
  #probing: Probing = "small";
  #format: FrameFormat | undefined;
  /** Begin of the session, then when its last packet came. */
  #lastPacketMs = 0;
  #firstPacketMs = 0;
  #lastKeyMs = 0;
  #lastWantedMs = 0;
  #keyframes = 0;
  #hasPackets = false;
  /** Since when this session gives frames. */
  #goodSinceMs: number | undefined;
  #lastFrame: LastPicture | undefined;
  readonly #doubt = new PictureDoubt();
  #counts = { framesTotal: 0, packetsTotal: 0, bytesTotal: 0, reconnects: 0 };

  constructor(url: StreamUrl, { options, sink, parts }: SourceOpening) {
    this.#options = options;
    this.coded = new CodedFeed(options.coded ?? RING);
    this.#url = url;
    this.#sink = sink;
    this.#parts = parts;
    const place = { camera: options.camera, source: shownUrl(url) };
    this.#report = new StateReport({ sink, clock: parts.clock, log: parts.log }, place);
    this.#transport = new TransportChoice(options.transport);
    this.health = new StreamHealth({ camera: options.camera, log: parts.log });
    this.#grid = new FrameGrid(options.fps);
    this.#decoder = new FrameDecoder({
      camera: options.camera,
      width: options.width,
      decode: options.decode,
      ring: this.coded.ring,
      parts,
      taker: {
        format: (format) => this.#onFormat(format),
        frame: (pixels, packet, role) => this.#onFrame(pixels, packet, role),
        doubt: () => this.#doubt.decoderComplained(parts.clock.monotonicMs()),
      },
    });
    this.#hardware = new HardwareWatch({
      ...{ camera: options.camera, width: options.width, ring: this.coded.ring },
      ...{ ...parts, signal: this.#stop.signal },
      decode: () => this.#decoder.decoding.decode,
      wrong: () => this.#decoder.distrust(),
    });
    const plan = { idleAfterS: options.idleAfterS ?? 0 };
    this.ladder = new LadderFeed(plan, { clock: parts.clock, decoder: this.#decoder });
    this.#running = this.#run();
  }

  get counts(): SourceCounts {
    return {
      ...this.#counts,
      framesDropped: this.#decoder.dropped,
      decoderRestarts: this.#decoder.restarts,
      decoderErrors: this.#decoder.errors,
    };
  }

  get decoding(): Chosen {
    return this.#decoder.decoding;
  }

  get children(): readonly number[] {
    const { pid, tunnelPid } = this.#demux ?? {};
    return [tunnelPid, pid, this.#decoder.pid].filter((pid) => pid !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#demux?.kill();
    await this.#running;
    await this.#hardware.over;
    await this.#decoder[Symbol.asyncDispose]();
  }

  async #run(): Promise<void> {
    const { clock, chance, log } = this.#parts;
    const { camera } = this.#options;
    this.#report.set("connecting");
    using _watch = clock.every(WATCH_MS, () => this.#watch());
    const line = new RepeatedLine();
    while (!this.#stop.signal.aborted) {
      const end = await this.#session();
      if (this.#stop.signal.aborted) return;
      const goodMs = this.#goodMs();
      const { soon, waitMs } = this.#reconnect.next({ ...end, goodMs }, chance());
      const lost = this.#report.lostInLoop = this.#reconnect.lostInLoop;
      // FFmpeg may have died by itself: a camera is offline once it was asked again.
      if (soon && end.why === "no_bytes") this.#report.set("connecting");
      else if (lost > 0 && end.why === "no_bytes") this.#report.set("offline", "lost");
      else if (end.why !== undefined) this.#report.set("offline", end.why);
      this.#counts.reconnects++;
      const { why, said } = end;
      const times = line.step(`${why}`);
      if (times !== undefined) {
        log.info("capture.reconnect", { camera, waitMs, why, said, times });
      }
      await sleep(clock, waitMs, this.#stop.signal);
    }
  }

  /** One session from its start to its end; `again`: try at once with other settings. */
  async #session(): Promise<
    { why: StateReason | undefined; said: string; again: boolean }
  > {
    this.#beginSession();
    try {
      await using demux = await startDemux({
        camera: this.#options.camera,
        url: this.#url,
        certificate: this.#options.certificate,
        transport: this.#transport.now,
        signal: this.#stop.signal,
        probing: this.#probing,
        clock: this.#parts.clock,
        taker: {
          init: (init) => this.#onInit(init),
          packet: (packet) => this.#onPacket(packet),
          complaint: (line) => this.#onComplaint(line),
        },
      });
      this.#demux = demux;
      if (this.#stop.signal.aborted) return { why: undefined, said: "", again: false };
      const end = await demux.ended;
      this.#report.explain(end.words);
      const other = this.#transport.ended({
        hadPackets: this.#hasPackets,
        isRefused: end.refusesTransport,
        wasSilent: end.why === "no_bytes" && end.said === "",
      });
      const again = other ||
        end.wantsProbing && this.#probing === "small" && !this.#hasPackets;
      if (again && !other) this.#probing = "default";
      const stalled = this.#hasPackets && this.#report.state === "stalled";
      return { why: again || stalled ? undefined : end.why, said: end.said, again };
    } catch (thrown) {
      this.#report.explain(notAskedWords(thrown));
      return { why: "no_bytes", said: wordsOf(thrown), again: false };
    } finally {
      this.#demux = undefined;
    }
  }

  #beginSession(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    this.#lastPacketMs = nowMs;
    this.#lastKeyMs = nowMs;
    this.#lastWantedMs = nowMs;
    this.#hasPackets = false;
    this.#report.explain(undefined);
    this.#goodSinceMs = undefined;
    this.#doubt.begin();
    this.#time.reset();
    this.#gaps.reset();
    this.#grid.reset();
    this.#frozen.reset();
    this.ladder.reset();
    this.health.reset();
  }

  /** For how long this session has given pictures, ms; 0: for not one. */
  #goodMs(): number {
    if (this.#goodSinceMs === undefined) return 0;
    return Math.max(1, this.#lastFrame!.arrivalMs - this.#goodSinceMs);
  }

  #onInit(init: InitSegment): void {
    if (this.#hasPackets) {
      const { width, height } = init;
      const { camera } = this.#options;
      this.#parts.log.info("capture.stream_changed", { camera, width, height });
    }
    this.coded.begin(init);
    this.#decoder.begin(init);
  }

  #onPacket(packet: Packet): void {
    const init = this.coded.ring.init;
    if (!init) return;
    if (!this.#hasPackets) this.#firstPacketMs = packet.arrivalMs;
    this.#hasPackets = true;
    this.#lastPacketMs = packet.arrivalMs;
    if (packet.key) {
      this.#lastKeyMs = packet.arrivalMs;
      this.#keyframes++;
    }
    this.#counts.packetsTotal++;
    this.#counts.bytesTotal += packet.bytes.length;
    const { ptsUs, leaptMs } = this.#time.step(packet, init.timescale, this.#lastFrame);
    if (leaptMs > 0) {
      this.#gaps.leapt();
      this.health.leapt(leaptMs);
    }
    const { gap, torn, missing } = this.#gaps.step(packet.dts, packet.key);
    if (gap) this.#tellDoubt("gap");
    this.health.step({ ptsMs: ptsUs / 1_000, arrivalMs: packet.arrivalMs }, missing);
    if (packet.key) this.#doubt.keyframe(ptsUs);
    const intervalMs = this.#intervalMs();
    const ringed: RingPacket = {
      ...packet,
      ptsUs,
      torn,
      intervalMs,
      wanted: this.#grid.take(ptsUs),
    };
    if (ringed.wanted) this.#lastWantedMs = packet.arrivalMs;
    this.ladder.push(this.coded.push(ringed));
  }

  /** The camera's usual time between pictures, ms; 0 before it is known. */
  #intervalMs(): number {
    const timescale = this.coded.ring.init?.timescale;
    const usual = this.#gaps.usual();
    return timescale && usual ? (usual * 1_000) / timescale : 0;
  }

  #onFormat(format: FrameFormat): void {
    const was = this.#format;
    if (was?.width === format.width && was.height === format.height) return;
    this.#format = format;
    this.#sink.format(format);
  }

  #onFrame(pixels: Uint8Array, packet: RingPacket, role?: FrameRole): void {
    const { clock } = this.#parts;
    const now = { monotonicMs: clock.monotonicMs(), utcMs: clock.utcMs() };
    const { ptsUs } = packet;
    this.#goodSinceMs ??= now.monotonicMs;
    this.#lastFrame = { ptsUs, arrivalMs: now.monotonicMs };
    const doubtful = this.#doubt.step(packet, now.monotonicMs);
    const isFrozen = this.#frozen.step({ pixels, ptsUs, keyframes: this.#keyframes });
    this.#reportPictures(isFrozen, now.monotonicMs);
    // Demuxer and muxer hold a picture each until the next one begins.
    const utcMs = this.#time.utcMsOf(ptsUs, now, 2 * packet.intervalMs);
    this.#counts.framesTotal++;
    // What is torn each decoder mends in its own way.
    if (!doubtful) this.#hardware.frame(pixels, packet, this.#format!.width);
    const stamp = { ptsUs, arrivalMs: now.monotonicMs, utcMs, doubtful };
    this.#sink.frame(pixels, role ? { ...stamp, role } : stamp);
  }

  #reportPictures(isFrozen: boolean, nowMs: number): void {
    // The last picture of a session that is over says nothing of the next one.
    if (!this.#demux) return;
    this.#reconnect.good(this.#goodMs());
    const lost = this.#report.lostInLoop = this.#reconnect.lostInLoop;
    if (lost > 0 && this.#goodMs() < SETTLED_MS) return;
    const isDoubtful = this.#doubt.isRecent(nowMs) || this.#lacksKey(nowMs);
    if (isFrozen) this.#report.set("frozen", "equal");
    else if (isDoubtful) this.#reportDoubt(nowMs);
    else {
      const { rung, why } = this.ladder.now;
      this.#report.set("online", why ?? (lost > 0 ? "lost" : undefined), rung);
    }
  }

  #lacksKey(nowMs: number): boolean {
    const { keyIntervalMs } = this.ladder;
    return lacksKeyframe({ keylessMs: nowMs - this.#lastKeyMs, keyIntervalMs });
  }

  /** At once: the next frame may be seconds away while keyframes only are decoded. */
  #tellDoubt(why: StateReason): void {
    const nowMs = this.#parts.clock.monotonicMs();
    this.#doubt.arise(why, nowMs);
    if (this.#report.state === "online") this.#reportDoubt(nowMs);
  }

  #reportDoubt(nowMs: number): void {
    this.#report.set("doubtful", this.#lacksKey(nowMs) ? "no_keyframe" : this.#doubt.why);
  }

  /** Once a second: a silent camera and a stuck decoder are ended by us. */
  #watch(): void {
    const demux = this.#demux;
    if (!demux) return;
    const nowMs = this.#parts.clock.monotonicMs();
    const intervalMs = this.#intervalMs();
    this.#decoder.watch(intervalMs);
    const hasPictures = this.#goodSinceMs !== undefined;
    const { say, end } = judgeSession({
      silentMs: nowMs - this.#lastPacketMs,
      keylessMs: nowMs - this.#lastKeyMs,
      unwantedMs: nowMs - this.#lastWantedMs,
      picturelessMs: nowMs -
        (hasPictures ? this.#lastFrame!.arrivalMs : this.#firstPacketMs),
      hasPictures,
      hasPackets: this.#hasPackets,
      lateMs: this.#time.lateMs,
      intervalMs,
      keyIntervalMs: this.ladder.keyIntervalMs,
      decodesKeysOnly: this.ladder.now.rung !== "full",
      fps: this.#options.fps,
    });
    switch (say) {
      case "nothing":
        break;
      case "stalled":
        this.#report.set("stalled", "no_frames");
        break;
      case "no_keyframe":
        this.#report.set("doubtful", "no_keyframe");
        break;
      case "undecodable":
        this.#report.set("offline", "codec");
        break;
      case "decoder":
        this.#doubt.arise("decoder", nowMs);
        this.#reportDoubt(nowMs);
    }
    if (end) demux.kill();
  }

  /** What FFmpeg says while the session lives. */
  #onComplaint(line: string): void {
    const init = this.coded.ring.init;
    if (init && tellsLoss(line)) {
      this.#gaps.tear();
      this.#doubt.arise("gap", this.#parts.clock.monotonicMs());
    }
    if (!init || !this.#time.isSettled || ticksBack(line) < JUMP_S * init.timescale) {
      return;
    }
    this.health.leapt((-1_000 * ticksBack(line)) / init.timescale);
    // It would give every picture the same time until the old one is reached again.
    this.#report.set("stalled", "no_frames");
    this.#demux?.kill();
  }
}
