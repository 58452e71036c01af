import assert from "node:assert/strict";
import { systemClock } from "../base/clock.ts";
import { silentLog } from "../base/log.ts";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { makeNumberedClip, numberOf } from "../tests/support/numbered_clip.ts";
import { Fmp4Splitter, type InitSegment, type Packet } from "./fmp4.ts";
import type { FrameFormat } from "./frame/frame.ts";
import { FrameDecoder } from "./frame_decoder.ts";
import { PacketRing } from "./packet_ring.ts";

const FRAMES = 120;
const GOP = 10;

/** A camera's coded pictures, each with its number drawn in it. */
async function makeStream(bFrames: number) {
  using folder = new TestFolder();
  const [clip, stream] = [folder.file("clip.mp4"), folder.file("stream.mp4")];
  const shape = { width: 320, height: 240, fps: 25, frames: FRAMES, gop: GOP, bFrames };
  await makeNumberedClip(clip, shape);
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

/** Feeds a stream through a decoder whose children are renewed after `packetsMax`. */
async function decode(
  stream: Awaited<ReturnType<typeof makeStream>>,
  packetsMax: number,
) {
  const { init, packets } = stream;
  const numbers: number[] = [];
  const pids = new Set<number>();
  let format: FrameFormat = { width: 0, height: 0 };
  let doubts = 0;
  let change = Promise.withResolvers<void>();
  const ring = new PacketRing({ seconds: 15, bytesMax: 1e7 });
  await using decoder = new FrameDecoder({
    camera: "gate",
    width: 320,
    ring,
    packetsMax,
    parts: { clock: systemClock, log: silentLog, chance: () => 0.5 },
    taker: {
      format: (told) => format = told,
      frame(pixels) {
        numbers.push(numberOf(pixels, format));
        change.resolve();
        change = Promise.withResolvers();
      },
      doubt: () => doubts++,
    },
  });
  ring.begin(init);
  decoder.begin(init);
  for (const [at, packet] of packets.entries()) {
    // A decoder holds back some pictures for reordering, and its reader one.
    while (packet.key && numbers.length < at - 4) await change.promise;
    if (decoder.pid !== undefined) pids.add(decoder.pid);
    const ptsUs = Math.round(packet.pts * 1e6 / init.timescale);
    const arrivalMs = systemClock.monotonicMs();
    const ringed = { ...packet, arrivalMs, ptsUs };
    const told = { ...ringed, wanted: true, torn: false, intervalMs: 40 };
    decoder.push(ring.push(told), told);
  }
  while (numbers.length < FRAMES - 4) await change.promise;
  const { restarts, errors, dropped } = decoder;
  return { numbers, children: pids.size, faults: { restarts, errors, dropped, doubts } };
}

for (const bFrames of [0, 2]) {
  Deno.test({
    name:
      `FrameDecoder renews its child and gives each picture once (${bFrames} B-frames)`,
    async fn() {
      const { numbers, children, faults } = await decode(await makeStream(bFrames), 25);
      assert.deepEqual(
        numbers,
        numbers.map((_, at) => at),
        "in order, none twice or lost",
      );
      assert.ok(children >= 3, `${children} children`);
      assert.deepEqual(faults, { restarts: 0, errors: 0, dropped: 0, doubts: 0 });
    },
  });
}
