/**
 * What is small in the analysed picture is told from what the camera sent: by the program
 * as people run it, and with the pixels of the very moment.
 */
import assert from "node:assert/strict";
import { type ClassLine, SURE } from "../../analysis/dsl/class_line.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { CodedJobs } from "../../capture/coded_jobs.ts";
import { takeFullParts } from "../../capture/full_parts.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "../support/clips.ts";
import { BY_THIS_DENO } from "../support/fault_box.ts";
import { LiveClient } from "../support/live_client.ts";
import { makeNumberedClip, numberOf } from "../support/numbered_clip.ts";
import { eventually, finish } from "../support/program.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import {
  makeSmallPoster,
  SMALL_POSTER,
  TOO_SMALL_WIDTH,
} from "../support/small_poster.ts";
import { watch } from "../support/watching.ts";

/** A film that comes again gives another chance, where others need the processor. */
const TRIES_MS = 150_000;

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());

/** What is said at the end of the first stay of somebody who was looked at. */
async function lastLabel(
  url: string,
  more: readonly string[] = [],
): Promise<{ readonly line: ClassLine; readonly metrics: string }> {
  const flags = ["--width", `${TOO_SMALL_WIDTH}`, ...more];
  await using watching = await watch(url, flags, BY_THIS_DENO);
  await using live = new LiveClient(watching.socket);
  const label = () => {
    const messages = live.frames.map(({ message }) => message);
    const gone = messages.findIndex(({ events }) =>
      events.some(({ type }) => type === "EXIT")
    );
    return messages.slice(gone < 0 ? messages.length : gone)
      .flatMap(({ classes }) => classes ?? [])
      .find(({ crops }) => (crops ?? 0) > 0);
  };
  await eventually("it is told what came", () => label() !== undefined, TRIES_MS);
  const metrics = await (await fetch(`${watching.page}metrics`)).text();
  return { line: label()!, metrics };
}

function fullViews(metrics: string): number {
  const found = /streamware_classes_small_views_total\{fate="full"\} (\d+)/.exec(metrics);
  return Number(found?.[1]);
}

Deno.test({
  name:
    "what is too small to be sure of as it is analysed is sure as the camera sends it",
  ignore: !hasRtspCamera,
  async fn() {
    const clip = folder.file("poster.mp4");
    await makeSmallPoster(clip);
    // Of a file nothing is kept: the analysed pixels are all there is.
    const asFile = await lastLabel(clip, ["--loop"]);
    // The first detector does not see it, and the second alone is never sure.
    assert.ok(asFile.line.score < SURE, JSON.stringify(asFile.line));
    assert.equal(fullViews(asFile.metrics), 0);

    await using camera = await RtspCamera.start({ clips: [clip], fps: SMALL_POSTER.fps });
    const sent = await lastLabel(camera.url);
    const { line } = sent;
    assert.equal(line.class, "bike", JSON.stringify(line) + sent.metrics);
    assert.ok(line.score >= 0.8, JSON.stringify(line));
    assert.ok(fullViews(sent.metrics) >= 2, sent.metrics);
  },
});

Deno.test("analyze --classes tells it from the clip's own pictures", async () => {
  const [clip, dsl] = [folder.file("poster_offline.mp4"), folder.file("poster.dsl")];
  await makeSmallPoster(clip);
  const flags = ["--classes", "--width", `${TOO_SMALL_WIDTH}`, "--dsl", dsl];
  const { code, stderr } = await finish(
    ["analyze", clip, ...flags],
    TRIES_MS,
    BY_THIS_DENO,
  );
  assert.equal(code, 0, stderr);
  const told = Deno.readTextFileSync(dsl).match(/ {2}CLASS .*/g);
  assert.equal(told?.length, 1, told?.join());
  assert.match(told![0]!, /-> bike \(conf=0\.[89]\d\) crops=3/);
});

Deno.test({
  name: "parts of full pictures are those of the analysed frames' own times",
  ignore: !hasRtspCamera,
  async fn() {
    const clip = folder.file("numbered.mp4");
    const size = { width: 480, height: 272 };
    await makeNumberedClip(clip, { ...size, fps: 15, frames: 60, gop: 15, bFrames: 2 });
    await using camera = await RtspCamera.start({ clips: [clip], fps: 15 });
    const sink = new RecordingSink();
    const { url } = camera;
    const options = { camera: "gate", url, fps: 10, width: 160, loop: false, seed: 1 };
    const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
    const from = parseSourceUrl(url) as StreamUrl;
    await using session = new CameraSession(from, { options, sink, parts });
    await using jobs = new CodedJobs();
    await sink.until("45 frames", () => sink.frames.length >= 45);
    const frames = [2, 9, 23, 40].map((at) => sink.frames[at]!);
    const wanted = frames.map(({ ptsUs }) => ({ ptsUs, left: 0, top: 0 }));
    const { ring } = session.coded;
    const got = await takeFullParts(ring, {
      ...{ parts: wanted, size, shrunkTo: size },
    }, { jobs });
    for (const { ptsUs, number } of frames) {
      const part = got.get(ptsUs);
      assert.ok(part?.kind === "full");
      assert.equal(numberOf(part.pixels, size), number);
    }
  },
});
