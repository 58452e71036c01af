/** A camera that changes its picture's size while its session goes on. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { makeRingClip } from "../../capture/clip.ts";
import { CodedJobs } from "../../capture/coded_jobs.ts";
import { jpegSize, takeFullStill } from "../../capture/full_still.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { numberInJpeg, play } from "../support/played.ts";
import { eventually } from "../support/program.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { watch } from "../support/watching.ts";

const FPS = 15;
const FRAMES = 60;
const GOP = 15;
const BEFORE = { width: 320, height: 240 };
const AFTER = { width: 480, height: 272 };

for (const codec of ["libx264", "libx265"] as const) {
  Deno.test({
    name: `${codec}: a change of size inside a session begins a stream of its own`,
    ignore: !hasRtspCamera,
    fn: async () => await checkChange(codec),
  });
}

Deno.test({
  name: "the program analyses, tells and gives the new size after a change of it",
  ignore: !hasRtspCamera,
  fn: async () => {
    using folder = new TestFolder();
    const clips = [folder.file("before.mp4"), folder.file("after.mp4")];
    const shape = { fps: FPS, frames: FRAMES, gop: GOP };
    await makeNumberedClip(clips[0]!, { ...shape, ...BEFORE });
    await makeNumberedClip(clips[1]!, { ...shape, ...AFTER });
    await using camera = await RtspCamera.start({ clips, fps: FPS });
    await using watching = await watch(camera.url);
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(10, 30_000);
    const sizeNow = () => {
      const { width, height } = live.view?.header ?? { width: 0, height: 0 };
      return { width, height };
    };
    assert.deepEqual(sizeNow(), BEFORE);
    await camera.command("clip 1");
    await eventually("the page is told", () => sizeNow().width === AFTER.width);
    assert.deepEqual(sizeNow(), AFTER);
    await live.moreFrames(10, 30_000);
    const full = await fetch(new URL("full/main.jpg", watching.page));
    assert.equal(full.headers.get("x-streamware-size"), "480x272");
    await numberInJpeg(await full.bytes(), AFTER);
    const still = await fetch(new URL("still/main.jpg", watching.page));
    assert.deepEqual(jpegSize(await still.bytes()), AFTER);
    await live.untilState(["online"]);
  },
});

async function checkChange(codec: "libx264" | "libx265"): Promise<void> {
  using folder = new TestFolder();
  const clips = [folder.file("before.mp4"), folder.file("after.mp4")];
  const shape = { fps: FPS, frames: FRAMES, gop: GOP, codec };
  await makeNumberedClip(clips[0]!, { ...shape, ...BEFORE });
  await makeNumberedClip(clips[1]!, { ...shape, ...AFTER });
  await using camera = await RtspCamera.start({ clips, fps: FPS });
  const sink = new RecordingSink();
  const options = { camera: "gate", url: camera.url, fps: FPS, width: 640, loop: false };
  await using session = new CameraSession(parseSourceUrl(camera.url) as StreamUrl, {
    options: { ...options, seed: 1 },
    sink,
    parts: { clock: systemClock, log: silentLog, chance: () => 0.5 },
  });
  await using jobs = new CodedJobs();
  const { ring } = session.coded;
  await sink.until("20 frames", () => sink.frames.length >= 20);
  await camera.command("clip 1");
  await sink.until("another size", () => sink.formats.length > 1);
  const first = sink.frames.length;
  await sink.until("30 frames more", () => sink.frames.length >= first + 30);
  assert.deepEqual(sink.formats, [BEFORE, AFTER]);
  assert.equal(session.counts.reconnects, 0, "the session goes on");
  assert.equal(session.counts.decoderErrors, 0);
  const { width, height } = ring.init!;
  assert.deepEqual({ width, height }, AFTER, "who comes later is told the new size");

  const after = sink.frames.slice(first);
  assert.deepEqual(after.slice(0, 5).map(({ number }) => number), [0, 1, 2, 3, 4]);
  for (const frame of [after[0]!, after[17]!, after[29]!]) {
    const still = await takeFullStill(ring, { ptsUs: frame.ptsUs, jobs });
    assert.equal(still.ptsUs, frame.ptsUs);
    assert.equal(await numberInJpeg(still.jpeg, AFTER), frame.number);
  }
  const lost = takeFullStill(ring, { ptsUs: sink.frames[15]!.ptsUs, jobs });
  await assert.rejects(lost, /not kept any more/);
  const made = await makeRingClip(ring, {
    ...{ span: { seconds: 60 }, folder: folder.path, jobs },
  });
  const { numbers } = await play(made.mp4, AFTER);
  assert.deepEqual(numbers, numbers.map((_, at) => at % FRAMES), "from the change on");
  const times = sink.frames.map(({ ptsUs }) => ptsUs);
  assert.ok(times.every((time, at) => at === 0 || time > times[at - 1]!), "time grows");
}
