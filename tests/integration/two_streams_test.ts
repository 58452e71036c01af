/** A camera with two streams: the small one is analysed, the main one goes on as it is. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import type { InitSegment } from "../../capture/fmp4.ts";
import { openSource } from "../../capture/open_source.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const FPS = 15;

Deno.test({
  name: "a camera with two streams is analysed by the small one, and keeps the main one",
  ignore: !hasRtspCamera,
  fn: async () => {
    using folder = new TestFolder();
    const [small, big] = [folder.file("small.mp4"), folder.file("big.mp4")];
    const shape = { fps: FPS, frames: 60, gop: 15 };
    await makeNumberedClip(small, { ...shape, width: 320, height: 240 });
    await makeNumberedClip(big, { ...shape, width: 480, height: 272 });
    const login = { user: "admin", password: "p/w", fps: FPS };
    await using sub = await RtspCamera.start({ clips: [small], ...login });
    const main = await RtspCamera.start({ clips: [big], ...login });
    const sink = new RecordingSink();
    const options = {
      ...{ camera: "gate", url: main.url, fps: 15, width: 640, loop: false, seed: 1 },
      analysisUrl: sub.url.replace(/\/\/.*@/, "//"),
    };
    const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
    await using source = await openSource(options, sink, parts);
    const coded = source.coded!;
    const inits: InitSegment[] = [];
    const times: number[] = [];
    using _listening = coded.listen({
      begins: (init) => {
        inits.push(init);
        times.length = 0;
      },
      packet: ({ packet }) => void times.push(packet.ptsUs),
    });
    await sink.until("45 frames", () => sink.frames.length >= 45 && times.length >= 30);
    assert.deepEqual(sink.formats, [{ width: 320, height: 240 }], "the small one");
    assert.equal(inits.at(-1)?.width, 480, "the main one");
    assert.equal(source.children.length, 3, "two sessions, one decoder");
    assert.ok(times.every((time, at) => at === 0 || time > times[at - 1]!), "time grows");
    // Both come by the same way here: what came last was taken at about the same time.
    const apartMs = (times.at(-1)! - sink.frames.at(-1)!.ptsUs) / 1_000;
    assert.ok(Math.abs(apartMs) < 500, `${apartMs} ms apart`);

    await main[Symbol.asyncDispose]();
    const frames = sink.frames.length;
    await sink.until(
      "frames without the main stream",
      () => sink.frames.length > frames + 30,
    );
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
  },
});
