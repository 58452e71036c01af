import assert from "node:assert/strict";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { unitKind } from "./coded_units.ts";
import { type Codec, sameShape, shapeOf, type StreamShape } from "./parameter_sets.ts";

interface Encode {
  readonly size: string;
  readonly format?: string;
  readonly coding?: readonly string[];
}

/** The sequence parameter set of a coded stream, as an encoder wrote it. */
async function setOf(codec: Codec, encode: Encode): Promise<Uint8Array> {
  using folder = new TestFolder();
  const path = folder.file(`stream.${codec}`);
  const { size, format = "yuv420p", coding = [] } = encode;
  await ffmpeg([
    ...["-f", "lavfi", "-i", `testsrc2=s=${size}:r=5:d=0.4`, "-pix_fmt", format],
    ...(codec === "h264" ? ["-c:v", "libx264"] : ["-c:v", "libx265"]),
    ...["-preset", "ultrafast", ...coding, "-f", codec, path],
  ]);
  const bytes = Deno.readFileSync(path);
  const wanted = codec === "h264" ? 7 : 33;
  const begins = [...bytes.keys()].filter((at) =>
    bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1
  );
  const units = begins.map((at, turn) => bytes.subarray(at + 3, begins[turn + 1]));
  return units.find((unit) => unitKind(unit[0]!, codec) === wanted)!.slice();
}

async function check(
  codec: Codec,
  encode: Encode,
  expected: Partial<StreamShape>,
): Promise<void> {
  const found = shapeOf(await setOf(codec, encode), codec)!;
  const { codec: _codec, profile: _profile, layers: _l, isNested: _n, ...shape } = found;
  const usual = { chroma: 1, lumaBits: 8, chromaBits: 8 };
  assert.deepEqual(shape, { ...usual, ...expected }, JSON.stringify(encode));
}

Deno.test("shapeOf() reads the size of H.264 of any profile, cropped or not", async () => {
  const high = ["-preset", "fast"];
  const size = { width: 322, height: 182 };
  await check("h264", { size: "322x182" }, size);
  await check("h264", { size: "322x182", coding: high }, size);
  await check("h264", { size: "1920x1080" }, { width: 1920, height: 1080 });
  const fields = ["-flags", "+ildct+ilme"];
  await check("h264", { size: "320x244", coding: fields }, { width: 320, height: 244 });
  await check("h264", { size: "320x240", format: "yuv422p" }, {
    ...{ width: 320, height: 240, chroma: 2 },
  });
  await check("h264", { size: "318x242", format: "yuv444p10le" }, {
    ...{ width: 318, height: 242, chroma: 3, lumaBits: 10, chromaBits: 10 },
  });
  const lists = ["-preset", "fast", "-x264-params", "cqm=jvt"];
  await check("h264", { size: "322x182", coding: lists }, size);
});

Deno.test("shapeOf() reads the size of H.265, cropped or not, and its depth", async () => {
  await check("hevc", { size: "322x182" }, { width: 322, height: 182 });
  await check("hevc", { size: "1920x1080" }, { width: 1920, height: 1080 });
  const layers = ["-x265-params", "temporal-layers=1:log-level=none"];
  await check("hevc", { size: "320x240", coding: layers }, { width: 320, height: 240 });
  await check("hevc", { size: "320x240", format: "yuv422p10le" }, {
    ...{ width: 320, height: 240, chroma: 2, lumaBits: 10, chromaBits: 10 },
  });
});

Deno.test("sameShape() tells sizes and profiles apart, and not how pictures are coded", async () => {
  const base = shapeOf(await setOf("h264", { size: "320x240" }), "h264")!;
  const of = async (size: string, ...coding: string[]) =>
    sameShape(base, shapeOf(await setOf("h264", { size, coding }), "h264")!);
  assert.equal(await of("320x240"), true);
  assert.equal(await of("320x240", "-r", "9"), true, "another rate");
  assert.equal(await of("320x256"), false);
  assert.equal(await of("320x240", "-profile:v", "high", "-preset", "fast"), false);
});

Deno.test("shapeOf() says nothing of what is no whole set", async () => {
  for (const codec of ["h264", "hevc"] as const) {
    const set = await setOf(codec, { size: "320x240" });
    const { width, height } = shapeOf(set, codec)!;
    assert.deepEqual({ width, height }, { width: 320, height: 240 });
    for (let size = 0; size < 6; size++) {
      assert.equal(shapeOf(set.subarray(0, size), codec), undefined, `${size} bytes`);
    }
    assert.equal(shapeOf(new Uint8Array(40), codec), undefined, "zeros");
  }
});
