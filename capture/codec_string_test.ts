import assert from "node:assert/strict";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { codecString } from "./codec_string.ts";

function box(name: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, 8 + bytes.length);
  head.set(new TextEncoder().encode(name), 4);
  return Uint8Array.from([...head, ...bytes]);
}

/** An init segment of one video track, as far as it matters here. */
function initWith(entry: string, config: Uint8Array): Uint8Array {
  const sample = box(entry, new Uint8Array(78), config);
  const table = box("stbl", box("stsd", new Uint8Array(8), sample));
  const media = box("mdia", box("mdhd", new Uint8Array(24)), box("minf", table));
  const track = box("trak", box("tkhd", new Uint8Array(84)), media);
  return Uint8Array.from([...box("ftyp", new Uint8Array(8)), ...box("moov", track)]);
}

const AVC = box("avcC", Uint8Array.of(1, 0x4d, 0x40, 0x1e, 0xff));
/** Version, profile, compatibility, constraints, level. */
const HEVC_MAIN = [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93];

Deno.test("codecString() says profile, constraints and level of H.264", () => {
  assert.equal(codecString(initWith("avc1", AVC)), "avc1.4d401e");
  assert.equal(codecString(initWith("avc3", AVC)), "avc3.4d401e");
});

Deno.test("codecString() says profile, tier, level and constraints of H.265", () => {
  const hevc = (entry: string, bytes: readonly number[]) =>
    codecString(initWith(entry, box("hvcC", Uint8Array.from(bytes))));
  assert.equal(hevc("hvc1", HEVC_MAIN), "hvc1.1.6.L93.90");
  const high = HEVC_MAIN.with(1, 0xa2).with(6, 0xb0).with(8, 0x08);
  assert.equal(hevc("hev1", high), "hev1.B2.6.H93.B0.0.8");
  assert.equal(hevc("hev1", HEVC_MAIN.with(6, 0)), "hev1.1.6.L93");
});

Deno.test("codecString() knows no other coding, and nothing that is not whole", () => {
  assert.equal(codecString(initWith("mp4v", box("esds", new Uint8Array(20)))), undefined);
  const whole = initWith("avc1", AVC);
  for (let size = 0; size < whole.length; size++) {
    assert.equal(codecString(whole.subarray(0, size)), undefined, `${size} bytes`);
  }
});

Deno.test("codecString() reads what FFmpeg writes", async () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mp4");
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=320x240:r=5:d=1", "-pix_fmt", "yuv420p"],
    ...["-c:v", "libx264", "-profile:v", "main", "-level", "3.0"],
    ...["-movflags", "frag_every_frame+empty_moov+default_base_moof", clip],
  ]);
  assert.equal(codecString(Deno.readFileSync(clip)), "avc1.4d401e");
});
