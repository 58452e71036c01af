import assert from "node:assert/strict";
import { codedClip } from "../tests/support/coded_stream.ts";
import { isSpare, unitsBefore } from "./coded_units.ts";
import { unitsOf } from "./stream_description.ts";

/** A fragment of these units: an empty moof, then an mdat. */
function packetOf(...units: readonly (readonly number[])[]): Uint8Array {
  const data = units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]);
  const head = [0, 0, 0, 8, ..."moof"].map((each) =>
    typeof each === "string" ? each.charCodeAt(0) : each
  );
  return Uint8Array.from([...head, 0, 0, 0, 8 + data.length, 0, 0, 0, 0, ...data]);
}

const H264 = { codec: "h264", layers: 1 } as const;

Deno.test("isSpare() goes by the first part of an H.264 picture", () => {
  const [sei, reference, none] = [[0x06, 1, 2], [0x61, 9, 9], [0x01, 9, 9]];
  assert.equal(isSpare(packetOf(none), H264), true);
  assert.equal(isSpare(packetOf(sei, none), H264), true);
  assert.equal(isSpare(packetOf(reference), H264), false);
  assert.equal(isSpare(packetOf(sei, reference), H264), false);
  assert.equal(isSpare(packetOf([0x65, 9, 9]), H264), false, "a keyframe");
  assert.equal(isSpare(packetOf(sei), H264), false, "no picture");
  assert.equal(isSpare(packetOf(), H264), false);
});

Deno.test("isSpare() takes of H.265 only what the highest layer does not build upon", () => {
  const unit = (kind: number, layer: number) => [kind << 1, layer, 9, 9];
  const of = (kind: number, layer: number, layers: number) =>
    isSpare(packetOf(unit(39, 1), unit(kind, layer)), { codec: "hevc", layers });
  assert.equal(of(0, 1, 1), true, "TRAIL_N");
  assert.equal(of(1, 1, 1), false, "TRAIL_R");
  assert.equal(of(8, 1, 1), true, "RASL_N");
  assert.equal(of(19, 1, 1), false, "a keyframe");
  assert.equal(of(0, 1, 2), false, "of the layer below");
  assert.equal(of(2, 2, 2), true, "TSA_N of the highest");
  assert.equal(of(16, 1, 1), false);
});

Deno.test("isSpare() is not misled by a packet that is cut", () => {
  const whole = packetOf([0x06, 1, 2], [0x01, 9, 9]);
  for (let size = 0; size < whole.length - 2; size++) {
    assert.equal(isSpare(whole.subarray(0, size), H264), false, `${size} bytes`);
  }
  const endless = packetOf([0x06, 1, 2]);
  endless.fill(0, 16, 20);
  assert.equal(isSpare(endless, H264), false, "a unit of no bytes");
  assert.deepEqual(unitsBefore(endless, "h264"), []);
});

Deno.test("isSpare() finds what encoders make: every second picture, and none without", async () => {
  for (const [bFrames, share] of [[0, 0], [1, 0.5]] as const) {
    for (const codec of ["libx264", "libx265"] as const) {
      const { init, packets } = await codedClip({ frames: 60, gop: 60, bFrames, codec });
      const units = unitsOf(init)!;
      const spare = packets.filter(({ bytes }) => isSpare(bytes, units)).length;
      assert.ok(Math.abs(spare - share * 60) <= 2, `${codec}, ${bFrames}: ${spare}`);
    }
  }
});
