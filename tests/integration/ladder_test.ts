/** The decode ladder against a real camera: what idles, and what comes when it wakes. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const FPS = 15;
const FRAMES = 60;
const GOP = 15;

/** A session with a camera that has a keyframe each `gop` pictures. */
async function watchCamera(folder: TestFolder, { gop, idleAfterS }: Watching) {
  const clip = folder.file("clip.mp4");
  const shape = { fps: FPS, frames: Math.max(FRAMES, gop), gop };
  await makeNumberedClip(clip, { ...shape, width: 320, height: 240 });
  await using opened = new AsyncDisposableStack();
  const camera = opened.use(await RtspCamera.start({ clips: [clip], fps: FPS }));
  const sink = new RecordingSink();
  const { url } = camera;
  const options = { camera: "gate", url, fps: FPS, width: 640, loop: false, seed: 1 };
  const session = opened.use(
    new CameraSession(parseSourceUrl(url) as StreamUrl, {
      options: { ...options, idleAfterS },
      sink,
      parts: { clock: systemClock, log: silentLog, chance: () => 0.5 },
    }),
  );
  const stack = opened.move();
  return { sink, session, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

interface Watching {
  readonly gop: number;
  readonly idleAfterS: number;
}

Deno.test({
  name: "a camera that is held down between rare keyframes is in no doubt",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const gop = 9 * FPS;
    await using watched = await watchCamera(folder, { gop, idleAfterS: 0 });
    const { sink, session } = watched;
    session.ladder.hold("cpu");
    await sink.until("two keyframes", () => sink.frames.length >= 2, 30_000);
    assert.deepEqual(sink.frames.map(({ number }) => number), [0, 0]);
    const told = sink.states.map(({ state, why }) => `${state} ${why ?? ""}`.trim());
    assert.deepEqual(told, ["connecting", "online cpu"]);
    assert.equal(session.counts.reconnects, 0);
  },
});

Deno.test({
  name: "a quiet camera gives its keyframes, and all that lies between once it moves",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    await using watched = await watchCamera(folder, { gop: GOP, idleAfterS: 1 });
    const { sink, session } = watched;
    using _quiet = systemClock.every(100, () => {
      if (isQuiet) session.ladder.looked(true, sink.frames.at(-1)?.ptsUs ?? 0);
    });
    let isQuiet = true;
    const idles = () =>
      sink.states.findIndex(({ rung, why }) => rung === "keys" && why === "quiet");
    await sink.until("an idle camera", () => idles() >= 0);
    const glances = () => sink.frames.filter(({ role }) => role === "glance");
    await sink.until("glances", () => glances().length >= 4);
    const seen = glances();
    assert.deepEqual(seen.map(({ number }) => number % GOP), [0, 0, 0, 0], "keyframes");
    assert.equal(sink.states.at(-1)!.state, "online", "that is no fault");

    isQuiet = false;
    const { length } = sink.frames;
    session.ladder.stirred(seen.at(-1)!.ptsUs);
    await sink.moreFrames(3 * GOP);
    const from = seen.at(-2)!;
    const after = sink.frames.slice(length);
    for (const [at, frame] of after.entries()) {
      assert.equal(frame.number, (from.number + 1 + at) % FRAMES, "none is missing");
      assert.ok(Math.abs(frame.ptsUs - from.ptsUs - (at + 1) * 1e6 / FPS) < 2_000);
    }
    const owed = after.filter(({ role }) => role === "owed").length;
    assert.ok(owed >= GOP, `${owed} were held back`);
    assert.deepEqual(sink.states.at(-1)!.rung, "full");
    assert.equal(session.counts.decoderErrors + session.counts.framesDropped, 0);
  },
});
