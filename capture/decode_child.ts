/**
 * The FFmpeg that turns fed packets into small frames, each with the packet that
 * it came from. Fed in decoding order from a keyframe on; never restarts itself.
 *
 * A packet's times are replaced by a label that only grows, so that it may be fed
 * pictures of an earlier time again. The label comes out with the frame; odd
 * labels ask for a frame, even ones are decoded for the sake of others.
 * @module
 */
import { wordsOf } from "../base/fault.ts";
import { type Child, type ChildExit, startChild } from "../base/subprocess.ts";
import { decodeArgs } from "./ffmpeg_args.ts";
import { codecOf, decoderArgs } from "./hardware.ts";
import { isError } from "./ffmpeg_words.ts";
import { type InitSegment, relabelled } from "./fmp4.ts";
import type { FrameFormat, FrameRole } from "./frame/frame.ts";
import type { RingPacket } from "./packet_ring.ts";
import type { Decode } from "./source.ts";
import { RawFrames } from "./raw_frames.ts";

export interface DecodeTaker {
  format(format: FrameFormat): void;
  /** `pixels` are lent for the time of the call. */
  frame(pixels: Uint8Array, of: Wanted): void;
  /** The decoder found something damaged. */
  complaint(line: string): void;
}

/** A packet whose picture is asked for. */
export interface Wanted {
  readonly packet: RingPacket;
  /** Absent: it comes in its turn. */
  readonly role?: FrameRole;
  /** When it was fed, `Clock.monotonicMs`. */
  readonly fedMs: number;
}

/** Wanted pictures in the decoder at most; those beyond are given up as lost in it. */
const WAITING_MAX = 512;

export interface DecodeOptions {
  readonly init: InitSegment;
  readonly width: number;
  /** Software without it. */
  readonly decode?: Decode;
  readonly taker: DecodeTaker;
}

export class DecodeChild implements AsyncDisposable {
  readonly #child: Child;
  readonly #taker: DecodeTaker;
  readonly #waiting = new Map<number, Wanted>();
  /** Ticks by which labels are ahead of the packets' own times. */
  #shift = 0;
  /** Half of the largest label so far. */
  #last = -1;
  #isAnew = true;

  /** Packets fed so far; FFmpeg keeps 160 bytes of each for ever. */
  packets = 0;

  /**
   * Starts the program; its frames come after `listen()`.
   * @throws Fault unavailable when FFmpeg cannot be started.
   */
  static async start(options: DecodeOptions): Promise<DecodeChild> {
    const { init, width, decode = "software", taker } = options;
    const child = await startChild({
      program: "ffmpeg",
      args: decodeArgs({ width, decoder: decoderArgs(decode, codecOf(init)) }),
      stdin: "pipe",
      outputs: [1, 3],
      onStderrLine: (line) => {
        if (isError(line)) taker.complaint(line);
      },
    });
    child.input.write(init.bytes);
    return new DecodeChild(child, taker);
  }

  private constructor(child: Child, taker: DecodeTaker) {
    this.#child = child;
    this.#taker = taker;
  }

  get pid(): number {
    return this.#child.pid;
  }

  get exited(): Promise<ChildExit> {
    return this.#child.exited;
  }

  /** Begins to give frames; before, the decoder waits with them. Call once. */
  listen(): void {
    const child = this.#child;
    const raw: RawFrames = new RawFrames({
      format: (format) => this.#taker.format(format),
      frame: (pixels, pts) => {
        const wanted = this.#wantedOf(pts.ticks);
        if (wanted) this.#taker.frame(pixels, wanted);
        raw.recycle(pixels);
      },
    });
    const guarded = (work: () => void) => {
      try {
        work();
      } catch (thrown) {
        this.#taker.complaint(wordsOf(thrown));
        child.kill("SIGKILL");
      }
    };
    child.output(1).onBytes((bytes) => guarded(() => raw.pixels(bytes)));
    child.output(3).onBytes((bytes) => guarded(() => raw.lines(bytes)));
  }

  /** Feeds no more; done when the last frame was given and the program is gone. */
  async finish(): Promise<void> {
    this.#child.input.close();
    const { exited, stderrEnded } = this.#child;
    const outputs = [1, 3].map((fd) => this.#child.output(fd).ended);
    await Promise.all([exited, stderrEnded, ...outputs]);
  }

  /** Bytes that the decoder has not taken yet. */
  get waitingBytes(): number {
    return this.#child.input.waitingBytes;
  }

  /** The one whose frame has been awaited the longest. */
  get oldestWanted(): Wanted | undefined {
    return this.#waiting.values().next().value;
  }

  /** The next packet, a keyframe, may have any time. */
  restart(): void {
    this.#isAnew = true;
  }

  /** Feeds a packet; `wanted` may differ from the packet's own wish in a replay. */
  feed(packet: RingPacket, wanted: Omit<Wanted, "packet"> | undefined): void {
    if (this.#isAnew) {
      this.#shift = this.#last + 2 - packet.dts;
      this.#isAnew = false;
    }
    const dts = 2 * (packet.dts + this.#shift);
    const pts = 2 * (packet.pts + this.#shift) + (wanted ? 1 : 0);
    this.#last = Math.max(this.#last, Math.ceil(Math.max(dts, pts) / 2));
    if (wanted) {
      this.#waiting.set(pts, { packet, ...wanted });
      if (this.#waiting.size > WAITING_MAX) {
        this.#waiting.delete(this.#waiting.keys().next().value!);
      }
    }
    this.packets++;
    for (const part of relabelled(packet, dts, pts)) this.#child.input.write(part);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child[Symbol.asyncDispose]();
  }

  /** The packet of a label; what should have come out before it is given up. */
  #wantedOf(label: number): Wanted | undefined {
    const wanted = this.#waiting.get(label);
    for (const waiting of this.#waiting.keys()) {
      if (waiting <= label) this.#waiting.delete(waiting);
    }
    return wanted;
  }
}
