/** Video files: every picture at its own time; offline, and paced as if live. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { EXIT_CODES, Fault } from "../../base/fault.ts";
import { silentLog } from "../../base/log.ts";
import { openClip } from "../../capture/clip_reader.ts";
import { openRecording } from "../../capture/recording_source.ts";
import { LiveClient } from "../support/live_client.ts";
import { descendants } from "../support/program.ts";
import { watch } from "../support/watching.ts";
import { ffmpeg, TestFolder } from "../support/clips.ts";
import { footage } from "../support/footage.ts";
import { makeNumberedClip, numberOf } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";

const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
const shape = { width: 320, height: 240, fps: 15, frames: 45, gop: 15 };

/** Times and sizes as ffprobe finds them, in the order they are shown. */
async function probed(path: string): Promise<number[]> {
  const { stdout } = await new Deno.Command("ffprobe", {
    args: [
      ...["-v", "error", "-select_streams", "V:0", "-show_entries", "frame=pts_time"],
      ...["-of", "csv=p=0", path],
    ],
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  return lines.filter((line) => line !== "").map((line) =>
    Math.round(parseFloat(line) * 1e6)
  );
}

async function times(path: string): Promise<number[]> {
  await using clip = await openClip(path);
  const found: number[] = [];
  for await (const { ptsUs } of clip.frames) found.push(ptsUs);
  assert.equal(clip.decoderErrors(), 0);
  return found;
}

Deno.test("openClip() gives every picture of a clip with B-frames in order and on time", async () => {
  using folder = new TestFolder();
  const path = folder.file("-i odd name.mp4");
  await makeNumberedClip(path, { ...shape, bFrames: 2 });
  await using clip = await openClip(path);
  assert.deepEqual(clip.format, { width: 320, height: 240 });
  const numbers: number[] = [];
  for await (const { pixels, ptsUs } of clip.frames) {
    numbers.push(numberOf(pixels, clip.format));
    assert.equal(ptsUs, Math.round((numbers.length - 1) * 1e6 / 15));
  }
  assert.deepEqual(numbers, Array.from({ length: 45 }, (_, at) => at));
});

for (
  const name of [
    "dvr_scan/traffic_camera_vfr.mp4",
    "dvr_scan/issue53_brightness_change.avi",
    "cdnet_pedestrians/cdnet_pedestrians.mp4",
  ]
) {
  const path = footage(name);
  Deno.test({
    name: `openClip() finds the pictures and times in ${name} that ffprobe finds`,
    ignore: path === undefined,
    async fn() {
      const [ours, theirs] = await Promise.all([times(path!), probed(path!)]);
      assert.deepEqual(ours, theirs);
    },
  });
}

Deno.test("openClip() thins by the clip's own time and scales to the width asked for", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, shape);
  await using clip = await openClip(path, { fps: 10, width: 160 });
  assert.deepEqual(clip.format, { width: 160, height: 120 });
  const numbers: number[] = [];
  for await (const { pixels, ptsUs } of clip.frames) {
    numbers.push(numberOf(pixels, clip.format));
    assert.equal(ptsUs, Math.round(numbers.at(-1)! * 1e6 / 15));
  }
  const middles = Array.from(
    { length: 30 },
    (_, cell) => Math.max(0, Math.ceil(cell * 1.5 - 0.75)),
  );
  assert.deepEqual(numbers, middles);
});

Deno.test("openClip() decodes a damaged clip to the same pixels twice and counts the damage", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, { ...shape, bFrames: 2 });
  const bytes = Deno.readFileSync(path);
  for (let at = 20_000; at < bytes.length - 20_000; at += 997) bytes[at]! ^= 0x55;
  Deno.writeFileSync(path, bytes);
  const digests: string[] = [];
  for (let run = 0; run < 2; run++) {
    await using clip = await openClip(path);
    let digest = 0;
    let count = 0;
    for await (const { pixels } of clip.frames) {
      count++;
      for (const pixel of pixels) digest = (Math.imul(digest, 31) + pixel) | 0;
    }
    assert.ok(clip.decoderErrors() > 0);
    digests.push(`${count} ${digest}`);
  }
  assert.equal(digests[0], digests[1]);
});

Deno.test("openClip() takes the smallest size, odd ones and 8K", async () => {
  using folder = new TestFolder();
  const sizes = [[1, 1], [33, 17], [7_680, 4_320]] as const;
  for (const [width, height] of sizes) {
    const path = folder.file(`${width}.mkv`);
    const source = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=0.4"];
    const filter = `scale=${width}:${height},format=yuv444p`;
    await ffmpeg([...source, "-vf", filter, "-c:v", "ffv1", path]);
    await using clip = await openClip(path);
    assert.deepEqual(clip.format, { width, height });
    let count = 0;
    for await (const { pixels } of clip.frames) count += pixels.length > 0 ? 1 : 0;
    assert.equal(count, 2);
  }
});

Deno.test("openClip() says what is wrong with a file that is no clip", async () => {
  using folder = new TestFolder();
  const file = (name: string, content: string) => {
    Deno.writeTextFileSync(folder.file(name), content);
    return folder.file(name);
  };
  const sound = folder.file("sound.mp4");
  await ffmpeg(["-f", "lavfi", "-i", "sine=d=0.2", sound]);
  const cases = [
    [folder.file("nonesuch.mp4"), "unavailable", /there is no such file/],
    [folder.path, "usage", /it is a folder/],
    [file("empty.mp4", ""), "corrupt", /the file is empty/],
    [file("text.mp4", "hello ".repeat(500)), "corrupt", /not a video/],
    [file("text.txt", "hello ".repeat(500)), "corrupt", /not a video/],
    [file("list.m3u8", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"), "corrupt", /not a video/],
    [file("concat.ffconcat", "ffconcat version 1.0\nfile x\n"), "corrupt", /not a video/],
    [sound, "corrupt", /there is no video in it, only sound \(aac\)/],
  ] as const;
  for (const [path, kind, words] of cases) {
    await assert.rejects(openClip(path), (thrown) => {
      assert.ok(thrown instanceof Fault, path);
      assert.equal(thrown.kind, kind, thrown.message);
      assert.match(thrown.message, words);
      assert.ok(thrown.hint, path);
      return true;
    });
  }
});

Deno.test("openClip() refuses pipes and devices, which may never answer", async () => {
  using folder = new TestFolder();
  const pipe = folder.file("pipe.mp4");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  for (const path of [pipe, "/dev/null"]) {
    await assert.rejects(openClip(path), (thrown) => {
      assert.ok(thrown instanceof Fault && thrown.kind === "unavailable");
      assert.match(thrown.message, /it is no file, but a pipe or a device/);
      return true;
    });
  }
});

Deno.test("openClip() gives up at its deadline and when it is told to", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, shape);
  await assert.rejects(
    openClip(path, { firstFrameMs: 1 }),
    /no picture came within 0.001 s/,
  );
  await assert.rejects(
    openClip(path, { signal: AbortSignal.abort() }),
    /it was stopped/,
  );
  const stop = new AbortController();
  await using _clip = await openClip(path, { signal: stop.signal });
  stop.abort();
});

Deno.test("openClip() leaves no decoder when its reader stops half way", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, shape);
  const clip = await openClip(path);
  const [pid] = clip.children;
  for await (const _frame of clip.frames) break;
  await clip[Symbol.asyncDispose]();
  assert.throws(() => Deno.statSync(`/proc/${pid}/exe`));
});

Deno.test("a recording is shown at its own pace, and ends", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, { ...shape, frames: 20 });
  const sink = new RecordingSink();
  const options = { camera: "c", url: path, fps: 10, width: 640, loop: false, seed: 1 };
  await using source = await openRecording(path, { options, sink, parts });
  await sink.until("its end", () => sink.over, 6_000);
  assert.equal(source.counts.framesTotal, 14);
  const [first, last] = [sink.frames[0]!, sink.frames.at(-1)!];
  const behindMs = last.arrivalMs - first.arrivalMs - (last.ptsUs - first.ptsUs) / 1e3;
  // All at once it would be 1,300 ms early; late is only who plays it.
  assert.ok(behindMs > -150 && behindMs < 1_000, `${behindMs} ms`);
  assert.deepEqual(sink.states.map(({ state }) => state), ["online"]);
});

Deno.test("a recording whose time jumps ahead goes on at once, with its own times", async () => {
  using folder = new TestFolder();
  const [even, path] = [folder.file("even.mp4"), folder.file("jump.mkv")];
  await makeNumberedClip(even, { ...shape, frames: 20 });
  const jump = "setpts='PTS+gt(N,9)*3600/TB'";
  await ffmpeg(["-i", even, "-vf", jump, "-fps_mode", "passthrough", "-crf", "20", path]);
  const sink = new RecordingSink();
  const options = { camera: "c", url: path, fps: 15, width: 640, loop: false, seed: 1 };
  await using _source = await openRecording(path, { options, sink, parts });
  await sink.until("its end", () => sink.over, 6_000);
  assert.deepEqual(sink.frames.map(({ number }) => number), [...Array(20).keys()]);
  const [before, after] = [sink.frames[9]!, sink.frames[10]!];
  assert.ok(Math.abs(after.ptsUs - before.ptsUs - 3_600e6) < 100_000);
});

Deno.test("a recording whose decoder dies half way ends with a fault", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, shape);
  const sink = new RecordingSink();
  const options = { camera: "c", url: path, fps: 15, width: 640, loop: false, seed: 1 };
  await using source = await openRecording(path, { options, sink, parts });
  await sink.moreFrames(3);
  Deno.kill(source.children[0]!, "SIGKILL");
  await sink.until("its end", () => sink.over, 6_000);
  assert.equal(sink.fault?.kind, "unavailable");
  assert.match(sink.fault.message, /Cannot decode .*clip.mp4 to its end/);
});

Deno.test("run ends with the fault's exit code when its file breaks off", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, { ...shape, frames: 600 });
  await using watching = await watch(path);
  await using live = new LiveClient(watching.socket);
  await live.moreFrames(2);
  const [decoder, ...others] = descendants(watching.program.pid);
  assert.deepEqual(others, []);
  Deno.kill(decoder!, "SIGKILL");
  assert.equal(await watching.program.ended(), EXIT_CODES.unavailable);
  assert.match(watching.program.printed, /Cannot decode .*clip.mp4 to its end/);
});

Deno.test("a looped recording goes on in time, without a jump and without an end", async () => {
  using folder = new TestFolder();
  const path = folder.file("clip.mp4");
  await makeNumberedClip(path, { ...shape, frames: 9 });
  const sink = new RecordingSink();
  const options = { camera: "c", url: path, fps: 15, width: 640, loop: true, seed: 1 };
  const source = await openRecording(path, { options, sink, parts });
  await sink.until("three rounds", () => sink.frames.length >= 20, 8_000);
  await source[Symbol.asyncDispose]();
  assert.deepEqual(source.children, []);
  const frames = sink.frames.slice(0, 20);
  assert.deepEqual(frames.map(({ number }) => number), frames.map((_, at) => at % 9));
  for (const [at, { ptsUs }] of frames.entries()) {
    assert.ok(Math.abs(ptsUs - at * 1e6 / 15) <= 3, `${at}: ${ptsUs}`);
  }
  assert.equal(sink.formats.length, 1);
  assert.ok(!sink.over);
});
