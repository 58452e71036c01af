/**
 * Keeps one decode child alive and fed from the packet ring: starts it, replays
 * the held GOP to a new one, drops up to the next keyframe when it is too slow,
 * and replaces it when it hangs or has grown old. Feeds keyframes only when told so, and
 * what was held back when told to go on. Knows nothing of the camera.
 * @module
 */
import { assert } from "../base/assert.ts";
import { wordsOf } from "../base/fault.ts";
import { DecodeChild, type DecodeTaker } from "./decode_child.ts";
import { isTooSlow } from "./decoder_lag.ts";
import { isSpare, type UnitsOf } from "./coded_units.ts";
import { DecodeWay } from "./decode_way.ts";
import { codecOf } from "./hardware.ts";
import type { InitSegment } from "./fmp4.ts";
import type { FrameFormat, FrameRole } from "./frame/frame.ts";
import type { Held, PacketRing, RingPacket } from "./packet_ring.ts";
import { unitsOf } from "./stream_description.ts";
import type { Chosen, Decode, DecodeSetting, SourceParts } from "./source.ts";

export interface FrameDecoderOptions {
  readonly camera: string;
  readonly width: number;
  /** Software without it; and from the first failure of anything else on. */
  readonly decode?: DecodeSetting | undefined;
  readonly ring: PacketRing;
  readonly parts: SourceParts;
  readonly taker: FrameTaker;
  /** Packets fed to one child before another takes over; `PACKETS_MAX` without it. */
  readonly packetsMax?: number;
}

export interface FrameTaker {
  format(format: FrameFormat): void;
  /**
   * In order of time, each once, but for glances that are followed by `goOn`. `pixels` are
   * lent for the time of the call.
   */
  frame(pixels: Uint8Array, packet: RingPacket, role?: FrameRole): void;
  /** From now up to the next keyframe frames may be damaged. */
  doubt(): void;
}

/** Copies of a keyframe that push it out of a decoder that reorders pictures. */
const PUSHES = 2;
/** More time between two packets is a pause, ms: so much of it counts. */
const PAUSE_MS = 1_000;
/** A decoder that is fed and gives nothing for so long hangs, ms. */
const HANG_MS = 3_000;
/** No packet follows it, so a keyframe must. */
const NOTHING_FED = -2;
/**
 * FFmpeg's reader keeps 160 bytes of every fragment for ever: 340 MB a day at 25
 * pictures a second. With this bound, two hours and 32 MB.
 */
const PACKETS_MAX = 200_000;
/** How long a child that another follows may take for its last frames, ms. */
const LAST_FRAMES_MS = 2_000;
const RESTART_FIRST_MS = 250;
const RESTART_MAX_MS = 8_000;

export class FrameDecoder implements AsyncDisposable {
  readonly #options: FrameDecoderOptions;
  readonly #way: DecodeWay;
  #child: DecodeChild | undefined;
  /** By what the child decodes. */
  #decodeInUse: Decode = "software";
  /** Numbers children as they are ordered; the number of the one in use. */
  #turns = 0;
  #turn = 0;
  /** Waits for a keyframe, to be used from there on; or is being started. */
  #successor: Successor | undefined;
  /** The child before: it gives its last frames, and only then the one in use is heard. */
  #leaving: Turn | undefined;
  #initInUse: InitSegment | undefined;
  #units: UnitsOf | undefined;
  /** Sequence of the last packet fed; only its successor or a keyframe may follow. */
  #fedSequence = NOTHING_FED;
  #failures = 0;
  #lastFramePtsUs = -Infinity;
  /** Only glances are fed: their frames are of use. */
  #glances = false;
  /** It was told to go on while there was no child. */
  #owes = false;
  /**
   * For how long packets have come, ms: the time by which it is slow or hangs. While none
   * come it stands still, as a decoder may keep back what nothing follows.
   */
  #feedingMs = 0;
  #lastSignMs = 0;
  /** When the last packet came. */
  #lastPacketMs = -Infinity;
  #retry: Disposable | undefined;
  readonly #ending = new Set<Promise<void>>();
  #closed = false;
  /** Wanted frames that were not decoded, as the decoder was too slow or away. */
  dropped = 0;
  /** Pictures that nobody asked for and nothing is built on: they were not decoded. */
  spared = 0;
  restarts = 0;
  /** Complaints about damaged pictures. */
  errors = 0;

  constructor(options: FrameDecoderOptions) {
    this.#options = options;
    const { camera, decode: set, parts: { chooser, log } } = options;
    this.#way = new DecodeWay({ camera, set, chooser, log });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** By what it decodes, and why. */
  get decoding(): Chosen {
    return this.#way.now;
  }

  /** Hardware whose pictures are wrong is left for software, at the next keyframe. */
  distrust(): void {
    this.#way.failed();
  }

  /** A new stream begins. The child is kept when it would be told the same. */
  begin(init: InitSegment): void {
    this.#fedSequence = NOTHING_FED;
    this.#owes = false;
    this.#way.begin(codecOf(init));
    this.#units = unitsOf(init);
    const same = this.#child && sameBytes(this.#initInUse?.bytes, init.bytes);
    if (same) this.#child!.restart();
    else this.#replace();
  }

  /** Takes each packet right after it went into the ring. */
  push(sequence: number, packet: RingPacket): void {
    if (!this.#child) return;
    this.#renewAt(packet);
    this.#feed({ sequence, packet }, packet.wanted ? {} : undefined);
  }

  /**
   * Instead of `push`: decodes a keyframe by itself, as a glance or as any frame.
   */
  pushAlone({ sequence, packet }: Held, role?: FrameRole): void {
    if (!this.#child || !packet.key) return;
    this.#glances = true;
    this.#renewAt(packet);
    this.#feed({ sequence, packet }, role ? { role } : {});
    if (packet.pts === packet.dts) return;
    for (let copy = 0; copy < PUSHES; copy++) {
      this.#child.restart();
      this.#feed({ sequence, packet }, undefined);
    }
  }

  /**
   * After glances: everything that is shown later than `afterUs`, or without it later
   * than the last glance; what is held back comes first, then all that is pushed.
   */
  goOn(afterUs = this.#lastFramePtsUs): void {
    this.#glances = false;
    this.#lastFramePtsUs = Math.min(this.#lastFramePtsUs, afterUs);
    this.#owes = true;
    if (this.#child) this.#payOwed(this.#child);
  }

  /** What was held back; to a child that is being replaced as soon as it is there. */
  #payOwed(child: DecodeChild): void {
    this.#owes = false;
    child.restart();
    this.#fedSequence = NOTHING_FED;
    this.#refeed(this.#options.ring.from(this.#lastFramePtsUs), { role: "owed" });
  }

  /** A child that is old, or decodes otherwise, hands over to another at a keyframe. */
  #renewAt(packet: RingPacket): void {
    const next = this.#successor?.child;
    if (packet.key && next && !this.#leaving) {
      this.#decodeInUse = this.#successor!.decode;
      this.#handOver(this.#child!, { turn: this.#successor!.turn, child: next });
    }
    const isOld = this.#child!.packets >= (this.#options.packetsMax ?? PACKETS_MAX) ||
      this.#decodeInUse !== this.#way.now.decode;
    if (packet.key && isOld && !this.#successor) this.#track(this.#prepare());
  }

  /** Once a second: replaces a child that hangs. `intervalMs` is the camera's. */
  watch(intervalMs: number): void {
    const oldest = this.#child?.oldestWanted;
    if (!oldest) return;
    const silentMs = this.#feedingMs - Math.max(this.#lastSignMs, oldest.fedMs);
    if (silentMs <= Math.max(HANG_MS, 8 * intervalMs)) return;
    const { camera, parts: { log } } = this.#options;
    const times = this.#failures + 1;
    // In a row: one line at each doubling.
    if (Number.isInteger(Math.log2(times))) {
      log.warn("capture.decoder_hung", { camera, silentMs: Math.round(silentMs), times });
    }
    this.#fail();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#drop();
    await Promise.all(this.#ending);
  }

  /** `wanted`: as what its frame is asked for; undefined: it is not. */
  #feed({ sequence, packet }: Held, wanted: { role?: FrameRole } | undefined): void {
    const child = this.#child!;
    const nowMs = this.#options.parts.clock.monotonicMs();
    const pauseMs = Math.max(PAUSE_MS, 2 * packet.intervalMs);
    this.#feedingMs += Math.min(pauseMs, nowMs - this.#lastPacketMs);
    this.#lastPacketMs = nowMs;
    const fedMs = this.#feedingMs;
    const oldest = child.oldestWanted;
    const isLost = !packet.key && sequence !== this.#fedSequence + 1;
    const catchesUp = wanted?.role === "owed" || oldest?.role === "owed";
    const lagMs = oldest ? fedMs - oldest.fedMs : 0;
    const lag = { waitingBytes: child.waitingBytes, lagMs, catchesUp };
    if (isLost || isTooSlow(lag, packet.intervalMs)) {
      if (wanted) this.dropped++;
      return;
    }
    this.#fedSequence = sequence;
    if (!wanted && this.#units && isSpare(packet.bytes, this.#units)) this.spared++;
    else child.feed(packet, wanted ? { ...wanted, fedMs } : undefined);
  }

  /** Feeds what is held; frames that were given are not wanted again. */
  #refeed(held: readonly Held[], wanted: { role?: FrameRole }): void {
    for (const each of held) {
      const { packet } = each;
      const isNew = packet.wanted && packet.ptsUs > this.#lastFramePtsUs;
      this.#feed(each, isNew ? wanted : undefined);
    }
  }

  /** The next child begins with a keyframe, so its pictures are whole. */
  #fail(): void {
    this.#failures++;
    this.restarts++;
    if (this.#decodeInUse !== "software" && this.#way.failed()) this.#failures = 0;
    this.#replace();
  }

  /** Ends the child and starts another, later the more often it failed. */
  #replace(): void {
    this.#drop();
    const wait = RESTART_FIRST_MS * 2 ** (this.#failures - 2);
    const delayMs = this.#failures < 2 ? 0 : Math.min(RESTART_MAX_MS, wait);
    this.#retry = this.#options.parts.clock.after(delayMs, () => {
      this.#track(this.#start(this.#turn));
    });
  }

  #drop(): void {
    this.#turn = ++this.#turns;
    this.#retry?.[Symbol.dispose]();
    this.#retry = undefined;
    const children = [this.#child, this.#successor?.child, this.#leaving?.child];
    this.#child = undefined;
    this.#successor = undefined;
    this.#leaving = undefined;
    for (const child of children) {
      if (child) this.#track(child[Symbol.asyncDispose]());
    }
  }

  async #start(turn: number): Promise<void> {
    const init = this.#options.ring.init;
    if (!init || this.#closed) return;
    const { decode } = this.#way.now;
    const child = await this.#startChild(init, turn, decode);
    if (!child) {
      if (turn === this.#turn) this.#fail();
      return;
    }
    if (turn !== this.#turn) return await child[Symbol.asyncDispose]();
    this.#child = child;
    this.#decodeInUse = decode;
    this.#initInUse = init;
    this.#fedSequence = NOTHING_FED;
    this.#lastSignMs = this.#feedingMs;
    this.#failWith(child, turn);
    child.listen();
    if (this.#owes) this.#payOwed(child);
    else this.#refeed(this.#options.ring.newestGop(), {});
  }

  async #startChild(
    init: InitSegment,
    turn: number,
    decode: Decode,
  ): Promise<DecodeChild | undefined> {
    const { camera, parts, width } = this.#options;
    try {
      return await DecodeChild.start({
        ...{ init, width, decode },
        taker: this.#takerOf(turn),
      });
    } catch (thrown) {
      parts.log.error("capture.decoder_failed", { camera, words: wordsOf(thrown) });
      return undefined;
    }
  }

  #failWith(child: DecodeChild, turn: number): void {
    child.exited.then(() => {
      if (turn === this.#turn && !this.#closed) this.#fail();
    });
  }

  /** Starts the child that follows the one in use; if that fails, again at a keyframe. */
  async #prepare(): Promise<void> {
    const { decode } = this.#way.now;
    const successor: Successor = { turn: ++this.#turns, child: undefined, decode };
    this.#successor = successor;
    const init = this.#initInUse;
    assert(init !== undefined, "a child that was fed has an init segment");
    const child = await this.#startChild(init, successor.turn, decode);
    if (this.#successor !== successor) return await child?.[Symbol.asyncDispose]();
    if (child) successor.child = child;
    else this.#successor = undefined;
  }

  /**
   * The packet that comes next, a keyframe, is the first of the new child's. (Of an
   * open GOP, which few cameras make, the pictures shown before it are lost.)
   */
  #handOver(before: DecodeChild, { turn, child }: Turn): void {
    const leaving = { turn: this.#turn, child: before };
    this.#turn = turn;
    this.#child = child;
    this.#successor = undefined;
    this.#fedSequence = NOTHING_FED;
    this.#failWith(child, turn);
    this.#track(this.#seeOff(leaving));
  }

  /** Takes the last frames of a child, then hears the one that follows. */
  async #seeOff(leaving: Turn): Promise<void> {
    const { camera, parts } = this.#options;
    const { packets } = leaving.child;
    parts.log.info("capture.decoder_renewed", { camera, packets });
    this.#leaving = leaving;
    const giveUp = () => this.#track(leaving.child[Symbol.asyncDispose]());
    using _deadline = parts.clock.after(LAST_FRAMES_MS, giveUp);
    await leaving.child.finish();
    if (this.#leaving !== leaving) return;
    this.#leaving = undefined;
    this.#child?.listen();
  }

  #takerOf(turn: number): DecodeTaker {
    const current = (act: () => void) => {
      if (turn === this.#turn || turn === this.#leaving?.turn) act();
    };
    const { taker } = this.#options;
    return {
      format: (format) => current(() => taker.format(format)),
      frame: (pixels, { packet, role }) =>
        current(() => {
          this.#lastSignMs = this.#feedingMs;
          this.#failures = 0;
          if (role === "glance" && !this.#glances) return;
          if (packet.ptsUs <= this.#lastFramePtsUs) return;
          this.#lastFramePtsUs = packet.ptsUs;
          taker.frame(pixels, packet, role);
        }),
      complaint: () =>
        current(() => {
          this.errors++;
          taker.doubt();
        }),
    };
  }

  #track(work: Promise<void>): void {
    this.#ending.add(work);
    work.finally(() => this.#ending.delete(work));
  }
}

interface Turn {
  readonly turn: number;
  readonly child: DecodeChild;
}

/** `child` is undefined while it is being started. */
interface Successor {
  readonly turn: number;
  child: DecodeChild | undefined;
  readonly decode: Decode;
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, index) => byte === b[index]);
}
