import assert from "node:assert/strict";
import { bestOf, decodingWords, type RunFfmpeg, tryDecoding } from "./hardware.ts";

/** An FFmpeg of which each way of decoding takes `cpu` seconds and gives `sums`. */
function ffmpeg(
  ways: Readonly<Record<string, { cpu: number; sums: readonly string[] } | undefined>>,
): RunFfmpeg {
  return (args) => {
    const at = args.findIndex((arg) => arg === "-hwaccel" || arg === "-c:v");
    const way = ways[at < 0 ? "software" : args[at + 1]!];
    if (!way) return Promise.reject(new Error("late"));
    return Promise.resolve({
      code: way.sums.length > 0 ? 0 : 1,
      signal: null,
      stdout: [
        "#format: frame checksums",
        ...way.sums.map((sum) => `0, 0, 0, 1, 9, ${sum}`),
        "",
      ]
        .join("\n"),
      stderr: way.sums.length > 0
        ? [`[info] bench: utime=${way.cpu}s stime=0.000s rtime=0.1s`]
        : ["[error] No device available for decoder"],
    });
  };
}

const SUMS = ["a", "b"];

async function wordsOf(ways: Parameters<typeof ffmpeg>[0], board?: string) {
  const tried = await tryDecoding("clip.mp4", ffmpeg(ways));
  return { best: bestOf(tried).decode, words: decodingWords(tried, board) };
}

Deno.test("hardware that gives the same pictures for clearly less is found", async () => {
  const { best, words } = await wordsOf({
    software: { cpu: 1, sums: SUMS },
    vaapi: { cpu: 0.25, sums: SUMS },
    cuda: { cpu: 0.6, sums: SUMS },
  });
  assert.equal(best, "vaapi");
  assert.match(words, /^this box decodes H\.264 by vaapi for 25 % of the CPU time/);
});

Deno.test("hardware that gives other pictures, or too few, is not taken", async () => {
  for (const sums of [["a", "c"], ["a"], ["a", "b", "c"], []]) {
    const ways = { software: { cpu: 1, sums: SUMS }, h264_v4l2m2m: { cpu: 0.1, sums } };
    const { best, words } = await wordsOf(ways, "Raspberry Pi 5 Model B Rev 1.0");
    assert.equal(best, "software");
    assert.equal(
      words,
      "this Raspberry Pi 5 Model B Rev 1.0 has no hardware that decodes H.264, as no " +
        "Raspberry Pi 5 has: software is used",
    );
  }
});

Deno.test("hardware that is hardly cheaper is named and not taken", async () => {
  const { best, words } = await wordsOf({
    software: { cpu: 1, sums: SUMS },
    cuda: { cpu: 0.8, sums: SUMS },
  });
  assert.equal(best, "software");
  assert.match(words, /by cuda too, which is not cheaper: software is used$/);
});
