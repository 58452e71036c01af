import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { type CodedClip, codedClip, ringed } from "../tests/support/coded_stream.ts";
import { numberInJpeg } from "../tests/support/played.ts";
import { CodedJobs } from "./coded_jobs.ts";
import { jpegSize, takeFullStill } from "./full_still.ts";
import { PacketRing } from "./packet_ring.ts";

const SIZE = { width: 320, height: 240 };
const plain = await codedClip({ frames: 60, gop: 25, bFrames: 0 });
const reordered = await codedClip({ frames: 60, gop: 25, bFrames: 2 });

function ringOf(clip: CodedClip): PacketRing {
  const ring = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  ring.begin(clip.init);
  for (const packet of clip.packets) ring.push(ringed(clip, packet));
  return ring;
}

/** Times in the order in which they are shown: the n-th is that of picture n. */
function timesOf(ring: PacketRing): number[] {
  const times = ring.from(-Infinity).map(({ packet }) => packet.ptsUs);
  return times.sort((a, b) => a - b);
}

for (const [name, clip] of [["plain", plain], ["reordered", reordered]] as const) {
  Deno.test(`takeFullStill() gives exactly the picture of a time, ${name}`, async () => {
    await using jobs = new CodedJobs();
    const ring = ringOf(clip);
    const times = timesOf(ring);
    for (const number of [0, 1, 2, 3, 24, 25, 26, 58, 59]) {
      const still = await takeFullStill(ring, { ptsUs: times[number]!, jobs });
      assert.equal(await numberInJpeg(still.jpeg, SIZE), number);
      assert.equal(still.ptsUs, times[number]);
      assert.deepEqual([still.width, still.height], [320, 240]);
    }
  });
}

Deno.test("takeFullStill() takes the newest picture when no time is asked for", async () => {
  await using jobs = new CodedJobs();
  const still = await takeFullStill(ringOf(reordered), { jobs });
  assert.equal(await numberInJpeg(still.jpeg, SIZE), 59);
});

Deno.test("takeFullStill() takes the picture that is shown between two times", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(reordered);
  const [before, after] = timesOf(ring).slice(30, 32);
  const still = await takeFullStill(ring, { ptsUs: (before! + after!) / 2, jobs });
  assert.equal(await numberInJpeg(still.jpeg, SIZE), 30);
  assert.equal(still.ptsUs, before);
});

Deno.test("takeFullStill() says what is not held any more and what has not come", async () => {
  await using jobs = new CodedJobs();
  const ring = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  const none = /no whole keyframe yet/;
  await assert.rejects(takeFullStill(ring, { jobs }), none);
  ring.begin(plain.init);
  for (const packet of plain.packets.slice(25)) ring.push(ringed(plain, packet));
  await assert.rejects(
    takeFullStill(ring, { ptsUs: 960_000, jobs }),
    /not kept any more/,
  );
  const late = takeFullStill(ring, { ptsUs: 2_400_000, jobs });
  await assert.rejects(late, /has not come yet, the newest is 2360000/);
});

Deno.test("takeFullStill() tells pictures that cannot be decoded", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(plain);
  const { init } = reordered;
  const bytes = init.bytes.slice(0, init.bytes.length - 8); // a box that is not whole
  const broken = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  broken.begin({ ...init, bytes });
  for (const { packet } of ring.from(0)) broken.push(packet);
  await assert.rejects(
    takeFullStill(broken, { jobs }),
    (thrown) =>
      thrown instanceof Fault && /Cannot decode the picture/.test(thrown.message),
  );
});

Deno.test("jpegSize() knows no size of what is no JPEG", () => {
  assert.equal(jpegSize(new Uint8Array(100)), undefined);
  assert.equal(jpegSize(new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 1])), undefined);
});
