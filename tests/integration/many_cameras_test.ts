/**
 * Sixteen cameras, one of which hangs: what a stop leaves and how long it takes, and what
 * is left after kill -9. The times here are promises to users.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { descendants, eventually, isAlive, RunningProgram } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const CAMERAS = 16;
const STOP_MS = 5_000;
const ORPHAN_MS = 3_000;
/** What takes long and needs a box of its own. */
const ignore = !hasRtspCamera || Deno.env.get("STREAMWARE_FULL") !== "1";

async function running(folder: TestFolder, url: string, hung: string) {
  const config = folder.file("streamware.yaml");
  const names = Array.from({ length: CAMERAS }, (_, at) => `camera${at}`);
  const cameras = Object.fromEntries(
    names.map((name, at) => [name, { url: at === 0 ? hung : url, fps: 2, width: 160 }]),
  );
  const settings = {
    cameras,
    server: { port: 0, original_port: -1 },
    control: { socket: "off" },
    words: { dsl_only: true },
    memory: { folder: folder.file("frames") },
  };
  Deno.writeTextFileSync(config, JSON.stringify(settings));
  const place = ["env", `STATE_DIRECTORY=${folder.path}`];
  const program = new RunningProgram(["run", "--config", config], place);
  const page = await program.printedGroup(/^ {2}page +(\S+)/);
  const count = async (state: string) => {
    const health = await (await fetch(new URL("healthz", page))).json();
    return health.cameras.filter((camera: { state: string }) => camera.state === state)
      .length;
  };
  await eventually(
    "all are online",
    async () => await count("online") === CAMERAS,
    60_000,
  );
  return { program, count };
}

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  Deno.test({
    name: `${signal} ends sixteen cameras in time, though one of them hangs`,
    ignore,
    async fn() {
      using folder = new TestFolder();
      const clip = folder.file("clip.mp4");
      const shape = { fps: 5, frames: 20, gop: 5, width: 160, height: 120 };
      await makeNumberedClip(clip, shape);
      await using camera = await RtspCamera.start({ clips: [clip], fps: 5 });
      await using hung = await RtspCamera.start({ clips: [clip], fps: 5 });
      const { program, count } = await running(folder, camera.url, hung.url);
      await using _program = program;
      hung.signal("SIGSTOP");
      await eventually("one has stalled", async () => await count("stalled") > 0, 15_000);
      assert.equal(await count("online"), CAMERAS - 1, "it touches no other");
      const children = descendants(program.pid);
      assert.ok(children.length >= 2 * CAMERAS - 1, `${children.length} children`);
      const startMs = performance.now();
      program.kill(signal);
      await program.ended();
      if (signal === "SIGTERM") {
        const tookMs = performance.now() - startMs;
        assert.ok(tookMs < STOP_MS, `${tookMs} ms`);
        assert.deepEqual(children.filter(isAlive), []);
        assert.deepEqual(ringsIn(folder.file("frames")), []);
      } else {
        const isNoneLeft = () => !children.some(isAlive);
        await eventually("no child is left", isNoneLeft, ORPHAN_MS);
      }
    },
  });
}

/** Folders of instances; beside them is what one keeps of models. */
function ringsIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => !name.startsWith("models."));
}
