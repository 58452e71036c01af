import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { type CodedClip, codedClip, ringed } from "../tests/support/coded_stream.ts";
import { numberOf } from "../tests/support/numbered_clip.ts";
import { CodedJobs } from "./coded_jobs.ts";
import { takeFullParts } from "./full_parts.ts";
import { oneFrameArgs } from "./ffmpeg_args.ts";
import { labelled } from "./full_still.ts";
import { runForBytes } from "../base/subprocess.ts";
import { PacketRing } from "./packet_ring.ts";

const SIZE = { width: 320, height: 240 };
/** The row in which a picture's number is drawn. */
const TOP = { width: 320, height: 20 };
const plain = await codedClip({ frames: 80, gop: 25, bFrames: 0 });
const reordered = await codedClip({ frames: 80, gop: 25, bFrames: 2 });

function ringOf(clip: CodedClip, from = 0): PacketRing {
  const ring = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  ring.begin(clip.init);
  for (const packet of clip.packets.slice(from)) ring.push(ringed(clip, packet));
  return ring;
}

function timesOf(ring: PacketRing): number[] {
  const times = ring.from(-Infinity).map(({ packet }) => packet.ptsUs);
  return times.sort((a, b) => a - b);
}

for (const [name, clip] of [["plain", plain], ["reordered", reordered]] as const) {
  Deno.test(`takeFullParts() gives each moment its own picture, ${name}`, async () => {
    await using jobs = new CodedJobs();
    const ring = ringOf(clip);
    const times = timesOf(ring);
    // In an order of their own, over three GOPs and with one that is passed over.
    const numbers = [76, 3, 30, 29, 0];
    const parts = numbers.map((n) => ({ ptsUs: times[n]!, left: 0, top: 0 }));
    const got = await takeFullParts(ring, { parts, size: SIZE, shrunkTo: SIZE }, {
      jobs,
    });
    for (const number of numbers) {
      const part = got.get(times[number]!);
      assert.ok(part?.kind === "full");
      assert.equal(numberOf(part.pixels, SIZE), number);
    }
  });
}

Deno.test("takeFullParts() cuts exactly the pixels that the whole picture has there", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(reordered);
  const times = timesOf(ring);
  const wanted = [{ n: 9, left: 0, top: 0 }, { n: 12, left: 120, top: 60 }];
  const size = { width: 64, height: 48 };
  const got = await takeFullParts(ring, {
    parts: wanted.map(({ n, left, top }) => ({ ptsUs: times[n]!, left, top })),
    ...{ size, shrunkTo: size },
  }, { jobs });
  for (const { n, left, top } of wanted) {
    const held = ring.from(times[n]!).map(({ packet }) => packet);
    const at = held.findIndex(({ ptsUs }) => ptsUs === times[n]);
    const { stdout: whole } = await runForBytes(["ffmpeg", ...oneFrameArgs(320)], {
      ...{ timeoutMs: 20_000, outputBytesMax: 1e6 },
      input: [reordered.init.bytes, ...labelled(held.slice(0, at + 1))],
    });
    const part = got.get(times[n]!);
    assert.ok(part?.kind === "full");
    for (let y = 0; y < 48; y++) {
      const row = whole.slice((top + y) * 320 + left, (top + y) * 320 + left + 64);
      assert.deepEqual(part.pixels.slice(y * 64, y * 64 + 64), row, `row ${y} of ${n}`);
    }
  }
});

Deno.test("takeFullParts() makes them smaller when asked", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(plain);
  const parts = [{ ptsUs: timesOf(ring)[40]!, left: 0, top: 0 }];
  const shrunkTo = { width: 160, height: 120 };
  const got = await takeFullParts(ring, { parts, size: SIZE, shrunkTo }, { jobs });
  const [part] = got.values();
  assert.ok(part?.kind === "full");
  assert.equal(numberOf(part.pixels, shrunkTo), 40);
});

Deno.test("takeFullParts() says what is gone, and gives the others", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(plain, 25);
  const asked = [5, 30, 500].map((n) => ({ ptsUs: n * 40_000, left: 0, top: 0 }));
  const wanted = { parts: asked, size: TOP, shrunkTo: TOP };
  const got = await takeFullParts(ring, wanted, { jobs });
  assert.deepEqual([...got.values()].map(({ kind }) => kind), ["gone", "full", "gone"]);
  const empty = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  const none = await takeFullParts(empty, wanted, { jobs });
  assert.ok([...none.values()].every(({ kind }) => kind === "gone"));
});

Deno.test("takeFullParts() takes the nearest picture of another stream's time", async () => {
  await using jobs = new CodedJobs();
  const ring = ringOf(plain);
  const parts = [{ ptsUs: 30 * 40_000 - 9_000, left: 0, top: 0 }];
  const got = await takeFullParts(ring, { parts, size: SIZE, shrunkTo: SIZE }, { jobs });
  const [part] = got.values();
  assert.ok(part?.kind === "full");
  assert.equal(numberOf(part.pixels, SIZE), 30);
});

Deno.test("takeFullParts() gives a picture to one of two moments next to it", async () => {
  await using jobs = new CodedJobs();
  const asked = [30 * 40_000, 30 * 40_000 + 9_000];
  const parts = asked.map((ptsUs) => ({ ptsUs, left: 0, top: 0 }));
  const wanted = { parts, size: SIZE, shrunkTo: SIZE };
  const got = await takeFullParts(ringOf(plain), wanted, { jobs });
  assert.deepEqual(asked.map((ptsUs) => got.get(ptsUs)?.kind), ["full", "gone"]);
});

Deno.test("takeFullParts() leaves out what would cost too much, and no picture before it", async () => {
  await using jobs = new CodedJobs();
  // Told to be of 8K: nine such pictures are as much as it may decode.
  const ring = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  ring.begin({ ...plain.init, width: 7_680, height: 4_320 });
  for (const packet of plain.packets) ring.push(ringed(plain, packet));
  const parts = [4, 20, 50].map((n) => ({ ptsUs: n * 40_000, left: 0, top: 0 }));
  const got = await takeFullParts(ring, { parts, size: SIZE, shrunkTo: SIZE }, { jobs });
  assert.deepEqual([...got.values()].map(({ kind }) => kind), ["full", "costly", "full"]);
});

Deno.test("takeFullParts() gives none when one does not come out", async () => {
  await using jobs = new CodedJobs();
  const { init } = plain;
  const broken = new PacketRing({ seconds: 60, bytesMax: 1e8 });
  broken.begin({ ...init, bytes: init.bytes.slice(0, init.bytes.length - 8) });
  for (const packet of plain.packets) broken.push(ringed(plain, packet));
  const parts = [{ ptsUs: 0, left: 0, top: 0 }];
  await assert.rejects(
    takeFullParts(broken, { parts, size: SIZE, shrunkTo: SIZE }, { jobs }),
    (thrown) => thrown instanceof Fault && /Cannot decode the pict/.test(thrown.message),
  );
});

Deno.test("takeFullParts() is ended by its signal", async () => {
  await using jobs = new CodedJobs();
  const ended = AbortSignal.abort();
  const parts = [{ ptsUs: 0, left: 0, top: 0 }];
  await assert.rejects(
    takeFullParts(ringOf(plain), { parts, size: SIZE, shrunkTo: SIZE }, {
      jobs,
      signal: ended,
    }),
    /stopped/,
  );
});
