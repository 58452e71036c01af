import assert from "node:assert/strict";
import { TestFolder } from "../tests/support/clips.ts";
import { type CodedClip, codedClip, ringed } from "../tests/support/coded_stream.ts";
import { play } from "../tests/support/played.ts";
import { type ClipSpan, makeRingClip, type RingClip } from "./clip.ts";
import { CodedJobs } from "./coded_jobs.ts";
import { PacketRing } from "./packet_ring.ts";

const SIZE = { width: 320, height: 240 };
const plain = await codedClip({ frames: 100, gop: 25, bFrames: 0 });
const reordered = await codedClip({ frames: 100, gop: 25, bFrames: 2 });

function fill(ring: PacketRing, clip: CodedClip, from = 0): PacketRing {
  ring.begin(clip.init);
  for (const packet of clip.packets.slice(from)) ring.push(ringed(clip, packet));
  return ring;
}

function ringOf(clip: CodedClip, from = 0): PacketRing {
  return fill(new PacketRing({ seconds: 60, bytesMax: 1e8 }), clip, from);
}

/** When picture `at` of those held is shown. */
function timeOf(ring: PacketRing, at: number): number {
  const times = ring.from(-Infinity).map(({ packet }) => packet.ptsUs);
  return times.sort((a, b) => a - b)[at]!;
}

async function clipOf(ring: PacketRing, span: ClipSpan): Promise<RingClip> {
  await using jobs = new CodedJobs();
  using folder = new TestFolder();
  const made = await makeRingClip(ring, { span, folder: folder.path, jobs });
  assert.deepEqual([...Deno.readDirSync(folder.path)], [], "no file stays");
  return made;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

for (const [name, clip] of [["plain", plain], ["reordered", reordered]] as const) {
  Deno.test(`makeRingClip() begins with the keyframe before, ${name}`, async () => {
    const ring = ringOf(clip);
    const span = { fromUs: timeOf(ring, 30), toUs: timeOf(ring, 60) };
    const made = await clipOf(ring, span);
    const { numbers, seconds, boxes } = await play(made.mp4, SIZE);
    assert.deepEqual(numbers.slice(0, 36), range(25, 60));
    assert.ok(numbers.length <= 38, "at most the pictures that others are built on");
    assert.ok(Math.abs(seconds - numbers.length / 25) < 0.13, `${seconds} s`);
    assert.equal(made.fromUs, timeOf(ring, 25));
    assert.ok(boxes.indexOf("moov") < boxes.indexOf("mdat"), "can be played as it comes");
  });
}

Deno.test("makeRingClip() gives the last seconds, and all that is held when it is less", async () => {
  const ring = ringOf(plain, 25);
  const last = await clipOf(ring, { seconds: 0.8 });
  assert.deepEqual((await play(last.mp4, SIZE)).numbers, range(75, 99));
  const all = await clipOf(ring, { seconds: 3_600 });
  const { numbers, seconds } = await play(all.mp4, SIZE);
  assert.deepEqual(numbers, range(25, 99));
  assert.ok(Math.abs(seconds - 3) < 0.05, `${seconds} s`);
});

Deno.test("makeRingClip() begins anew where the camera did", async () => {
  const ring = fill(ringOf(plain), reordered, 50);
  const made = await clipOf(ring, { fromUs: 0, toUs: timeOf(ring, 49) });
  assert.deepEqual((await play(made.mp4, SIZE)).numbers, range(50, 99));
});

Deno.test("makeRingClip() says what is not held any more and what has not come", async () => {
  const empty = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  await assert.rejects(clipOf(empty, { seconds: 1 }), /no whole keyframe yet/);
  const ring = ringOf(plain, 50);
  const gone = clipOf(ring, { fromUs: 0, toUs: 1_000_000 });
  await assert.rejects(gone, /not kept any more, the oldest is 2000000/);
  const future = clipOf(ring, { fromUs: 9e6, toUs: 9.5e6 });
  await assert.rejects(future, /has not come yet/);
});
