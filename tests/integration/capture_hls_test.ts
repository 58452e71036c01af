/** A live HLS stream: its playlist goes on, stands still, is gone for a while. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { openSource } from "../../capture/open_source.ts";
import { ffmpeg, TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { RecordingSink } from "../support/recording_sink.ts";

const SEGMENTS = 60;
/** Segments in the playlist at once; each is a second long. */
const WINDOW = 4;

/** A server whose playlist moves on by a segment a second. */
async function serveLive(folder: TestFolder) {
  const clip = folder.file("clip.mp4");
  const frames = SEGMENTS * 10;
  await makeNumberedClip(clip, { width: 320, height: 240, fps: 10, frames, gop: 10 });
  const cut = ["-f", "segment", "-segment_time", "1", "-segment_format", "mpegts"];
  await ffmpeg(["-i", clip, "-c", "copy", ...cut, folder.file("%d.ts")]);
  const stop = new AbortController();
  let newest = WINDOW;
  let mode: "live" | "still" | "gone" = "live";
  const timer = setInterval(() => {
    if (mode !== "still" && newest < SEGMENTS - 1) newest++;
  }, 1_000);
  const playlist = () => {
    const first = newest - WINDOW + 1;
    const lines = Array.from(
      { length: WINDOW },
      (_, at) => `#EXTINF:1.0,\n${first + at}.ts`,
    );
    return [
      "#EXTM3U",
      "#EXT-X-VERSION:3",
      "#EXT-X-TARGETDURATION:1",
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      ...lines,
      "",
    ].join("\n");
  };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen() {} },
    async (request) => {
      if (mode === "gone") return new Response("", { status: 404 });
      const name = new URL(request.url).pathname.slice(1);
      if (name === "live.m3u8") {
        const headers = { "content-type": "application/vnd.apple.mpegurl" };
        return new Response(playlist(), { headers });
      }
      if (!/^\d+\.ts$/.test(name)) return new Response("", { status: 404 });
      const headers = { "content-type": "video/mp2t" };
      return new Response(await Deno.readFile(folder.file(name)), { headers });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/live.m3u8`,
    become: (next: typeof mode) => mode = next,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      stop.abort();
      await server.finished;
    },
  };
}

Deno.test("a live HLS stream gives frames, and comes back when it stood still or was gone", async () => {
  using folder = new TestFolder();
  await using live = await serveLive(folder);
  const sink = new RecordingSink();
  const options = { camera: "web", fps: 10, width: 640, loop: false, seed: 1 };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  await using _source = await openSource({ ...options, url: live.url }, sink, parts);
  await sink.moreFrames(20);
  assert.deepEqual(sink.formats, [{ width: 320, height: 240 }]);
  live.become("still");
  const stalled = await sink.untilState("stalled", 0, 20_000);
  live.become("live");
  const online = await sink.untilState("online", stalled, 30_000);
  live.become("gone");
  const away = await sink.untilState("offline", online, 40_000);
  assert.equal(sink.states[away]!.why, "not_found");
  live.become("live");
  await sink.untilState("online", away, 40_000);
  assert.ok(sink.frames.every(({ doubtful }) => !doubtful), "a piece is no damage");
  const times = sink.frames.map(({ ptsUs }) => ptsUs);
  assert.ok(times.every((time, at) => at === 0 || time > times[at - 1]!), "time grows");
});
