import assert from "node:assert/strict";
import { ffmpeg, TestFolder } from "../tests/support/clips.ts";
import { makeNumberedClip, numberOf } from "../tests/support/numbered_clip.ts";
import { takeClipParts } from "./clip_parts.ts";
import { openClip } from "./clip_reader.ts";

const SIZE = { width: 320, height: 240 };
const SHAPE = { ...SIZE, fps: 25, frames: 80, gop: 25 };

for (const bFrames of [0, 2]) {
  Deno.test(`takeClipParts() gives each time its own picture, ${bFrames} B-frames`, async () => {
    using folder = new TestFolder();
    const [plain, clip] = [folder.file("plain.mp4"), folder.file("clip.mkv")];
    await makeNumberedClip(plain, { ...SHAPE, bFrames });
    // Its first picture is not at zero.
    await ffmpeg(["-i", plain, "-c", "copy", "-output_ts_offset", "3.21", clip]);
    const times = new Map<number, number>();
    {
      await using open = await openClip(clip, { width: 160 });
      for await (const { pixels, ptsUs } of open.frames) {
        times.set(numberOf(pixels, open.format), ptsUs);
      }
    }
    const numbers = [61, 0, 24, 25, 26, 79];
    const parts = numbers.map((n) => ({ ptsUs: times.get(n)!, left: 0, top: 0 }));
    const got = await takeClipParts(clip, { parts, size: SIZE, shrunkTo: SIZE });
    for (const number of numbers) {
      assert.equal(numberOf(got.get(times.get(number)!)!, SIZE), number);
    }
    const shrunkTo = { width: 160, height: 120 };
    const small = await takeClipParts(clip, {
      ...{ parts: parts.slice(0, 1), size: SIZE, shrunkTo },
    });
    assert.equal(numberOf(small.get(parts[0]!.ptsUs)!, shrunkTo), 61);
  });
}

Deno.test("takeClipParts() gives none when one is not there", async () => {
  using folder = new TestFolder();
  const clip = folder.file("clip.mp4");
  await makeNumberedClip(clip, SHAPE);
  const parts = [0, 99_000_000].map((ptsUs) => ({ ptsUs, left: 0, top: 0 }));
  const wanted = { parts, size: SIZE, shrunkTo: SIZE };
  await assert.rejects(takeClipParts(clip, wanted), /Cannot decode parts of/);
  await assert.rejects(takeClipParts(folder.file("none.mp4"), wanted), /Cannot decode/);
});
