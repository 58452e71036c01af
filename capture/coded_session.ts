/**
 * A camera's stream that is not decoded: one lasting RTSP session into a packet ring, for
 * live view, stills and clips, reconnected for ever. Says of itself whether it comes, and
 * nothing of the camera's state: that is the business of the stream that is analysed
 * (`camera_session.ts`).
 * @module
 */
import { sleep } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { StateReason } from "../analysis/dsl/camera_state.ts";
import { CodedFeed } from "./coded_feed.ts";
import { type DemuxChild, startDemux } from "./demux_child.ts";
import type { Probing } from "./ffmpeg_args.ts";
import { tellsLoss, ticksBack } from "./ffmpeg_words.ts";
import type { InitSegment, Packet } from "./fmp4.ts";
import { GapWatch } from "./gap_watch.ts";
import { Reconnect } from "./reconnect.ts";
import type { PacketRingBound } from "./packet_ring.ts";
import type { MainStream, SourceParts } from "./source.ts";
import { shownUrl, type StreamUrl } from "./source_url.ts";
import { stateWords } from "./state_words.ts";
import { StreamMatch, StreamZero } from "./stream_match.ts";
import { TransportChoice, type TransportSetting } from "./transport_choice.ts";

const WATCH_MS = 1_000;
/** A camera that was asked and gives no picture for so long is given up, ms. */
const CONNECT_MS = 12_000;
/** Without a packet for so long a session is ended, ms. */
const SILENT_MS = 6_000;
/** Away for so long is told, ms: as soon as a silent session is ended and tried again. */
const AWAY_MS = 8_000;
/** A camera whose time jumps back by more began anew without saying so, s. */
const JUMP_S = 1;
/** As much as a clip reaches back; a large stream has 8 Mbit/s and more. */
const RING = { seconds: 15, bytesMax: 32_000_000 };

export interface CodedSessionParts extends SourceParts {
  /** Names the camera in the log. */
  readonly camera: string;
  /** The setting `certificate`. */
  readonly certificate?: string | undefined;
  readonly transport?: TransportSetting | undefined;
  /** What is kept; `RING` without it. */
  readonly bound?: PacketRingBound | undefined;
  /** Where the zero of the analysed stream lies: its time is the camera's. */
  readonly axis: Pick<StreamZero, "atMs">;
  /** Told when it first comes, is away for some seconds, and comes back. */
  told(main: MainStream): void;
}

export class CodedSession implements AsyncDisposable {
  readonly coded: CodedFeed;
  readonly #url: StreamUrl;
  readonly #parts: CodedSessionParts;
  readonly #zero = new StreamZero();
  readonly #match = new StreamMatch();
  readonly #gaps = new GapWatch();
  readonly #transport: TransportChoice;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #demux: DemuxChild | undefined;
  #probing: Probing = "small";
  /** Begin of the session, then when its last packet came. */
  #lastPacketMs = 0;
  #goodSinceMs: number | undefined;
  /** When the last packet of any session came; before the first, the start. */
  #seenMs: number;
  /** Whether it is there, as was last told. */
  #told: boolean | undefined;
  /** Why the last session that gave nothing ended. */
  #why: StateReason = "no_bytes";
  /** What was last said in the log. */
  #logged: StateReason | undefined;
  #counts = { packetsTotal: 0, bytesTotal: 0, reconnects: 0 };

  constructor(url: StreamUrl, parts: CodedSessionParts) {
    this.#url = url;
    this.#parts = parts;
    this.#seenMs = parts.clock.monotonicMs();
    this.#transport = new TransportChoice(parts.transport);
    this.coded = new CodedFeed(parts.bound ?? RING);
    this.#running = this.#run();
  }

  get counts(): { packetsTotal: number; bytesTotal: number; reconnects: number } {
    return { ...this.#counts };
  }

  /** Process ids of the children that hold the session; none between two. */
  get children(): readonly number[] {
    const { pid, tunnelPid } = this.#demux ?? {};
    return [tunnelPid, pid].filter((each) => each !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#demux?.kill();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, chance, log, camera } = this.#parts;
    using _watch = clock.every(WATCH_MS, () => this.#watch());
    const reconnect = new Reconnect();
    while (!this.#stop.signal.aborted) {
      const end = await this.#session();
      if (this.#stop.signal.aborted) return;
      const goodMs = this.#goodSinceMs === undefined
        ? 0
        : clock.monotonicMs() - this.#goodSinceMs;
      const { soon, waitMs } = reconnect.next({ ...end, goodMs }, chance());
      this.#counts.reconnects++;
      this.#why = end.why;
      if (!soon && this.#logged !== end.why) {
        this.#logged = end.why;
        log.warn("capture.main_stream_away", { camera, why: end.why, said: end.said });
      }
      await sleep(clock, waitMs, this.#stop.signal);
    }
  }

  async #session(): Promise<{ why: StateReason; said: string; again: boolean }> {
    this.#lastPacketMs = this.#parts.clock.monotonicMs();
    this.#goodSinceMs = undefined;
    this.#zero.reset();
    this.#match.reset();
    this.#gaps.reset();
    try {
      await using demux = await startDemux({
        camera: this.#parts.camera,
        url: this.#url,
        certificate: this.#parts.certificate,
        transport: this.#transport.now,
        signal: this.#stop.signal,
        probing: this.#probing,
        clock: this.#parts.clock,
        taker: {
          init: (init) => this.coded.begin(init),
          packet: (packet) => this.#onPacket(packet),
          complaint: (line) => this.#onComplaint(line),
        },
      });
      this.#demux = demux;
      if (this.#stop.signal.aborted) demux.kill();
      const end = await demux.ended;
      const hadPackets = this.#goodSinceMs !== undefined;
      const other = this.#transport.ended({
        hadPackets,
        isRefused: end.refusesTransport,
        wasSilent: end.why === "no_bytes" && end.said === "",
      });
      const again = other ||
        end.wantsProbing && this.#probing === "small" && !hadPackets;
      if (again && !other) this.#probing = "default";
      return { why: end.why, said: end.said, again };
    } catch (thrown) {
      return { why: "no_bytes", said: wordsOf(thrown), again: false };
    } finally {
      this.#demux = undefined;
    }
  }

  #onPacket(packet: Packet): void {
    const init = this.coded.ring.init;
    if (!init) return;
    const { arrivalMs, key } = packet;
    this.#lastPacketMs = arrivalMs;
    this.#seenMs = arrivalMs;
    this.#goodSinceMs ??= arrivalMs;
    this.#counts.packetsTotal++;
    this.#counts.bytesTotal += packet.bytes.length;
    const { torn } = this.#gaps.step(packet.dts, key);
    const intervalMs = this.#intervalMs(init);
    const ptsMs = (packet.pts * 1_000) / init.timescale;
    this.#zero.step({ ptsMs, arrivalMs, intervalMs });
    const zeros = { ownMs: this.#zero.atMs!, otherMs: this.#parts.axis.atMs };
    const { shiftMs, begins } = this.#match.at({ intervalMs, key }, zeros);
    // What was kept has times of another axis: nobody could order the two.
    if (begins) this.coded.begin(init);
    const ptsUs = Math.round((ptsMs + shiftMs) * 1_000);
    this.coded.push({ ...packet, ptsUs, torn, intervalMs, wanted: false });
    if (!this.#told) this.#tellThere(init);
  }

  #tellThere({ width, height }: InitSegment): void {
    const { camera, clock, log, told } = this.#parts;
    this.#told = true;
    this.#logged = undefined;
    log.info("capture.main_stream", { camera, width, height });
    const words = `The main stream of camera ${camera} comes`;
    told({ isThere: true, sinceMs: clock.utcMs(), words });
  }

  #tellAway(): void {
    const { camera, clock, told } = this.#parts;
    this.#told = false;
    const place = { camera: `${camera}, main stream,`, source: shownUrl(this.#url) };
    const awayMs = Math.round(clock.monotonicMs() - this.#seenMs);
    const sinceMs = clock.utcMs() - awayMs;
    told({ isThere: false, sinceMs, words: stateWords("offline", this.#why, place) });
  }

  #intervalMs(init: InitSegment): number {
    return ((this.#gaps.usual() ?? 0) * 1_000) / init.timescale;
  }

  /** Once a second: FFmpeg would wait for a silent camera for ever. */
  #watch(): void {
    const nowMs = this.#parts.clock.monotonicMs();
    const silentMs = nowMs - this.#lastPacketMs;
    const init = this.coded.ring.init;
    const patienceMs = this.#goodSinceMs === undefined || !init
      ? CONNECT_MS
      : Math.max(SILENT_MS, 6 * this.#intervalMs(init));
    if (silentMs > patienceMs) this.#demux?.kill();
    const awayMs = Math.max(AWAY_MS, init ? 8 * this.#intervalMs(init) : 0);
    if (this.#told !== false && nowMs - this.#seenMs > awayMs) this.#tellAway();
  }

  #onComplaint(line: string): void {
    const init = this.coded.ring.init;
    if (tellsLoss(line)) this.#gaps.tear();
    if (init && ticksBack(line) >= JUMP_S * init.timescale) this.#demux?.kill();
  }
}
