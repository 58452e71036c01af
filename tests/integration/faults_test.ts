/**
 * Faults of the whole program with real parts: after each the page tells the truth
 * and the rest goes on. The camera's own faults are held in capture_rtsp_test.ts.
 */
import assert from "node:assert/strict";
import { TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { ownLoopback } from "../support/own_loopback.ts";
import { descendants, eventually, isAlive, RunningProgram } from "../support/program.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";
import { makeWalkerClip, WALKER_FPS } from "../support/walker_clip.ts";
import { watch } from "../support/watching.ts";

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const small = folder.file("small.mp4");
const wide = folder.file("wide.mp4");
await makeWalkerClip(small, { width: 320, height: 240 });
await makeWalkerClip(wide, { width: 640, height: 360 });

/** Where each camera of this file is, one at a time, so that one can come back. */
const address = ownLoopback();

function startCamera(clip: number, port = 0): Promise<RtspCamera> {
  const clips = [small, wide];
  return RtspCamera.start({ clips, clip, port, address, fps: WALKER_FPS });
}

Deno.test({
  name: "a camera that goes and comes back with another size is told and watched again",
  ignore: !hasRtspCamera,
  async fn() {
    let camera = await startCamera(0);
    try {
      await using watching = await watch(camera.url);
      await using live = new LiveClient(watching.socket);
      await live.moreFrames(5);
      assert.equal(live.view?.header?.height, 240);
      const lastFrame = live.frames.at(-1)!.message.frame;
      await camera[Symbol.asyncDispose]();
      const gone = await live.untilState(["offline", "stalled"]);
      assert.ok(gone.words.length > 0, "in words, too");
      assert.ok(gone.state.why, "and why");
      const health = await fetch(new URL("healthz", watching.page));
      assert.equal(health.status, 503);
      assert.equal((await health.json()).status, "down");
      camera = await startCamera(1, camera.port);
      await live.untilState(["online"], 30_000);
      await live.moreFrames(5);
      assert.equal(live.view?.header?.height, 360);
      assert.ok(live.frames.at(-1)!.message.frame > lastFrame, "frame numbers go on");
    } finally {
      await camera[Symbol.asyncDispose]();
    }
  },
});

Deno.test({
  name: "a frozen camera is told to be frozen while its frames come",
  ignore: !hasRtspCamera,
  async fn() {
    await using camera = await startCamera(0);
    await using watching = await watch(camera.url);
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(5);
    await camera.command("freeze");
    const frozen = await live.untilState(["frozen"], 30_000);
    assert.equal(frozen.state.why, "equal");
    await camera.command("thaw");
    await live.untilState(["online"], 30_000);
  },
});

Deno.test({
  name: "each FFmpeg that is killed is replaced and frames go on",
  ignore: !hasRtspCamera,
  async fn() {
    await using camera = await startCamera(0);
    await using watching = await watch(camera.url);
    await using live = new LiveClient(watching.socket);
    await live.moreFrames(5);
    const children = descendants(watching.program.pid);
    assert.equal(children.length, 2, "a demux and a decode child");
    for (const child of children) {
      Deno.kill(child, "SIGKILL");
      await eventually("it is gone", () => !isAlive(child));
      await live.moreFrames(5, 20_000);
    }
    assert.equal(descendants(watching.program.pid).length, 2, "and no more than two");
  },
});

Deno.test({
  name: "a camera that asks for another password is offline, and no password is told",
  ignore: !hasRtspCamera,
  async fn() {
    await using camera = await RtspCamera.start({
      clips: [small],
      fps: WALKER_FPS,
      user: "admin",
      password: "right",
    });
    await using watching = await watch(camera.url.replace("right", "wr0ng"));
    await using live = new LiveClient(watching.socket);
    const view = await live.untilState(["offline"]);
    assert.equal(view.state.why, "auth");
    assert.match(view.words, /password/i);
    const metrics = await (await fetch(new URL("metrics", watching.page))).text();
    const told = [watching.program.printed, metrics, JSON.stringify(live.heard)].join();
    assert.doesNotMatch(told, /wr0ng/);
  },
});

/** Root may mount a tmpfs of its own, so that nobody else's memory is filled. */
const mayMount = Deno.uid() === 0 && !Deno.env.has("STREAMWARE_NO_MOUNT");

async function mount(path: string, options: string): Promise<void> {
  const args = ["-t", "tmpfs", "-o", options, "tmpfs", path];
  const { success } = await new Deno.Command("mount", { args }).output();
  assert.ok(success, `mount ${args.join(" ")}`);
}

Deno.test({
  name:
    "memory that is full costs frames, not the program, and is used when there is room",
  ignore: !mayMount,
  async fn() {
    const memory = folder.file("memory");
    Deno.mkdirSync(memory);
    await mount(memory, "size=400k,mode=1777");
    try {
      const place = ["--frames-folder", `${memory}/frames`];
      await using watching = await watch("scene:street", place);
      await using live = new LiveClient(watching.socket);
      await eventually("an alert", () => live.alerts.includes("memory.full"));
      const health = await (await fetch(new URL("healthz", watching.page))).json();
      assert.notEqual(health.status, "well");
      assert.equal(live.frames.length, 0);
      await mount(memory, "remount,size=64m");
      await live.moreFrames(3, 20_000);
      await eventually("no alert", () => !live.alerts.includes("memory.full"));
      watching.program.kill("SIGTERM");
      assert.equal(await watching.program.ended(), 0);
    } finally {
      await new Deno.Command("umount", { args: [memory] }).output();
    }
  },
});

Deno.test({
  name:
    "several cameras share memory that is short: smaller rings, an alert, and no crash",
  ignore: !mayMount,
  async fn() {
    const memory = folder.file("shared");
    Deno.mkdirSync(memory);
    // A picture of 640x360 takes 348 kB: no room for eight of each of three cameras.
    await mount(memory, "size=4m,mode=1777");
    try {
      const config = folder.file("three.yaml");
      const names = ["gate", "yard", "shed"];
      Deno.writeTextFileSync(
        config,
        JSON.stringify({
          cameras: Object.fromEntries(
            names.map((name, at) => [name, { url: "scene:street", seed: at }]),
          ),
          memory: { folder: `${memory}/frames` },
          server: { port: 0, original_port: -1 },
          control: { socket: "off" },
          words: { dsl_only: true },
        }),
      );
      const state = ["env", `STATE_DIRECTORY=${folder.path}`];
      await using program = new RunningProgram(["run", "--config", config], state);
      const page = await program.printedGroup(/^ {2}page +(\S+)/);
      const health = async () => await (await fetch(new URL("healthz", page))).json();
      const kept = () =>
        names.flatMap((name) =>
          ringsBelow(memory).filter((path) => path.includes(`/${name}/`))
        );
      await eventually("rings", () => kept().length >= 2, 20_000);
      await eventually("it is told", async () => (await health()).status !== "well");
      await mount(memory, "remount,size=64m");
      await eventually("a ring each", () => kept().length === names.length, 20_000);
      program.kill("SIGTERM");
      assert.equal(await program.ended(), 0, program.printed);
    } finally {
      await new Deno.Command("umount", { args: [memory] }).output();
    }
  },
});

function ringsBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? ringsBelow(path) : path.endsWith(".ring") ? [path] : [];
  });
}
