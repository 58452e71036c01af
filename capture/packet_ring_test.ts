import assert from "node:assert/strict";
import fc from "fast-check";
import { PacketRing, type RingPacket } from "./packet_ring.ts";

const INIT = { bytes: new Uint8Array(1), timescale: 1, width: 2, height: 2 };

function packet(at: number, key: boolean, size = 10): RingPacket {
  return {
    bytes: new Uint8Array(size),
    key,
    dts: at,
    pts: at,
    arrivalMs: at * 100,
    places: { tfdt: 0, wide: false, composition: -1 },
    ptsUs: at * 100_000,
    wanted: true,
    torn: false,
    intervalMs: 100,
  };
}

Deno.test("PacketRing gives the newest GOP from its keyframe on", () => {
  const ring = new PacketRing({ seconds: 100, bytesMax: 1_000 });
  assert.deepEqual(ring.newestGop(), []);
  for (let at = 0; at < 8; at++) assert.equal(ring.push(packet(at, at % 3 === 0)), at);
  assert.deepEqual(ring.newestGop().map(({ sequence }) => sequence), [6, 7]);
});

Deno.test("PacketRing drops whole GOPs and stays within its bound", () => {
  const bound = { seconds: 2, bytesMax: 300 };
  const step = fc.record({ key: fc.boolean(), size: fc.integer({ min: 1, max: 90 }) });
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const ring = new PacketRing(bound);
    let total = 0;
    for (const [at, { key, size }] of steps.entries()) {
      assert.equal(ring.push(packet(at, key, size)), at, "sequences go on");
      total += size;
      assert.ok(ring.bytes <= bound.bytesMax || ring.size === 1);
      assert.ok(ring.bytes <= total);
      const gop = ring.newestGop();
      if (gop.length > 0) {
        assert.ok(gop[0]!.packet.key);
        assert.equal(gop.at(-1)!.sequence, at);
        assert.ok(gop.slice(1).every(({ packet }) => !packet.key));
      }
    }
  }));
});

Deno.test("PacketRing has nothing to replay when a GOP is longer than itself", () => {
  const ring = new PacketRing({ seconds: 1, bytesMax: 1_000 });
  for (let at = 0; at < 30; at++) ring.push(packet(at, at === 0));
  assert.deepEqual(ring.newestGop(), []);
  ring.push(packet(30, true));
  assert.deepEqual(ring.newestGop().map(({ sequence }) => sequence), [30]);
});

Deno.test("PacketRing forgets the old stream when a new one begins", () => {
  const ring = new PacketRing({ seconds: 10, bytesMax: 1_000 });
  ring.push(packet(0, true));
  ring.begin(INIT);
  assert.deepEqual([ring.size, ring.bytes, ring.init], [0, 0, INIT]);
  assert.equal(ring.push(packet(1, true)), 1);
});
