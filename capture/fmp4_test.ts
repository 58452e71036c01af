import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { Fault } from "../base/fault.ts";
import { Fmp4Splitter, type InitSegment, type Packet, relabelled } from "./fmp4.ts";

/** A stream as the demux child writes it: 30 pictures, a keyframe every 10, B-frames. */
async function streamBytes(): Promise<Uint8Array> {
  using folder = new TestFolder();
  const path = folder.file("stream.mp4");
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1.2", "-c:v", "libx264"],
    ...["-g", "10", "-keyint_min", "10", "-bf", "2", "-f", "mp4"],
    ...["-movflags", "frag_every_frame+empty_moov+default_base_moof", path],
  ]);
  return Deno.readFileSync(path);
}

function split(chunks: Iterable<Uint8Array>) {
  const inits: InitSegment[] = [];
  const packets: Packet[] = [];
  const splitter = new Fmp4Splitter({
    init: (init) => void inits.push(init),
    packet: (packet) => void packets.push(packet),
  });
  for (const chunk of chunks) splitter.push(chunk, 7);
  return { inits, packets };
}

const bytes = await streamBytes();

Deno.test("Fmp4Splitter finds the init segment and each picture's times and key flag", () => {
  const { inits, packets } = split([bytes]);
  assert.equal(inits.length, 1);
  const { width, height, timescale } = inits[0]!;
  assert.deepEqual({ width, height, timescale }, {
    width: 160,
    height: 120,
    timescale: 12_800,
  });
  assert.equal(packets.length, 30);
  assert.deepEqual(packets.flatMap(({ key }, at) => key ? [at] : []), [0, 10, 20]);
  assert.deepEqual(
    packets.map(({ dts }) => dts - packets[0]!.dts),
    packets.map((_, at) => at * 512),
  );
  const shown = packets.map(({ pts }) => pts - packets[0]!.pts).toSorted((a, b) => a - b);
  assert.deepEqual(shown, packets.map((_, at) => at * 512));
  assert.ok(packets.some(({ dts, pts }) => dts !== pts), "there are B-frames in it");
  assert.ok(packets.every(({ arrivalMs }) => arrivalMs === 7));
});

Deno.test("Fmp4Splitter gives a burst's room back, and loses nothing by it", () => {
  const large = new Uint8Array(5_000_000);
  new DataView(large.buffer).setUint32(0, large.length);
  large.set(new TextEncoder().encode("free"), 4);
  const packets: Packet[] = [];
  const splitter = new Fmp4Splitter({
    init: () => {},
    packet: (packet) => void packets.push(packet),
  });
  for (let at = 0; at < large.length; at += 65_536) {
    splitter.push(large.subarray(at, at + 65_536), 0);
    if (at > 2_000_000 && at < 4_900_000) assert.ok(splitter.roomBytes > 2_000_000);
  }
  assert.ok(splitter.roomBytes <= 1_048_576, `${splitter.roomBytes} bytes are held`);
  const together = new Uint8Array(large.length + bytes.length);
  together.set(large);
  together.set(bytes, large.length);
  const cutAt = large.length + 1_000;
  splitter.push(together.subarray(0, cutAt), 0);
  assert.ok(splitter.roomBytes <= 1_048_576);
  splitter.push(together.subarray(cutAt), 0);
  assert.equal(packets.length, 30);
});

Deno.test("Fmp4Splitter gives the same however the bytes are cut", () => {
  const whole = split([bytes]);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }),
      (sizes) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length]!;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.deepEqual(split(chunks), whole);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("init segment and packets together are the stream again", () => {
  const { inits, packets } = split([bytes]);
  const parts = [inits[0]!.bytes, ...packets.map((packet) => packet.bytes)];
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  assert.deepEqual(joined, bytes.subarray(0, size));
});

Deno.test("relabelled() changes times and nothing else", () => {
  const { inits, packets } = split([bytes]);
  for (const packet of packets) {
    const label = relabelled(packet, 2 ** 33 + 4, 2 ** 33 + 1);
    const again = split([inits[0]!.bytes, ...label]).packets[0]!;
    assert.equal(again.dts, 2 ** 33 + 4);
    assert.equal(again.pts, 2 ** 33 + 1);
    assert.equal(again.key, packet.key);
    const back = relabelled(again, packet.dts, packet.pts);
    assert.deepEqual(Buffer.concat(back), Buffer.from(packet.bytes));
    assert.equal(label[1].buffer, packet.bytes.buffer, "pictures are not copied");
  }
});

Deno.test("Fmp4Splitter refuses other bytes with a fault, whatever they are", () => {
  const garbage = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(fc.property(garbage, fc.nat(), (noise, seed) => {
    const from = seed % Math.min(2_000, bytes.length - noise.length);
    const broken = bytes.slice();
    broken.set(noise, from);
    try {
      split([broken]);
    } catch (thrown) {
      assert.ok(thrown instanceof Fault, String(thrown));
      assert.equal(thrown.kind, "corrupt");
    }
  }));
});
