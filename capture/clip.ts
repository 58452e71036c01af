/**
 * The last seconds of a camera as a video file, out of the packet ring: nothing is coded
 * anew, and the camera is not asked again. Keeps no files.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";
import { runProgram } from "../base/subprocess.ts";
import type { CodedJobs } from "./coded_jobs.ts";
import { ringClipArgs } from "./ffmpeg_args.ts";
import type { PacketRing, RingPacket } from "./packet_ring.ts";

/** Which seconds are asked for: times as in the motion DSL, or so many up to now. */
export type ClipSpan =
  | { readonly fromUs: number; readonly toUs: number }
  | { readonly seconds: number };

/** A video file (MP4, H.264 or H.265 as the camera sends it, without sound). */
export interface RingClip {
  readonly mp4: Uint8Array<ArrayBuffer>;
  /** Time of its first picture: that of a keyframe, so often before what was asked. */
  readonly fromUs: number;
  /** Time of its last picture. */
  readonly toUs: number;
}

/**
 * Begins with the last keyframe at or before the wanted time, or with the oldest one held:
 * a clip is as long as the ring has it.
 * @param asked `folder`: where the file is written before it is read; ours alone
 * @throws Fault unavailable in words: nothing of that time is held, too many asked, too slow
 */
export async function makeRingClip(
  ring: PacketRing,
  asked: {
    readonly span: ClipSpan;
    readonly folder: string;
    readonly jobs: CodedJobs;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<RingClip> {
  const packets = packetsOf(ring, asked.span);
  const input = [ring.init!.bytes, ...packets.map(({ bytes }) => bytes)];
  const path = `${asked.folder}/clip.mp4`;
  const mp4 = await asked.jobs.run(async (limits) => {
    try {
      const { code, stderr } = await runProgram(["ffmpeg", ...ringClipArgs(path)], {
        ...limits,
        input,
        outputBytesMax: 1_000,
      });
      if (code === 0) return await Deno.readFile(path);
      throw new Fault("unavailable", `Cannot make the clip: ${stderr.at(-1) ?? code}`);
    } catch (thrown) {
      if (thrown instanceof Fault) throw thrown;
      throw new Fault("unavailable", `Cannot make the clip: ${wordsOf(thrown)}`);
    } finally {
      await Deno.remove(path).catch(() => {}); // it was never made
    }
  }, asked.signal);
  const times = packets.map(({ ptsUs }) => ptsUs);
  const toUs = times.reduce((most, time) => Math.max(most, time));
  return { mp4, fromUs: times[0]!, toUs };
}

/** In decoding order, from a keyframe on. @throws Fault unavailable when there are none */
function packetsOf(ring: PacketRing, span: ClipSpan): readonly RingPacket[] {
  const all = ring.from(-Infinity).map(({ packet }) => packet);
  const [first] = all;
  if (!ring.init || !first) throw noClip("the camera has sent no whole keyframe yet");
  const newestUs = all.reduce((most, { ptsUs }) => Math.max(most, ptsUs), first.ptsUs);
  const { fromUs, toUs } = "seconds" in span
    ? { fromUs: newestUs - span.seconds * 1e6, toUs: newestUs }
    : span;
  if (toUs < first.ptsUs) {
    throw noClip(
      `what was up to ${toUs} is not kept any more, the oldest is ${first.ptsUs}`,
    );
  }
  if (fromUs > newestUs) {
    throw noClip(`what is from ${fromUs} on has not come yet, the newest is ${newestUs}`);
  }
  const begin = all.findLastIndex(({ key, ptsUs }) => key && ptsUs <= fromUs);
  const end = all.findLastIndex(({ ptsUs }) => ptsUs <= toUs);
  return all.slice(Math.max(0, begin), end + 1);
}

function noClip(why: string): Fault {
  return new Fault("unavailable", `Cannot make the clip: ${why}`);
}
