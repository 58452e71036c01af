/** Two streams of a camera that refuses the password: one of them asks, not both. */
import assert from "node:assert/strict";
import { sleep, systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { openSource } from "../../capture/open_source.ts";
import { TestFolder } from "../support/clips.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { eventually } from "../support/program.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

Deno.test({
  name: "a main stream whose password is refused waits until the analysed one is let in",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const clip = folder.file("clip.mp4");
    await makeNumberedClip(clip, {
      fps: 15,
      frames: 30,
      gop: 15,
      width: 160,
      height: 120,
    });
    const login = { user: "admin", password: "right", fps: 15 };
    await using main = await RtspCamera.start({ clips: [clip], ...login });
    await using sub = await RtspCamera.start({ clips: [clip], ...login });
    const wrong = (url: string) => url.replace("right", "wrong");
    const clock = new ManualClock();
    const options = {
      ...{ camera: "gate", fps: 15, width: 160, loop: false, seed: 1 },
      ...{ url: wrong(main.url), analysisUrl: wrong(sub.url) },
    };
    const sink = new RecordingSink();
    const parts = { clock, log: silentLog, chance: () => 0.5 };
    await using source = await openSource(options, sink, parts);
    // Each has asked once; from now on the analysed one alone, at 30, 60, 120 s.
    await eventually("both were refused", () => source.counts.reconnects === 2, 10_000);
    for (const [waitMs, tries] of [[30_001, 3], [60_001, 4], [120_001, 5]] as const) {
      clock.advance(waitMs);
      await eventually(
        `try ${tries} was refused`,
        () => source.counts.reconnects === tries,
        10_000,
      );
      await sleep(systemClock, 500);
      assert.equal(source.counts.reconnects, tries, "nobody else asked");
    }
    assert.deepEqual(sink.states.at(-1), {
      ...sink.states.at(-1),
      ...{ state: "offline", why: "auth" },
    });
  },
});
