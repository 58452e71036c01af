/** Full pictures and clips of a real camera's last seconds: exact, playable, nothing left. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { makeRingClip } from "../../capture/clip.ts";
import { codecString } from "../../capture/codec_string.ts";
import { CodedJobs } from "../../capture/coded_jobs.ts";
import { takeFullStill } from "../../capture/full_still.ts";
import type { PacketRing, PacketRingBound } from "../../capture/packet_ring.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { noBrowser, openPage } from "../support/browser.ts";
import { TestFolder } from "../support/clips.ts";
import { codedClip, ringed } from "../support/coded_stream.ts";
import { LiveClient } from "../support/live_client.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { numberInJpeg, play } from "../support/played.ts";
import { eventually, finish } from "../support/program.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { watch } from "../support/watching.ts";

const FPS = 15;
const FRAMES = 60;
const GOP = 15;
const SIZE = { width: 320, height: 240 };
const ignore = !hasRtspCamera;

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const clip = folder.file("numbered.mp4");
const hevc = folder.file("hevc.mp4");
if (!ignore) {
  const shape = { ...SIZE, fps: FPS, frames: FRAMES, gop: GOP };
  await makeNumberedClip(clip, shape);
  await makeNumberedClip(hevc, { ...shape, codec: "libx265" });
}

/**
 * Numbers of FFmpeg processes that this thread has started and that run: other tests of
 * the same process have theirs.
 */
function ffmpegChildren(): string[] {
  const pids = Deno.readTextFileSync("/proc/thread-self/children").split(/\s+/);
  return pids.filter((pid) => {
    try {
      return pid !== "" && Deno.readTextFileSync(`/proc/${pid}/comm`) === "ffmpeg\n";
    } catch {
      return false;
    }
  });
}

for (
  const { name, clips, codec } of [
    { name: "H.264", clips: [clip], codec: /^avc1\./ },
    // What Apple's players want it to be called.
    { name: "H.265", clips: [hevc], codec: /^hvc1\.1\.6\.L/ },
  ]
) {
  Deno.test({
    name: `${name}: a full picture is the one of the frame's time, ` +
      "and a clip has the seconds asked for",
    ignore,
    fn: async () => await checkLookingBack(clips, codec),
  });
}

async function checkLookingBack(
  clips: readonly string[],
  codec: RegExp,
): Promise<void> {
  await using camera = await RtspCamera.start({ clips, fps: FPS });
  const sink = new RecordingSink();
  const url = camera.url;
  const options = { camera: "gate", url, fps: 10, width: 160, loop: false, seed: 1 };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  const from = parseSourceUrl(url) as StreamUrl;
  const session = new CameraSession(from, { options, sink, parts });
  const jobs = new CodedJobs();
  const { ring } = session.coded;
  await sink.until("45 frames", () => sink.frames.length >= 45);
  for (const frame of [0, 7, 20, 33, 44].map((at) => sink.frames[at]!)) {
    const still = await takeFullStill(ring, { ptsUs: frame.ptsUs, jobs });
    assert.equal(still.ptsUs, frame.ptsUs);
    assert.equal(await numberInJpeg(still.jpeg, SIZE), frame.number);
  }
  assert.deepEqual(sink.formats, [{ width: 160, height: 120 }], "analysed smaller");

  const made = await makeRingClip(ring, {
    ...{ span: { seconds: 2 }, folder: folder.path, jobs },
  });
  assert.match(codecString(made.mp4)!, codec);
  const { numbers, seconds } = await play(made.mp4, SIZE);
  assert.equal(numbers[0]! % GOP, 0, "begins with a keyframe");
  for (const [at, number] of numbers.entries()) {
    assert.equal(number, (numbers[0]! + at) % FRAMES, "every picture, in order");
  }
  const askedS = (made.toUs - made.fromUs) / 1e6 + 1 / FPS;
  assert.ok(askedS >= 2 && askedS < 2 + (GOP + 1) / FPS, `${askedS} s`);
  assert.ok(Math.abs(seconds - askedS) < 1.5 / FPS, `${seconds} s for ${askedS}`);

  assert.equal(ffmpegChildren().length, 2, "those of the session only");
  const cut = takeFullStill(ring, { jobs });
  const stopped = assert.rejects(cut, /was stopped/);
  await Promise.all([jobs[Symbol.asyncDispose](), session[Symbol.asyncDispose]()]);
  await stopped;
  assert.deepEqual(ffmpegChildren(), [], "no FFmpeg is left");
}

Deno.test("a camera's session keeps as many seconds and bytes as it is told", async () => {
  const coded = await codedClip({ frames: 100, gop: 25, bFrames: 0 });
  const url = "rtsp://127.0.0.1:9/cam";
  const options = { camera: "gate", url, fps: 10, width: 160, loop: false, seed: 1 };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  const kept = async (bound: PacketRingBound): Promise<PacketRing> => {
    const opening = { options: { ...options, coded: bound }, sink: new RecordingSink() };
    const from = parseSourceUrl(url) as StreamUrl;
    await using session = new CameraSession(from, { ...opening, parts });
    session.coded.begin(coded.init);
    for (const packet of coded.packets) {
      const ring = ringed(coded, packet);
      session.coded.push({ ...ring, arrivalMs: ring.ptsUs / 1_000 });
    }
    return session.coded.ring;
  };
  assert.equal((await kept({ seconds: 60, bytesMax: 1e8 })).size, 100);
  assert.equal((await kept({ seconds: 2, bytesMax: 1e8 })).size, 50);
  const small = await kept({ seconds: 60, bytesMax: 200_000 });
  assert.ok(small.bytes <= 200_000 && small.size > 0, `${small.bytes} bytes`);
});

Deno.test({
  name: "the program gives full pictures and clips by HTTP and by snapshot",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [clip], fps: FPS });
    const control = folder.file("control.sock");
    const small = ["--width", "160", "--control-socket", control];
    await using watching = await watch(camera.url, small);
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(15, 30_000);
    const answerOf = async (path: string) => {
      const answer = await fetch(new URL(path, watching.page));
      return { answer, bytes: await answer.bytes() };
    };
    const times = [live.frames[3]!, live.frames[12]!].map(({ message }) => message.ptsUs);
    const numbers: number[] = [];
    for (const ptsUs of times) {
      const { answer, bytes } = await answerOf(`full/main.jpg?pts=${ptsUs}`);
      assert.equal(answer.status, 200);
      assert.equal(Number(answer.headers.get("x-streamware-pts-us")), ptsUs);
      numbers.push(await numberInJpeg(bytes, SIZE));
    }
    const passed = Math.round((times[1]! - times[0]!) * FPS / 1e6);
    assert.equal(
      numbers[1],
      (numbers[0]! + passed) % FRAMES,
      "as much later as its time",
    );

    const { bytes: mp4 } = await answerOf("clip/main.mp4?seconds=1");
    assert.ok((await play(mp4, SIZE)).seconds >= 0.9);
    const { answer, bytes } = await answerOf("full/main.jpg?pts=-1000000000");
    assert.equal(answer.status, 503);
    assert.match(new TextDecoder().decode(bytes), /not kept any more/);
    const { bytes: metrics } = await answerOf("metrics");
    const counted = /streamware_coded_bytes\{camera="main"\} [1-9]\d+/;
    assert.match(new TextDecoder().decode(metrics), counted);

    const picture = folder.file("main.jpg");
    const asked = ["snapshot", "main", "--output", picture, "--socket", control];
    const full = await finish(asked);
    assert.equal(full.code, 0, full.stderr);
    assert.match(full.stderr, /main: 320 × 240, as the camera sends it/);
    await numberInJpeg(Deno.readFileSync(picture), SIZE);
    const analysed = await finish([...asked, "--small"]);
    assert.match(analysed.stderr, /main: 160 × 120, as it is analysed/);
    const all = async () => (await answerOf("still/main.jpg")).answer.status === 200;
    await eventually("it watches on", all);
  },
});

Deno.test({
  name: "the page saves a clip and leads to the full picture",
  ignore: ignore || noBrowser,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [clip], fps: FPS });
    await using watching = await watch(camera.url, ["--width", "160"]);
    await using live = new LiveClient(watching.socket);
    await live.untilState(["online"]);
    await live.moreFrames(5, 30_000);
    await using opened = await openPage({ url: watching.page });
    const { page, complaints } = opened;
    const links = page.locator(".look-back a");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      links.filter({ hasText: "Save the last 10 s" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "main.mp4");
    const { numbers } = await play(Deno.readFileSync(await download.path()), SIZE);
    assert.equal(numbers[0]! % GOP, 0, "begins with a keyframe");
    const address = await links.filter({ hasText: "Full picture" }).getAttribute("href");
    const full = await fetch(new URL(address!, watching.page));
    assert.ok(await numberInJpeg(await full.bytes(), SIZE) < FRAMES);
    assert.deepEqual(complaints, []);
  },
});
