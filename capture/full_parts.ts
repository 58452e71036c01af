/**
 * Parts of several pictures at the camera's full size, decoded from the packet ring in one
 * pass of an FFmpeg of its own: of each picture only what is asked for comes out, and only
 * the GOPs that hold them go in. As `full_still.ts` does for one whole picture.
 *
 * Keeps nothing, and knows no tracks. What cannot be had is told, never made up.
 * @module
 */
import { Fault } from "../base/fault.ts";
import { runForBytes } from "../base/subprocess.ts";
import type { CodedJobs } from "./coded_jobs.ts";
import { fullPartsArgs } from "./ffmpeg_args.ts";
import { relabelled } from "./fmp4.ts";
import { frameBytes } from "./frame/frame.ts";
import type { WantedPart, WantedParts } from "./wanted_parts.ts";
import type { Held, PacketRing, RingPacket } from "./packet_ring.ts";

/** What became of a part. */
export type PartOutcome =
  | { readonly kind: "full"; readonly pixels: Uint8Array<ArrayBuffer> }
  /** Its picture is not held any more, or has not come. */
  | { readonly kind: "gone" }
  /** Too many pictures would have to be decoded for it. */
  | { readonly kind: "costly" };

export interface PartsOptions {
  readonly jobs: CodedJobs;
  readonly signal?: AbortSignal | undefined;
}

/** Decoded pixels of one pass: as many as 150 pictures of 1080p, .3 s of a core here. */
const DECODED_PIXELS_MAX = 150 * 1_920 * 1_088;

/**
 * The parts, by `ptsUs`. All that they need is taken out of the ring at once.
 * @throws Fault unavailable in words: not decodable, too many asked, too slow, stopped
 */
export async function takeFullParts(
  ring: PacketRing,
  wanted: WantedParts,
  { jobs, signal }: PartsOptions,
): Promise<ReadonlyMap<number, PartOutcome>> {
  const outcomes = new Map<number, PartOutcome>(
    wanted.parts.map(({ ptsUs }) => [ptsUs, { kind: "gone" }]),
  );
  const { init } = ring;
  if (!init) return outcomes;
  const limit = DECODED_PIXELS_MAX / (init.width * init.height);
  const feed = new Map<number, Held>();
  const taken: { readonly part: WantedPart; readonly held: Held }[] = [];
  const marked = new Set<number>();
  for (const part of wanted.parts) {
    const needed = packetsOf(ring, part.ptsUs);
    // Of a camera with two streams two moments may lie next to one picture.
    if (marked.has(needed.at(-1)?.sequence ?? -1)) continue;
    const more = needed.filter(({ sequence }) => !feed.has(sequence));
    if (needed.length > 0 && feed.size + more.length > limit) {
      outcomes.set(part.ptsUs, { kind: "costly" });
    } else if (needed.length > 0) {
      for (const held of more) feed.set(held.sequence, held);
      taken.push({ part, held: needed.at(-1)! });
      marked.add(needed.at(-1)!.sequence);
    }
  }
  if (taken.length === 0) return outcomes;
  // They come out in the order in which they are shown.
  taken.sort((a, b) => a.held.packet.ptsUs - b.held.packet.ptsUs);
  const packets = [...feed.values()].sort((a, b) => a.sequence - b.sequence);
  const pixels = await decoded([init.bytes, ...labelled(packets, marked)], {
    ...{ ...wanted, parts: taken.map(({ part }) => part) },
    ...{ jobs, signal },
  });
  for (const [at, { part }] of taken.entries()) {
    outcomes.set(part.ptsUs, { kind: "full", pixels: pixels[at]! });
  }
  return outcomes;
}

async function decoded(
  input: readonly Uint8Array[],
  { parts, size, shrunkTo, jobs, signal }: WantedParts & PartsOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const args = fullPartsArgs(parts, { size, shrunkTo });
  const bytes = frameBytes(shrunkTo);
  const { stdout, stderr } = await jobs.run(
    (limits) =>
      runForBytes(["ffmpeg", ...args], {
        ...limits,
        input,
        outputBytesMax: bytes * parts.length,
      }),
    signal,
  );
  // One that is missing would give its place to the next: then none is believed.
  if (stdout.length !== bytes * parts.length) {
    const said = stderr.at(-1) ?? "FFmpeg gave too few, without a word";
    throw new Fault("unavailable", `Cannot decode the pictures: ${said}`);
  }
  return parts.map((_, at) => stdout.slice(at * bytes, (at + 1) * bytes));
}

/**
 * What the picture of a time needs, itself the last one; none when it is not held. Of a
 * camera with two streams it is the nearest, no further than they are apart.
 */
function packetsOf(ring: PacketRing, ptsUs: number): readonly Held[] {
  const held = ring.from(ptsUs);
  let nearest = 0;
  for (const [at, { packet }] of held.entries()) {
    if (off(packet, ptsUs) < off(held[nearest]!.packet, ptsUs)) nearest = at;
  }
  const found = held[nearest];
  if (!found || off(found.packet, ptsUs) > 1_000 * found.packet.intervalMs) return [];
  if (found.packet.key) return [found];
  return held.slice(0, nearest + 1);
}

function off(packet: RingPacket, ptsUs: number): number {
  return Math.abs(packet.ptsUs - ptsUs);
}

/** With labels for times, that only grow; those that are to come out have odd ones. */
function labelled(packets: readonly Held[], wanted: ReadonlySet<number>): Uint8Array[] {
  const firstTicks = packets[0]!.packet.dts;
  return packets.flatMap(({ sequence, packet }) =>
    relabelled(
      packet,
      2 * (packet.dts - firstTicks),
      2 * (packet.pts - firstTicks) + (wanted.has(sequence) ? 1 : 0),
    )
  );
}
