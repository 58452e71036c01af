/**
 * What is left of the program when it stops, however it stops: no child, no file, no
 * port. The times here are promises to users.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { ownPorts } from "../support/own_loopback.ts";
import {
  descendants,
  eventually,
  finish,
  isAlive,
  RunningProgram,
} from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { makeWalkerClip, WALKER_FPS } from "../support/walker_clip.ts";
import { watch } from "../support/watching.ts";

const STOP_MS = 2_000;
const ORPHAN_MS = 3_000;

/** Starts a camera and a program that watches it, with frames flowing. */
async function whileWatching(
  more: readonly string[],
  work: (
    parts: {
      readonly camera: RtspCamera;
      readonly watching: Awaited<ReturnType<typeof watch>>;
    },
  ) => Promise<void>,
): Promise<void> {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 320, height: 180 });
  await using camera = await RtspCamera.start({ clips: [clip], fps: WALKER_FPS });
  await using watching = await watch(camera.url, more);
  {
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(3);
  }
  await work({ camera, watching });
}

function portsOf(watching: { readonly page: string; readonly original: string }) {
  return [watching.page, watching.original].map((url) => Number(new URL(url).port));
}

async function isOpen(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

/** Folders of instances; beside them is what one keeps of models. */
function namesIn(folder: string): string[] {
  return entriesOf(folder).filter((name) => !name.startsWith("models."));
}

/** Pictures of empty scenes, of all cameras. */
function modelsIn(folder: string): string[] {
  return entriesOf(folder).filter((name) => name.startsWith("models."))
    .flatMap((name) => entriesOf(`${folder}/${name}`))
    .filter((name) => name.includes(".model"));
}

function entriesOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test({
    name: `${signal} leaves nothing within two seconds, and a second start works`,
    ignore: !hasRtspCamera,
    async fn() {
      using frames = new TestFolder();
      const memory = frames.file("frames");
      const [port, original] = ownPorts();
      const again = ["--port", `${port}`, "--original-port", `${original}`];
      const flags = ["--frames-folder", memory, ...again];
      await whileWatching(flags, async ({ camera, watching }) => {
        const children = descendants(watching.program.pid);
        assert.ok(children.length >= 2, "a demux and a decode child");
        assert.deepEqual(portsOf(watching), [port, original]);
        await using _viewer = new LiveClient(watching.socket);
        await eventually("a model is kept", () => modelsIn(memory).length > 0, 30_000);
        const startMs = performance.now();
        watching.program.kill(signal);
        assert.equal(await watching.program.ended(), 0, watching.program.printed);
        assert.ok(performance.now() - startMs < STOP_MS);
        assert.deepEqual(children.filter(isAlive), []);
        assert.deepEqual([...namesIn(memory), ...modelsIn(memory)], []);
        for (const one of [port, original]) {
          assert.equal(await isOpen(one), false, `${one}`);
        }
        await using second = await watch(camera.url, again);
        await using live = new LiveClient(second.socket);
        await live.moreFrames(2);
      });
    },
  });
}

Deno.test({
  name: "kill -9 with a stalled camera leaves no FFmpeg, and the next start sweeps",
  ignore: !hasRtspCamera,
  async fn() {
    using frames = new TestFolder();
    const memory = frames.file("frames");
    const place = ["--frames-folder", memory];
    await whileWatching(place, async ({ camera, watching }) => {
      await camera.command("stall");
      const children = descendants(watching.program.pid);
      assert.ok(children.length >= 2);
      watching.program.kill("SIGKILL");
      await watching.program.ended();
      const gone = () => !children.some(isAlive);
      await eventually("no child is left", gone, ORPHAN_MS);
      const [left] = namesIn(memory);
      assert.ok(left, "what kill -9 leaves in memory");
      await using second = await watch("scene:street", place);
      assert.ok(second.page);
      assert.equal(namesIn(memory).length, 1);
      assert.notEqual(namesIn(memory)[0], left);
    });
  },
});

Deno.test("a stop is heeded while a source is still being opened or looked at", async () => {
  using folder = new TestFolder();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${silent.addr.port}/video`;
  await using watching = await watch(url, ["--frames-folder", folder.file("frames")]);
  const connection = await silent.accept();
  const startMs = performance.now();
  watching.program.kill("SIGTERM");
  await watching.program.ended();
  connection.close();
  assert.ok(performance.now() - startMs < STOP_MS, watching.program.printed);
});

Deno.test("under nohup a hang-up does not end the program", async () => {
  await using program = new RunningProgram(
    ["run", "--url", "scene:street", "--port", "0", "--original-port", "0"],
    ["nohup"],
  );
  const socket = await program.printedGroup(/^ {2}socket +(\S+)/);
  program.kill("SIGHUP");
  await using live = new LiveClient(socket);
  await live.moreFrames(3);
});

Deno.test("a standard error that nobody reads stops nothing", async () => {
  // A pipe whose reader sleeps, full before the program begins.
  const unread =
    'exec 2> >(exec sleep 30); head -c 99999 /dev/zero >&2 & sleep 0.2; exec "$@"';
  const args = ["run", "--url", "rtsp://127.0.0.1:9/x", "--log-level", "debug"];
  await using program = new RunningProgram(
    [...args, "--port", "0", "--original-port", "0"],
    ["bash", "-c", unread, "_"],
  );
  const page = await program.printedGroup(/^ {2}page +(\S+)/);
  const helpers = descendants(program.pid);
  try {
    const health = await (await fetch(new URL("healthz", page))).json();
    assert.equal(health.cameras.length, 1, "it answers");
    const startMs = performance.now();
    program.kill("SIGTERM");
    assert.equal(await program.exitCode(), 0);
    assert.ok(performance.now() - startMs < STOP_MS);
  } finally {
    for (const helper of helpers.filter(isAlive)) Deno.kill(helper, "SIGKILL");
  }
});

Deno.test("two programs at once never touch each other", async () => {
  using frames = new TestFolder();
  const place = ["--frames-folder", frames.file("frames")];
  await using first = await watch("scene:street", place);
  {
    await using second = await watch("scene:street", place);
    await using live = new LiveClient(second.socket);
    await live.moreFrames(2);
    assert.equal(namesIn(frames.file("frames")).length, 2);
    second.program.kill("SIGTERM");
    assert.equal(await second.program.ended(), 0);
  }
  await using live = new LiveClient(first.socket);
  await live.moreFrames(2);
  assert.equal(namesIn(frames.file("frames")).length, 1);
});

Deno.test("a port that is taken names its holder", async () => {
  await using first = await watch("scene:street");
  const [port, original] = portsOf(first);
  const busy = await finish(["run", "--url", "scene:street", "--port", `${port}`]);
  assert.equal(busy.code, 3);
  assert.match(busy.stderr, new RegExp(`port ${port}.*\\(pid ${first.program.pid}\\)`));
  await using second = await watch("scene:street", ["--original-port", `${original}`]);
  assert.equal(second.original, "off", "the rest runs on");
  assert.match(second.program.printed, /server\.port_busy/);
  await using live = new LiveClient(second.socket);
  await live.moreFrames(2);
  assert.deepEqual(live.alerts, ["server.port_busy"]);
});

Deno.test("a file that is over ends the program well", async () => {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 320, height: 180 });
  await using watching = await watch(clip, ["--fps", "5"]);
  await using live = new LiveClient(watching.socket);
  assert.equal(await watching.program.ended(), 0, watching.program.printed);
  const last = live.frames.at(-1)!.message;
  const told = `${last.ptsUs} of 8 s was the last\n${watching.program.printed}`;
  assert.ok(last.ptsUs >= 7_800_000, told);
});
