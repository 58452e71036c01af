/**
 * Where frames come from. One interface for cameras, files, devices and scenes.
 * @module
 */
import type { InitSegment } from "./fmp4.ts";
import type { FrameFormat, FrameStamp } from "./frame/frame.ts";
import type { HoldReason, RungNow } from "./ladder.ts";
import type { Held, PacketRing, PacketRingBound } from "./packet_ring.ts";
import type { Codec } from "./parameter_sets.ts";
import type { StateLine } from "../analysis/dsl/camera_state.ts";
import type { Fault } from "../base/fault.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Secret } from "../base/secret.ts";
import type { TransportSetting } from "./transport_choice.ts";

/** By what H.264 and H.265 are decoded: `hardware.ts`. */
export type Decode = "software" | "vaapi" | "v4l2m2m" | "cuda";

/** `auto`: what was found best on this box, by trying. */
export type DecodeSetting = Decode | "auto";

/** What decodes, and why, in words without a period. */
export interface Chosen {
  readonly decode: Decode;
  readonly words: string;
}

/** Knows what is best on this box: `decode_choice.ts`. */
export interface DecodeChooser {
  /** May take some seconds; never fails. */
  of(codec: Codec): Promise<Chosen>;
}

/** What a source is asked for. Frames have at most `width` columns, the height follows. */
export interface SourceOptions {
  /** Names the camera in states, logs and paths: `[a-z0-9_-]{1,32}`. */
  readonly camera: string;
  /** What the user typed: URL, path, device, `scene:NAME`. May hold a password. */
  readonly url: string;
  /** A smaller RTSP stream of the same camera that is analysed instead. */
  readonly analysisUrl?: string | undefined;
  /** Of a camera, when they do not stand in the URL. */
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
  /** When its certificate is good enough, where the URL asks for TLS: `tls_certificate.ts`. */
  readonly certificate?: string | undefined;
  /** How rtsp:// pictures come; absent is `auto`. */
  readonly transport?: TransportSetting | undefined;
  readonly fps: number;
  readonly width: number;
  /** RTSP cameras only; software without it. */
  readonly decode?: DecodeSetting | undefined;
  /** Quiet seconds after which only keyframes are decoded; 0 or absent: never. */
  readonly idleAfterS?: number | undefined;
  /** How much of what a camera sent is kept; the usual when absent. */
  readonly coded?: PacketRingBound;
  /** Files only: begin again at the end. */
  readonly loop: boolean;
  /** Scenes only: seed of the generator. */
  readonly seed: number;
}

/** Who takes what a source gives. Calls come in order, on the main thread. */
export interface FrameSink {
  /** Before the first frame, and again whenever the size changes. */
  format(format: FrameFormat): void;
  /** `pixels` (yuv420p, `frameBytes` long) are lent for the time of the call. */
  frame(pixels: Uint8Array, stamp: FrameStamp): void;
  /** Something changed; `words` are for people and hold no secret. */
  state(state: StateLine, words: string): void;
  /** Of a camera with two streams: the one that is not analysed came, or is away. */
  mainStream?(main: MainStream): void;
  /** A file or scene is over, or broke off with a fault. Cameras never end. */
  ended(fault?: Fault): void;
}

/** Counters since the start, for metrics. */
export interface SourceCounts {
  readonly framesTotal: number;
  readonly framesDropped: number;
  readonly packetsTotal: number;
  readonly bytesTotal: number;
  readonly reconnects: number;
  readonly decoderRestarts: number;
  readonly decoderErrors: number;
}

/** A running source. Disposing it ends its children and waits until they are gone. */
export interface FrameSource extends AsyncDisposable {
  readonly counts: SourceCounts;
  /** Process ids of the children that run now. */
  readonly children: readonly number[];
  /** What a source that can decode less does about it; absent where none can. */
  readonly ladder?: LadderControl;
  /** By what its pictures are decoded, and why; absent where there is no choice. */
  readonly decoding?: Chosen;
  /** How well it comes; absent where there are no coded pictures to tell by. */
  readonly health?: StreamFigures;
  /** What comes in as it was coded; absent where we do not see it. */
  readonly coded?: CodedStream;
}

/** The stream that goes undecoded to live video, stills and clips. */
export interface MainStream {
  readonly isThere: boolean;
  /** UTC epoch ms. */
  readonly sinceMs: number;
  /** For people; no secret. */
  readonly words: string;
}

/** How well a camera's stream comes: `stream_health.ts`. */
export interface StreamFigures {
  /** Since the start: those that did not come, and those that the camera left out. */
  readonly picturesMissing: number;
  /** Of the last five minutes' pictures; undefined before the first. */
  readonly lossPercent: number | undefined;
  /** Millionths by which the camera's clock is faster than ours; undefined at first. */
  readonly clockDriftPpm: number | undefined;
  /** How often the camera's clock was set while it was watched. */
  readonly clockLeaps: number;
}

/** Says how much of a source is worth decoding: `ladder.ts`. */
export interface LadderControl {
  /** The frame of `ptsUs` was looked at; quiet: nothing moves in it, and nobody is there. */
  looked(quiet: boolean, ptsUs: number): void;
  /** Something moves in the glance of `ptsUs`: what was held back is to follow. */
  stirred(ptsUs: number): void;
  /** The box is to be spared, or no longer. */
  hold(why: HoldReason | undefined): void;
  readonly now: RungNow;
}

/** One camera's coded pictures, for readers that each go at their own pace. */
export interface CodedStream {
  readonly ring: PacketRing;
  /** Told of everything that comes from now on; disposing ends it. Must not throw. */
  listen(listener: CodedListener): Disposable;
}

export interface CodedListener {
  /** A stream begins; what came before cannot be decoded with it. */
  begins(init: InitSegment): void;
  packet(held: Held): void;
}

/** All that a source is opened with, beside what was read from its URL. */
export interface SourceOpening {
  readonly options: SourceOptions;
  readonly sink: FrameSink;
  readonly parts: SourceParts;
}

/** What every source needs from outside. */
export interface SourceParts {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in 0..1, anew each time: for the jitter of waits. */
  readonly chance: () => number;
  /** Without it `decode: auto` is software. */
  readonly chooser?: DecodeChooser | undefined;
}
