/**
 * A program that is killed while somebody stands before its camera: started again, it
 * knows the place and who stands there.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { eventually } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { makeStandingClip, STANDS_FROM_FRAME } from "../support/standing_figure.ts";
import { watch, type Watching } from "../support/watching.ts";

const FPS = 10;

/** The value of a metric of the one camera. */
async function metricOf({ page }: Watching, name: string): Promise<number> {
  const text = await (await fetch(`${page}metrics`)).text();
  const line = text.split("\n").find((line) => line.startsWith(`streamware_${name}{`));
  return Number(line?.split(" ").at(-1) ?? 0);
}

function idsOf(live: LiveClient, frames: number): number[] {
  const newest = live.frames.slice(-frames);
  const blobs = newest.flatMap(({ message }) => message.blobs);
  return [...new Set(blobs.map(({ id }) => id))];
}

Deno.test({
  name: "a program that was killed goes on with the background and the ids it had",
  ignore: !hasRtspCamera,
  async fn() {
    using folder = new TestFolder();
    const arrives = folder.file("arrives.mp4");
    const stands = folder.file("stands.mp4");
    await makeStandingClip(arrives, { from: 0, until: 600, fps: FPS });
    const from = STANDS_FROM_FRAME + 10;
    await makeStandingClip(stands, { from, until: from + 600, fps: FPS });
    await using camera = await RtspCamera.start({ clips: [arrives, stands], fps: FPS });
    const memory = ["--frames-folder", folder.file("frames")];
    let id: number;
    {
      await using before = await watch(camera.url, memory);
      await using live = new LiveClient(before.socket);
      await eventually(
        "somebody stands there, and it is kept",
        async () =>
          live.frames.length > STANDS_FROM_FRAME + 30 && idsOf(live, 10).length === 1 &&
          await metricOf(before, "models_kept_total") > 0,
        40_000,
      );
      [id] = idsOf(live, 10) as [number];
      await camera.command("clip 1");
      Deno.kill(before.program.pid, "SIGKILL");
    }
    await using after = await watch(camera.url, memory);
    await using live = new LiveClient(after.socket);
    await eventually("it watches again", () => live.frames.length > 20, 40_000);
    assert.equal(await metricOf(after, "models_restored_total"), 1);
    assert.deepEqual(idsOf(live, 1_000), [id], "the same one stands there");
    const arrivals = live.frames.flatMap(({ message }) => message.events)
      .filter(({ type }) => type === "ENTER" || type === "APPEAR");
    assert.deepEqual(arrivals, [], "nobody has come");
  },
});
