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

Deno.test({
  name: "a quiet camera gives its keyframes, and all that lies between once it moves",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const clip = folder.file("clip.mp4");
    const shape = { fps: FPS, frames: FRAMES, gop: GOP };
    await makeNumberedClip(clip, { ...shape, width: 320, height: 240 });
    await using camera = await RtspCamera.start({ clips: [clip], fps: FPS });
    const sink = new RecordingSink();
    const options = {
      ...{ camera: "gate", url: camera.url, fps: FPS, width: 640, loop: false, seed: 1 },
      idleAfterS: 1,
    };
    const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
    await using session = new CameraSession(parseSourceUrl(camera.url) as StreamUrl, {
      ...{ options, sink, parts },
    });
    using _quiet = systemClock.every(100, () => {
      if (isQuiet) session.ladder.looked(true);
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
