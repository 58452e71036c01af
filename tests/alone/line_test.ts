/**
 * The whole line with real parts: an RTSP camera's pixels become blobs on the page
 * and on both sockets, within a second, with one identity and one time everywhere. Here,
 * as the second is promised of a machine that is not busy with other tests.
 */
import assert from "node:assert/strict";
import { noBrowser, openPage } from "../support/browser.ts";
import { TestFolder } from "../support/clips.ts";
import { LiveClient, type LiveFrame, OriginalClient } from "../support/live_client.ts";
import { eventually } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { makeWalkerClip, WALKER_FPS, WALKER_FRAMES } from "../support/walker_clip.ts";
import { watch } from "../support/watching.ts";

/** The mission's promise: what happens is on the page within a second. */
const PROMISE_MS = 1_000;

Deno.test({
  name: "an RTSP camera's walker is one blob with one time on page, /ws and 8765",
  ignore: !hasRtspCamera || noBrowser,
  async fn() {
    using folder = new TestFolder();
    const clip = folder.file("walker.mp4");
    await makeWalkerClip(clip, { width: 640, height: 360 });
    await using camera = await RtspCamera.start({
      clips: [clip],
      fps: WALKER_FPS,
      user: "admin",
      password: "s3cret@/",
    });
    await using watching = await watch(camera.url);
    await using live = new LiveClient(watching.socket);
    await using original = new OriginalClient(watching.original);
    await live.untilState(["online"]);
    await using opened = await openPage({ url: watching.page });
    const { page, complaints } = opened;
    // Two rounds: in the first one the background is learned.
    await live.moreFrames(2 * WALKER_FRAMES, 30_000);
    const canvas = page.locator(".stage-canvas");
    await eventually(
      "the walker on the page",
      async () => await canvas.getAttribute("aria-label") === "Camera main: 1 in view",
      10_000,
    );
    const still = await fetch(new URL("still/main.jpg", watching.page));
    const stillPtsUs = Number(still.headers.get("x-streamware-pts-us"));
    assert.equal((await still.bytes())[0], 0xff, "a JPEG");
    await live.moreFrames(5);

    const frames = live.frames.map(({ message }) => message);
    assertOneIdentity(frames);
    assertSameOnBoth(frames, original);
    assert.ok(frames.some(({ ptsUs }) => ptsUs === stillPtsUs), "the still's time");
    for (const { message, atMs } of live.frames.slice(WALKER_FPS)) {
      const ageMs = atMs - message.tMs;
      assert.ok(ageMs < PROMISE_MS, `frame ${message.frame} was ${ageMs} ms old`);
    }
    assert.deepEqual(complaints, []);
    assert.doesNotMatch(watching.program.printed, /s3cret/, "no password is printed");
  },
});

/** In the second round, away from the edges, the walker is one blob with one id. */
function assertOneIdentity(frames: readonly LiveFrame[]): void {
  const walking = frames.slice(WALKER_FRAMES).filter(({ blobs }) =>
    blobs.some(({ x }) => x > 0.15 && x < 0.85)
  );
  assert.ok(walking.length > 20, `${walking.length} frames with the walker`);
  for (const [at, { frame, blobs }] of walking.entries()) {
    assert.equal(blobs.length, 1, `frame ${frame}: ${JSON.stringify(blobs)}`);
    const before = walking[at - 1];
    if (!before || frame - before.frame > WALKER_FPS) continue;
    assert.equal(blobs[0]!.id, before.blobs[0]!.id, `frame ${frame} keeps its id`);
  }
}

/** Both sockets tell the same frames: number, time, blobs. */
function assertSameOnBoth(frames: readonly LiveFrame[], original: OriginalClient): void {
  const byNumber = new Map(original.heard.map(({ message: { data } }) => [
    data.frame_num,
    data,
  ]));
  let compared = 0;
  for (const frame of frames) {
    const other = byNumber.get(frame.frame);
    if (!other) continue;
    compared++;
    assert.equal(Math.round(other.timestamp * 1_000), frame.tMs);
    assert.equal(other.motion_percent, frame.motionPct);
    const pairs = frame.blobs.map(({ id, x, y, w, h, vx, vy }) => (
      { id, x, y, w, h, vx, vy }
    ));
    assert.deepEqual(other.blobs, pairs);
  }
  assert.ok(compared > WALKER_FRAMES, `${compared} frames on both`);
}
