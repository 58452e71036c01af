/**
 * A camera's coded pictures as they come from the demuxer, each with its number drawn in
 * it, and a decoder that says which it gave.
 * @module
 */
import { sleep, systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { Fmp4Splitter, type InitSegment, type Packet } from "../../capture/fmp4.ts";
import type { FrameFormat, FrameRole } from "../../capture/frame/frame.ts";
import { FrameDecoder } from "../../capture/frame_decoder.ts";
import { PacketRing, type RingPacket } from "../../capture/packet_ring.ts";
import { ffmpeg, TestFolder } from "./clips.ts";
import { makeNumberedClip, type NumberedClip, numberOf } from "./numbered_clip.ts";

const FPS = 25;

export interface CodedClip {
  readonly init: InitSegment;
  readonly packets: readonly Packet[];
}

export async function codedClip(
  { frames, gop, bFrames, codec }: Pick<NumberedClip, "frames" | "gop" | "codec"> & {
    bFrames: number;
  },
): Promise<CodedClip> {
  using folder = new TestFolder();
  const [clip, stream] = [folder.file("clip.mp4"), folder.file("stream.mp4")];
  await makeNumberedClip(clip, {
    ...{ width: 320, height: 240, fps: FPS, frames, gop, bFrames },
    ...(codec === undefined ? {} : { codec }),
  });
  const flags = "frag_every_frame+empty_moov+default_base_moof+skip_trailer";
  await ffmpeg(["-i", clip, "-c", "copy", "-movflags", flags, stream]);
  let init: InitSegment | undefined;
  const packets: Packet[] = [];
  const splitter = new Fmp4Splitter({
    init: (found) => init = found,
    packet: (packet) => void packets.push(packet),
  });
  splitter.push(Deno.readFileSync(stream), 0);
  return { init: init!, packets };
}

/** As a session puts it into its ring; every picture is wanted. */
export function ringed({ init }: CodedClip, packet: Packet): RingPacket {
  const ptsUs = Math.round((packet.pts * 1e6) / init.timescale);
  const arrivalMs = systemClock.monotonicMs();
  const told = { wanted: true, torn: false, intervalMs: 1_000 / FPS };
  return { ...packet, ptsUs, arrivalMs, ...told };
}

/** A frame that came out of the decoder: its drawn number, and as what it came. */
export interface GivenFrame {
  readonly number: number;
  readonly role?: FrameRole;
}

/** A ring and its decoder. */
export class DecoderBox implements AsyncDisposable {
  readonly ring = new PacketRing({ seconds: 60, bytesMax: 1e7 });
  readonly given: GivenFrame[] = [];
  /** Pixels by drawn number, and the source time that came with them. */
  readonly pictures = new Map<number, { pixels: Uint8Array; ptsUs: number }>();
  readonly decoder: FrameDecoder;
  #format: FrameFormat = { width: 0, height: 0 };
  #doubts = 0;
  #change = Promise.withResolvers<void>();

  constructor(clip: CodedClip, packetsMax?: number) {
    this.decoder = new FrameDecoder({
      ...{ camera: "gate", width: 320, ring: this.ring },
      ...(packetsMax === undefined ? {} : { packetsMax }),
      parts: { clock: systemClock, log: silentLog, chance: () => 0.5 },
      taker: {
        format: (told) => this.#format = told,
        frame: (pixels, { ptsUs }, role) => {
          const number = numberOf(pixels, this.#format);
          this.pictures.set(number, { pixels: pixels.slice(), ptsUs });
          this.given.push(role ? { number, role } : { number });
          this.#change.resolve();
          this.#change = Promise.withResolvers();
        },
        doubt: () => this.#doubts++,
      },
    });
    this.ring.begin(clip.init);
    this.decoder.begin(clip.init);
  }

  get faults() {
    const { restarts, errors, dropped } = this.decoder;
    return { restarts, errors, dropped, doubts: this.#doubts };
  }

  /** The decoder can be fed. */
  async started(): Promise<void> {
    while (this.decoder.pid === undefined) await sleep(systemClock, 1);
  }

  /** The first child was lost, and another one is on its way or there. */
  async failed(): Promise<void> {
    while (this.decoder.restarts === 0) await sleep(systemClock, 1);
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await this.#change.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.decoder[Symbol.asyncDispose]();
  }
}
