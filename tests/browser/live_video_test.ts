/** Live video in the page, of a real camera: what is played, with which boxes, how old. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { videoFeedOf } from "../../app/video_feed.ts";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { buildViewer } from "../../scripts/build_viewer.ts";
import { openServer } from "../../server/http_server.ts";
import { noBrowser, openPage } from "../support/browser.ts";
import { TestFolder } from "../support/clips.ts";
import { openFeedPage } from "../support/feed_page.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { eventually } from "../support/program.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { observation, serverParts } from "../support/server_parts.ts";

const FPS = 25;
const FRAMES = 100;
const ANALYSED_FPS = 10;
/** Of 25 pictures a second, 10 are every second or third. */
const INTERVAL_US_MAX = 3 * 1e6 / FPS;
/** What the stills show. */
const FORMAT: FrameFormat = { width: 320, height: 240 };
const GREY = new Uint8Array(frameBytes(FORMAT)).fill(128);
const ignore = noBrowser || !hasRtspCamera;

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const clip = folder.file("clip.mp4");
const hevc = folder.file("hevc.mp4");
const large = folder.file("large.mp4");
if (!ignore) {
  const shape = { width: 320, height: 240, fps: FPS, frames: FRAMES, gop: 25 };
  await makeNumberedClip(clip, shape);
  await makeNumberedClip(hevc, { ...shape, codec: "libx265" });
  await makeNumberedClip(large, { ...shape, width: 640, height: 360 });
}

/** A camera that is watched, and the page's server, which tells of each analysed frame. */
async function watchedCamera(clips: readonly string[]) {
  await using opened = new AsyncDisposableStack();
  const camera = opened.use(await RtspCamera.start({ clips, fps: FPS }));
  const sink = new RecordingSink();
  const shape = { camera: "gate", width: 320, loop: false, seed: 1 };
  const session = opened.use(
    new CameraSession(parseSourceUrl(camera.url) as StreamUrl, {
      options: { ...shape, url: camera.url, fps: ANALYSED_FPS },
      sink,
      parts: { clock: systemClock, log: silentLog, chance: () => 0.5 },
    }),
  );
  const viewerFolder = new URL(`file://${folder.path}/viewer/`);
  await buildViewer(viewerFolder);
  const server = opened.use(
    await openServer(serverParts({
      viewerFolder,
      video: () => videoFeedOf(session.coded),
      newestFrame: () => ({
        format: FORMAT,
        pixels: GREY.slice(),
        stamp: sink.frames[0]!,
      }),
    })),
  );
  let told = 0;
  opened.use(systemClock.every(20, () => {
    for (const { ptsUs } of sink.frames.slice(told)) {
      told++;
      server.publish({ type: "frame", camera: "gate", ...observation(told, { ptsUs }) });
    }
  }));
  await sink.until("3 frames", () => sink.frames.length >= 3);
  const closing = opened.move();
  return {
    ...{ camera, sink, session, server },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

interface Shown {
  /** Burnt into the picture that is drawn. */
  readonly number: number;
  readonly pictureUs: number;
  readonly boxesUs: number;
}

/** What is drawn at this moment. */
function shownBy(page: Page): Promise<Shown> {
  return page.locator(".stage").evaluate((stage) => {
    const canvas = stage.querySelector("canvas")!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!;
    copy.drawImage(canvas, 0, 0);
    const block = canvas.width / 16;
    const row = copy.getImageData(0, Math.floor(block / 2), canvas.width, 1).data;
    let number = 0;
    for (let bit = 0; bit < 16; bit++) {
      if (row[4 * Math.floor((bit + 0.5) * block)]! > 100) number |= 1 << bit;
    }
    const { pictureUs, boxesUs } = (stage as HTMLElement).dataset;
    return { number, pictureUs: Number(pictureUs), boxesUs: Number(boxesUs) };
  });
}

Deno.test({
  name:
    "The page plays the camera's own video, each picture with the boxes of its moment",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip]);
    await using opened = await openPage({ url: watched.server.url });
    const { page, complaints } = opened;
    await page.locator(".stage[data-picture-us]").waitFor();
    await page.locator(".picture-age", { hasText: "Live" }).waitFor();
    await page.waitForTimeout(1_500);
    const first = watched.sink.frames[0]!;
    const seen = new Map<number, Shown>();
    for (let look = 0; look < 40; look++) {
      const shown = await shownBy(page);
      seen.set(shown.pictureUs, shown);
      await page.waitForTimeout(30);
    }
    assert.ok(seen.size > 10, `it goes on: ${seen.size} pictures in 40 looks`);
    for (const { number, pictureUs, boxesUs } of seen.values()) {
      const passed = Math.round((pictureUs - first.ptsUs) * FPS / 1e6);
      assert.equal(number, (first.number + passed) % FRAMES, `picture at ${pictureUs}`);
      assert.ok(!(pictureUs < boxesUs), `boxes of ${boxesUs} on ${pictureUs}`);
    }
    const fits = [...seen.values()].filter(({ pictureUs, boxesUs }) =>
      pictureUs - boxesUs <= INTERVAL_US_MAX
    );
    // A box under load may find some later than the picture is shown.
    assert.ok(fits.length >= 0.8 * seen.size, `${fits.length} of ${seen.size} in time`);
    const newestUs = watched.session.coded.ring.newestGop().at(-1)!.packet.ptsUs;
    const behindUs = newestUs - (await shownBy(page)).pictureUs;
    assert.ok(behindUs < 1_500_000, `${behindUs} us behind the camera`);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page knows which picture it draws, however late the browser tells of one",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip]);
    await using opened = await openPage({ url: watched.server.url });
    const { page } = opened;
    // As a busy computer does: the element is one or two pictures further by then.
    await page.addInitScript(() => {
      const { prototype } = HTMLVideoElement;
      const tell = prototype.requestVideoFrameCallback;
      prototype.requestVideoFrameCallback = function (act) {
        // deno-lint-ignore house/time-and-chance -- in the page, where nothing else is late
        return tell.call(this, (...told) => void setTimeout(act, 60, ...told));
      };
    });
    await page.reload();
    await page.locator(".stage[data-picture-us]").waitFor();
    const first = watched.sink.frames[0]!;
    for (let look = 0; look < 20; look++) {
      const { number, pictureUs } = await shownBy(page);
      const passed = Math.round((pictureUs - first.ptsUs) * FPS / 1e6);
      assert.equal(number, (first.number + passed) % FRAMES, `picture at ${pictureUs}`);
      await page.waitForTimeout(50);
    }
  },
});

Deno.test({
  name: "The page shows stills and a word why when it cannot play a camera's coding",
  ignore,
  async fn() {
    await using watched = await watchedCamera([hevc]);
    await using opened = await openPage({ url: watched.server.url });
    await opened.page.locator(".video-why", { hasText: /cannot play hvc1\.1\.6\.L\d/ })
      .waitFor();
    assert.deepEqual(opened.complaints, []);
  },
});

Deno.test({
  name:
    "The page says why a source without video is shown in stills, and forgets no wish",
  ignore: noBrowser,
  async fn() {
    await using opened = await openFeedPage();
    const { feed, page, complaints } = opened;
    feed.frame();
    await page.locator(".video-why", { hasText: "no video to play" }).waitFor();
    const toggle = page.getByRole("button", { name: "Live video" });
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    await toggle.click();
    await page.locator(".video-why").waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".camera").first().waitFor();
    assert.equal(await toggle.getAttribute("aria-pressed"), "false");
    await page.locator(".picture-age", { hasText: "Still" }).waitFor();
    assert.equal(await page.locator(".video-why").count(), 0);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name: "The page plays on after the camera was away",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip]);
    await using opened = await openPage({ url: watched.server.url });
    const { page } = opened;
    await page.locator(".stage[data-picture-us]").waitFor();
    await watched.camera.command("kick");
    const before = watched.sink.frames.length;
    await watched.sink.until(
      "new frames",
      () => watched.sink.frames.length > before + 10,
    );
    const { ptsUs } = watched.sink.frames.at(-1)!;
    let shownUs = 0;
    for (let look = 0; look < 100 && shownUs < ptsUs; look++) {
      await page.waitForTimeout(100);
      shownUs = (await shownBy(page)).pictureUs;
    }
    assert.ok(shownUs >= ptsUs, `shows ${shownUs}, the camera was at ${ptsUs}`);
    const { number, pictureUs } = await shownBy(page);
    const last = watched.sink.frames.at(-1)!;
    const passed = Math.round((pictureUs - last.ptsUs) * FPS / 1e6);
    assert.equal(number, (last.number + passed + 10 * FRAMES) % FRAMES);
  },
});

Deno.test({
  name: "The page plays on when a camera changes its size inside a session",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip, large]);
    await using opened = await openPage({ url: watched.server.url });
    const { page, complaints } = opened;
    await page.locator(".stage[data-picture-us]").waitFor();
    await watched.camera.command("clip 1");
    const { sink } = watched;
    await sink.until("another size", () => sink.formats.length > 1);
    const first = sink.frames.length;
    await sink.until("frames of it", () => sink.frames.length > first + 10);
    const last = sink.frames.at(-1)!;
    let shown = await shownBy(page);
    for (let look = 0; look < 100 && shown.pictureUs < last.ptsUs; look++) {
      await page.waitForTimeout(100);
      shown = await shownBy(page);
    }
    const passed = Math.round((shown.pictureUs - last.ptsUs) * FPS / 1e6);
    assert.equal(shown.number, (last.number + passed + 10 * FRAMES) % FRAMES);
    assert.equal(await page.locator(".video-why").count(), 0);
    await using late = await openPage({ url: watched.server.url });
    await late.page.locator(".stage[data-picture-us]").waitFor();
    assert.deepEqual([...complaints, ...late.complaints], []);
  },
});

Deno.test({
  name: "The page shows stills while no video comes, and plays on when it does",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip]);
    await using opened = await openPage({ url: watched.server.url });
    const { page, complaints } = opened;
    await page.locator(".stage[data-picture-us]").waitFor();
    const { ptsUs } = watched.sink.frames.at(-1)!;
    await watched.camera.command("stall");
    // The stream that is analysed goes on, as of a camera that has two.
    let turn = 0;
    using _analysed = systemClock.every(100, () => {
      const at = { ptsUs: ptsUs + 100_000 * ++turn };
      const told = observation(10_000 + turn, at);
      watched.server.publish({ type: "frame", camera: "gate", ...told });
    });
    const why = page.locator(".video-why", { hasText: "no video comes" });
    await why.waitFor();
    await page.locator(".stage:not([data-picture-us])").waitFor();
    await watched.camera.command("resume");
    await why.waitFor({ state: "detached" });
    await page.locator(".picture-age", { hasText: "Live" }).waitFor();
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name:
    "A viewer of the video that reads nothing stops neither the page nor the analysis",
  ignore,
  async fn() {
    await using watched = await watchedCamera([clip]);
    const { sink, server } = watched;
    const url = new URL(server.url);
    using deaf = await Deno.connect({ hostname: url.hostname, port: server.port });
    const handshake = [
      ...["GET /video/gate HTTP/1.1", `host: ${url.host}`, "upgrade: websocket"],
      ...["connection: upgrade", "sec-websocket-version: 13"],
      ...["sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
    ];
    await deaf.write(new TextEncoder().encode(handshake.join("\r\n")));
    await eventually("the deaf one is there", () => server.counts.video.clients === 1);
    await using opened = await openPage({ url: server.url });
    const { page } = opened;
    await page.locator(".stage[data-picture-us]").waitFor();
    const { pictureUs } = await shownBy(page);
    await sink.moreFrames(3 * ANALYSED_FPS);
    await eventually(
      "two seconds more were played",
      async () => (await shownBy(page)).pictureUs - pictureUs > 2_000_000,
      30_000,
    );
    assert.equal(server.counts.video.clients, 2);
  },
});
