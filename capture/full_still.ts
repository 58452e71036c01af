/**
 * One picture at the camera's full size, decoded from the packet ring by an FFmpeg of its
 * own: the camera is not asked again, and the decoder of the analysis not disturbed.
 * Keeps nothing; how many are made at once is `coded_jobs.ts`.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { runForBytes } from "../base/subprocess.ts";
import type { CodedJobs } from "./coded_jobs.ts";
import { fullStillArgs } from "./ffmpeg_args.ts";
import { type InitSegment, relabelled } from "./fmp4.ts";
import type { PacketRing, RingPacket } from "./packet_ring.ts";

/** A picture of the camera, and which one it is. */
export interface FullStill {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Pixels, as the camera sends them. */
  readonly width: number;
  readonly height: number;
  /** As in frames and in the motion DSL. */
  readonly ptsUs: number;
  /** When its last byte came, `Clock.monotonicMs`. */
  readonly arrivalMs: number;
  /** Pictures that it is built on were missing. */
  readonly torn: boolean;
}

/** Of the picture of an 8K camera at quality 3, with room. */
const JPEG_BYTES_MAX = 32_000_000;

/** A picture, and the packets that its decoding needs, itself the last one. */
export interface Decodable {
  readonly init: InitSegment;
  readonly packets: readonly RingPacket[];
}

/**
 * The picture that is shown at `ptsUs`, the newest one without it. What it needs is taken
 * out of the ring at once, so that nothing is lost while it waits for its turn.
 * @throws Fault unavailable in words: not held any more, not come yet, not decodable, too
 *   many asked, too slow
 */
export async function takeFullStill(
  ring: PacketRing,
  asked: {
    readonly ptsUs?: number | undefined;
    readonly jobs: CodedJobs;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<FullStill> {
  const { init, packets } = decodableAt(ring, asked.ptsUs);
  const { ptsUs, arrivalMs, torn } = packets.at(-1)!;
  const input = [init.bytes, ...labelled(packets)];
  const { stdout: jpeg, stderr } = await asked.jobs.run(
    (limits) =>
      runForBytes(["ffmpeg", ...fullStillArgs()], {
        ...limits,
        input,
        outputBytesMax: JPEG_BYTES_MAX,
      }),
    asked.signal,
  );
  const size = jpegSize(jpeg);
  if (!size) {
    const said = stderr.at(-1) ?? "FFmpeg gave none, without a word";
    throw new Fault("unavailable", `Cannot decode the picture: ${said}`);
  }
  return { jpeg, ...size, ptsUs, arrivalMs, torn };
}

/**
 * Which packets the picture at `ptsUs` needs, the newest one without it.
 * @throws Fault unavailable, in words
 */
export function decodableAt(ring: PacketRing, ptsUs: number | undefined): Decodable {
  const { init } = ring;
  const held = ptsUs === undefined ? ring.newestGop() : ring.from(ptsUs);
  const [first] = held;
  if (!init || !first) throw noPicture("the camera has sent no whole keyframe yet");
  if (ptsUs !== undefined) checkHeld(held.map(({ packet }) => packet.ptsUs), ptsUs);
  // In decoding order: the one shown last, of those shown by then.
  let wanted = 0;
  for (const [at, { packet }] of held.entries()) {
    const isShown = ptsUs === undefined || packet.ptsUs <= ptsUs;
    if (isShown && packet.ptsUs >= held[wanted]!.packet.ptsUs) wanted = at;
  }
  return { init, packets: held.slice(0, wanted + 1).map(({ packet }) => packet) };
}

/** @param times of pictures in decoding order, the first that of the oldest keyframe */
function checkHeld(times: readonly number[], ptsUs: number): void {
  const oldest = times[0]!;
  const newest = times.reduce((most, time) => Math.max(most, time));
  if (ptsUs < oldest) {
    throw noPicture(`the one of ${ptsUs} is not kept any more, the oldest is ${oldest}`);
  }
  if (ptsUs > newest) {
    throw noPicture(`the one of ${ptsUs} has not come yet, the newest is ${newest}`);
  }
}

function noPicture(why: string): Fault {
  return new Fault("unavailable", `Cannot take the full picture: ${why}`);
}

/** With labels for times, that only grow; the last one's is odd: it alone comes out. */
export function labelled(packets: readonly RingPacket[]): Uint8Array[] {
  const firstTicks = packets[0]!.dts;
  return packets.flatMap((packet, at) => {
    const isWanted = at === packets.length - 1;
    const dts = 2 * (packet.dts - firstTicks);
    const pts = 2 * (packet.pts - firstTicks) + (isWanted ? 1 : 0);
    return relabelled(packet, dts, pts);
  });
}

/**
 * The size that stands in a JPEG's frame header (ITU T.81, B.2.2); undefined when the
 * bytes are none.
 */
export function jpegSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const short = (at: number) => (bytes[at]! << 8) | bytes[at + 1]!;
  // Every segment before the picture's data tells its length.
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    const isFrame = marker >= 0xc0 && marker <= 0xcf &&
      ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: short(at + 7), height: short(at + 5) };
    at += 2 + short(at + 2);
  }
  return undefined;
}
