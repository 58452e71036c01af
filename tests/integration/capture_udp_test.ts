/** A camera over UDP: how it is found to be one, and what losses on the way are told as. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import type { TransportSetting } from "../../capture/transport_choice.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const FPS = 15;
const FRAMES = 60;
const ignore = !hasRtspCamera;

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const clip = folder.file("clip.mp4");
if (!ignore) {
  const shape = { fps: FPS, frames: FRAMES, gop: 15 };
  await makeNumberedClip(clip, { ...shape, width: 640, height: 480 });
}

function watch(url: string, sink: RecordingSink, transport?: TransportSetting) {
  const size = { fps: 30, width: 640, loop: false, seed: 1 };
  const options = { camera: "gate", url, transport, ...size };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  return new CameraSession(parseSourceUrl(url) as StreamUrl, { options, sink, parts });
}

Deno.test({
  name: "a camera that refuses TCP is had over UDP, without a word, and again at once",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({
      clips: [clip],
      fps: FPS,
      proto: "udp",
    });
    const sink = new RecordingSink();
    await using session = watch(camera.url, sink);
    await sink.moreFrames(20);
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
    assert.equal(session.counts.reconnects, 1, "one refusal");
    Deno.kill(session.children[0]!, "SIGKILL");
    await sink.until("a new session", () => session.counts.reconnects === 2);
    await sink.moreFrames(10);
    assert.equal(session.counts.reconnects, 2, "TCP is not tried again");
  },
});

Deno.test({
  name: "a transport that was set is the only one that is asked for",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({
      clips: [clip],
      fps: FPS,
      proto: "udp",
    });
    const refused = new RecordingSink();
    await using _tcp = watch(camera.url, refused, "tcp");
    await refused.untilState("offline");
    assert.equal(refused.frames.length, 0);
    await using other = await RtspCamera.start({ clips: [clip], fps: FPS });
    const sink = new RecordingSink();
    await using udp = watch(other.url, sink, "udp");
    await sink.moreFrames(10);
    assert.ok(udpSocketsOf(udp.children[0]!) >= 2, "for RTP and RTCP");
  },
});

function udpSocketsOf(pid: number): number {
  const known = Deno.readTextFileSync(`/proc/${pid}/net/udp`).split("\n")
    .map((line) => line.trim().split(/\s+/)[9]);
  const own = [...Deno.readDirSync(`/proc/${pid}/fd`)].map(({ name }) =>
    /socket:\[(\d+)\]/.exec(Deno.readLinkSync(`/proc/${pid}/fd/${name}`))?.[1]
  );
  return own.filter((inode) => inode !== undefined && known.includes(inode)).length;
}

for (const part of [0.02, 0.2]) {
  Deno.test({
    name: `${100 * part} % loss over UDP is told, and no damaged picture is believed`,
    ignore,
    async fn() {
      await using camera = await RtspCamera.start({
        clips: [clip],
        fps: FPS,
        proto: "udp",
      });
      const sink = new RecordingSink();
      await using _session = watch(camera.url, sink);
      await sink.moreFrames(20);
      await camera.command(`rtploss ${part}`);
      const doubtful = await sink.untilState("doubtful", 0, 30_000);
      assert.equal(sink.states[doubtful]!.why, "gap");
      await sink.moreFrames(60, 40_000);
      // A picture that is believed carries the number of its time.
      const first = sink.frames[0]!;
      for (const { ptsUs, number, doubtful } of sink.frames) {
        const at = Math.round((ptsUs - first.ptsUs) * FPS / 1e6);
        if (!doubtful) assert.equal(number, (first.number + at) % FRAMES, `${ptsUs}`);
      }
      assert.ok(sink.frames.some((frame) => frame.doubtful));
      await camera.command("rtploss 0");
      const seen = sink.frames.length;
      // It may be online already, or be told late of the last packets that were lost.
      await sink.until("20 pictures in a row that are believed", () => {
        const last = sink.frames.slice(seen).slice(-20);
        return last.length === 20 && last.every((frame) => !frame.doubtful) &&
          sink.states.at(-1)!.state === "online";
      }, 15_000);
    },
  });
}
