import assert from "node:assert/strict";
import { countPixels, noPixels, scoreMasks, scoreOf } from "./pixels.ts";
import { framesOf, run } from "./raw_video.ts";

function check(truth: number[], mask: number[], expected: Record<string, number>): void {
  const counts = noPixels();
  countPixels(counts, Uint8Array.from(truth), Uint8Array.from(mask));
  const score = scoreOf(counts);
  for (const [name, value] of Object.entries(expected)) {
    assert.equal(score[name as keyof typeof score], value, name);
  }
}

Deno.test("scoreOf() weighs hits, false pixels and misses", () => {
  check([255, 255, 0, 0], [255, 0, 255, 0], { f1: 0.5, precision: 0.5, recall: 0.5 });
});

Deno.test("countPixels() does not score what is outside or unknown", () => {
  check([255, 85, 170, 85, 170], [255, 255, 255, 0, 0], {
    f1: 1,
    precision: 1,
    recall: 1,
  });
});

Deno.test("countPixels() takes shadow for still and says so", () => {
  check([255, 50, 50, 0], [255, 255, 0, 255], { precision: 1 / 3, shadowShare: 0.5 });
});

Deno.test("scoreOf() gives 0 where nothing is true and nothing is said", () => {
  check([0, 0], [0, 0], { f1: 0, precision: 0, recall: 0, shadowShare: 0, frames: 1 });
});

Deno.test("countPixels() refuses a mask of another size", () => {
  assert.throws(() => countPixels(noPixels(), new Uint8Array(4), new Uint8Array(5)), /4/);
});

Deno.test("framesOf() cuts frames wherever the chunks end", async () => {
  const chunks = ReadableStream.from(
    [[1, 2], [3, 4, 5, 6, 7], [8, 9]].map((bytes) => Uint8Array.from(bytes)),
  );
  const frames: number[][] = [];
  for await (const frame of framesOf(chunks, 3)) frames.push([...frame]);
  assert.deepEqual(frames, [[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
});

Deno.test("framesOf() says that the last frame is cut off", async () => {
  const chunks = ReadableStream.from([Uint8Array.of(1, 2, 3, 4)]);
  await assert.rejects(async () => {
    for await (const _ of framesOf(chunks, 3));
  }, /1 bytes/);
});

Deno.test("scoreMasks() reads the values of a lossless truth unchanged", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const truth = Uint8Array.from(
      { length: 3 * 256 },
      (_, i) => [0, 50, 85, 170, 255][i % 5]!,
    );
    const [raw, video, masks] = ["raw", "truth.mkv", "masks"].map((f) =>
      `${folder}/${f}`
    );
    await Deno.writeFile(raw!, truth);
    await run("ffmpeg", [
      ...["-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", "16x16"],
      ...["-i", raw!, "-c:v", "ffv1", video!],
    ]);
    await Deno.writeFile(masks!, truth.map((value) => value === 255 ? 255 : 0));
    const score = await scoreMasks(video!, masks!, { first: 2, last: 3 });
    assert.deepEqual([score.f1, score.frames], [1, 2]);
    await Deno.writeFile(masks!, truth.subarray(0, 600));
    await assert.rejects(scoreMasks(video!, masks!, { first: 2, last: 3 }), /frame 3/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
