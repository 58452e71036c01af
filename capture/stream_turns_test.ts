import assert from "node:assert/strict";
import { runProgram } from "../base/subprocess.ts";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { codecString } from "./codec_string.ts";
import { Fmp4Splitter, type InitSegment, type Packet } from "./fmp4.ts";
import type { Codec } from "./parameter_sets.ts";
import { StreamTurns } from "./stream_turns.ts";

interface Encode {
  readonly size: string;
  readonly coding?: readonly string[];
}

/** What came, in the order in which it came. */
interface Came {
  readonly init: InitSegment;
  readonly packets: Packet[];
}

/** Encodes one behind the other, as one stream that the demux child reads. */
async function streamOf(codec: Codec, encodes: readonly Encode[]): Promise<Uint8Array> {
  using folder = new TestFolder();
  const pieces: Uint8Array[] = [];
  for (const { size, coding = [] } of encodes) {
    const piece = folder.file("piece");
    await ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=s=${size}:r=5:d=2`, "-pix_fmt", "yuv420p"],
      ...(codec === "h264" ? ["-c:v", "libx264"] : ["-c:v", "libx265"]),
      ...["-preset", "ultrafast", "-g", "5", "-bf", "0", ...coding, "-f", codec, "-y"],
      piece,
    ]);
    pieces.push(Deno.readFileSync(piece));
  }
  const [whole, stream] = [folder.file("whole"), folder.file("stream.mp4")];
  Deno.writeFileSync(whole, Uint8Array.from(pieces.flatMap((piece) => [...piece])));
  const flags = "frag_every_frame+empty_moov+default_base_moof+skip_trailer";
  const input = ["-f", codec, "-r", "5", "-i", whole, "-c", "copy"];
  await ffmpeg([...input, "-movflags", flags, stream]);
  return Deno.readFileSync(stream);
}

async function turnsOf(codec: Codec, encodes: readonly Encode[]): Promise<Came[]> {
  const came: Came[] = [];
  const turns = new StreamTurns({
    init: (init) => void came.push({ init, packets: [] }),
    packet: (packet) => void came.at(-1)!.packets.push(packet),
  });
  new Fmp4Splitter(turns).push(await streamOf(codec, encodes), 0);
  return came;
}

/** Sizes of all pictures that FFmpeg shows of what came; fails when it complains. */
async function played({ init, packets }: Came): Promise<string[]> {
  const command = ["ffprobe", "-v", "error", "-f", "mp4", "-i", "pipe:0"];
  const asked = ["-show_entries", "frame=width,height", "-of", "csv=p=0:s=x"];
  const { stdout, stderr } = await runProgram([...command, ...asked], {
    ...{ timeoutMs: 10_000, outputBytesMax: 1e6 },
    input: [init.bytes, ...packets.map(({ bytes }) => bytes)],
  });
  assert.deepEqual(stderr, []);
  return stdout.match(/^\d+x\d+/gm) ?? [];
}

for (const codec of ["h264", "hevc"] as const) {
  Deno.test(`StreamTurns begins a stream of ${codec} where its size changes`, async () => {
    const came = await turnsOf(codec, [{ size: "320x240" }, { size: "480x272" }]);
    const shapes = came.map(({ init: { width, height }, packets }) => (
      { width, height, packets: packets.length }
    ));
    assert.deepEqual(shapes, [
      { width: 320, height: 240, packets: 10 },
      { width: 480, height: 272, packets: 10 },
    ]);
    assert.deepEqual(await played(came[0]!), Array(10).fill("320x240"));
    assert.deepEqual(await played(came[1]!), Array(10).fill("480x272"));
  });

  Deno.test(`StreamTurns describes a new stream of ${codec} as FFmpeg would`, async () => {
    const high = codec === "h264" ? ["-preset", "fast"] : ["-x265-params", "rd=2"];
    const other = { size: "642x360", coding: high };
    const [, turned] = await turnsOf(codec, [{ size: "320x240" }, other]);
    const [own] = await turnsOf(codec, [other]);
    assert.equal(codecString(turned!.init.bytes), codecString(own!.init.bytes));
    const { width, height } = turned!.init;
    assert.deepEqual({ width, height }, { width: 642, height: 360 });
    if (codec === "h264") {
      assert.deepEqual(configOf(turned!.init, "avcC"), configOf(own!.init, "avcC"));
    } else {
      // Behind them FFmpeg has a note of the encoder's as well.
      const fixed = (init: InitSegment) => configOf(init, "hvcC").slice(8, 8 + 22);
      assert.deepEqual(fixed(turned!.init), fixed(own!.init));
    }
  });
}

Deno.test("StreamTurns begins a stream where the profile changes", async () => {
  const other = { size: "320x240", coding: ["-preset", "fast"] };
  const came = await turnsOf("h264", [{ size: "320x240" }, other]);
  const codecs = came.map(({ init }) => codecString(init.bytes)!.slice(0, 7));
  assert.deepEqual(codecs, ["avc1.42", "avc1.64"]);
});

Deno.test("StreamTurns leaves a stream alone whose sets only say another rate", async () => {
  const base = { size: "320x240" };
  const other = { ...base, coding: ["-x264-params", "fullrange=on"] };
  const came = await turnsOf("h264", [base, other, base]);
  assert.deepEqual(came.map(({ packets }) => packets.length), [30]);
});

Deno.test("StreamTurns names H.265 as players know it, the sets in the description", async () => {
  const [{ init }] = await turnsOf("hevc", [{ size: "320x240" }]) as [Came];
  assert.match(codecString(init.bytes)!, /^hvc1\.1\.6\.L\d+/);
  const config = configOf(init, "hvcC");
  const kinds = [config[8 + 23]!];
  assert.deepEqual(kinds, [0x80 | 32], "the first array is complete");
});

Deno.test("StreamTurns takes no damaged parameter set for a new stream", async () => {
  const bytes = await streamOf("h264", [{ size: "320x240" }, { size: "480x272" }]);
  const came: Came[] = [];
  const turns = new StreamTurns({
    init: (init) => void came.push({ init, packets: [] }),
    packet: (packet) => void came.at(-1)!.packets.push(packet),
  });
  const broken = bytes.slice();
  // Behind its head, every set in a picture becomes ones: no number in it ends.
  for (let at = 1_000; at + 12 < broken.length; at++) {
    const isSet = broken[at] === 0 && broken[at + 1] === 0 && broken[at + 2] === 0 &&
      broken[at + 3]! > 8 && broken[at + 3]! < 64 && broken[at + 4] === 0x67;
    if (isSet) broken.fill(0, at + 8, at + 4 + broken[at + 3]!);
  }
  new Fmp4Splitter(turns).push(broken, 0);
  assert.deepEqual(came.map(({ packets }) => packets.length), [20]);
});

/** The box of this name. */
function configOf({ bytes }: InitSegment, name: string): Uint8Array {
  const at = new TextDecoder("latin1").decode(bytes).indexOf(name) - 4;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
  return bytes.slice(at, at + size);
}
