/** A camera over RTSP, against a real one: pictures, times, faults, and what is left. */
import assert from "node:assert/strict";
import { systemClock } from "../../base/clock.ts";
import { silentLog } from "../../base/log.ts";
import { CameraSession } from "../../capture/camera_session.ts";
import type { SourceOptions } from "../../capture/source.ts";
import { parseSourceUrl, type StreamUrl } from "../../capture/source_url.ts";
import { TestFolder } from "../support/clips.ts";
import { makeNumberedClip } from "../support/numbered_clip.ts";
import { ownLoopback } from "../support/own_loopback.ts";
import { RecordingSink } from "../support/recording_sink.ts";
import { hasRtspCamera, RtspCamera } from "../support/rtsp_camera.ts";

const FPS = 15;
const FRAMES = 60;
const ignore = !hasRtspCamera;
/** What takes long and fails seldom. */
const isFull = Deno.env.get("STREAMWARE_FULL") === "1";

const folder = new TestFolder();
globalThis.addEventListener("unload", () => folder[Symbol.dispose]());
const small = folder.file("small.mp4");
const big = folder.file("big.mp4");
if (!ignore) {
  const shape = { fps: FPS, frames: FRAMES, gop: 15 };
  await makeNumberedClip(small, { ...shape, width: 320, height: 240 });
  await makeNumberedClip(big, { ...shape, width: 480, height: 272 });
}

function watch(url: string, sink: RecordingSink, more: Partial<SourceOptions> = {}) {
  const options = {
    camera: "gate",
    url,
    fps: 10,
    width: 640,
    loop: false,
    seed: 1,
    ...more,
  };
  const parts = { clock: systemClock, log: silentLog, chance: () => 0.5 };
  return new CameraSession(parseSourceUrl(url) as StreamUrl, { options, sink, parts });
}

/** Pictures carry their number, and number n has the time n/FPS. */
function assertPicturesFitTimes(sink: RecordingSink, from = 0): void {
  const frames = sink.frames.slice(from);
  const first = frames[0]!;
  for (const [at, frame] of frames.entries()) {
    const passed = (frame.ptsUs - first.ptsUs) * FPS / 1e6;
    assert.ok(
      Math.abs(passed - Math.round(passed)) < 0.001,
      `${frame.ptsUs} on the grid`,
    );
    const number = (first.number + Math.round(passed)) % FRAMES;
    assert.equal(frame.number, number, `picture at ${frame.ptsUs}`);
    if (at > 0) assert.ok(frame.ptsUs > frames[at - 1]!.ptsUs, "time grows");
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

Deno.test({
  name: "CameraSession gives every wanted picture at the camera's own time",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    const session = watch(camera.url, sink);
    await sink.until("25 frames", () => sink.frames.length >= 25);
    assertPicturesFitTimes(sink);
    assert.equal(sink.frames[0]!.number, 0, "the first keyframe is not lost");
    const steps = sink.frames.slice(1).map(({ number }, at) =>
      (number - sink.frames[at]!.number + FRAMES) % FRAMES
    );
    assert.ok(steps.every((step) => step === 1 || step === 2), "10 of 15, evenly");
    assert.equal(steps.slice(0, 20).reduce((sum, step) => sum + step, 0), 30);
    assert.deepEqual(sink.formats, [{ width: 320, height: 240 }]);
    assert.ok(sink.frames.every(({ doubtful }) => !doubtful));
    const last = sink.frames.at(-1)!;
    const ageMs = Date.now() - last.utcMs;
    assert.ok(ageMs >= 0 && ageMs < 1_000, `taken ${ageMs} ms ago`);
    for (const [at, frame] of sink.frames.entries()) {
      if (at > 0) assert.ok(frame.utcMs > sink.frames[at - 1]!.utcMs, "UTC grows");
    }
    assert.deepEqual(sink.states.map(({ state }) => state), ["connecting", "online"]);
    const children = session.children;
    assert.equal(children.length, 2);
    await session[Symbol.asyncDispose]();
    assert.ok(!children.some(isAlive), "children are gone");
    assert.equal(session.counts.framesDropped, 0);
  },
});

Deno.test({
  name: "CameraSession reads B-frames and H.265, each picture at its own time",
  ignore,
  async fn() {
    const shape = { width: 320, height: 240, fps: FPS, frames: FRAMES, gop: 15 };
    const reordered = folder.file("reordered.mp4");
    const hevc = folder.file("hevc.mp4");
    await makeNumberedClip(reordered, { ...shape, bFrames: 2 });
    await makeNumberedClip(hevc, { ...shape, codec: "libx265" });
    for (const clip of isFull ? [reordered, hevc] : [reordered]) {
      await using camera = await RtspCamera.start({ clips: [clip], fps: FPS });
      const sink = new RecordingSink();
      await using _session = watch(camera.url, sink, { fps: 30 });
      await sink.until("30 frames", () => sink.frames.length >= 30);
      assertPicturesFitTimes(sink);
    }
  },
});

Deno.test({
  name: "CameraSession keeps a password out of command lines, states and words",
  ignore,
  async fn() {
    const password = "p@ss/w:rd#1 %";
    for (const auth of ["digest", "basic"] as const) {
      await using camera = await RtspCamera.start({
        clips: [small],
        user: "admin",
        password,
        auth,
      });
      const sink = new RecordingSink();
      await using session = watch(camera.url, sink);
      await sink.moreFrames(2);
      for (const pid of session.children) {
        const title = Deno.readTextFileSync(`/proc/${pid}/cmdline`);
        assert.ok(!title.includes("w:rd") && !title.includes("w%3Ard"), title);
      }
      assert.doesNotMatch(sink.words.join(), /w:rd|w%3Ard|admin/);
    }
  },
});

Deno.test({
  name: "CameraSession says why a camera cannot be had",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({
      clips: [small],
      user: "u",
      password: "Pa55word",
    });
    const here = `127.0.0.1:${camera.port}`;
    const cases = [
      [`rtsp://u:Oth3r@${here}/cam`, "auth"],
      [`rtsp://u:Pa55word@${here}/nonesuch`, "not_found"],
      [`rtsp://127.0.0.1:9/cam`, "refused"],
      [`rtsp://nonesuch.invalid/cam`, "dns"],
      [`rtsps://u:Pa55word@${here}/cam`, "tls"],
    ] as const;
    await Promise.all(cases.map(async ([url, why]) => {
      const sink = new RecordingSink();
      await using _session = watch(url, sink);
      const at = await sink.untilState("offline");
      assert.equal(sink.states[at]!.why, why, url);
      assert.doesNotMatch(sink.words[at]!, /Pa55word|Oth3r/);
    }));
  },
});

Deno.test({
  name: "CameraSession comes back when a killed camera is there again with another size",
  ignore,
  async fn() {
    const sink = new RecordingSink();
    const address = ownLoopback();
    const first = await RtspCamera.start({ clips: [small, big], fps: FPS, address });
    await using _session = watch(first.url, sink);
    await sink.moreFrames(10);
    await first[Symbol.asyncDispose]();
    const offline = await sink.untilState("offline");
    const before = sink.frames.at(-1)!;
    const framesBefore = sink.frames.length;
    await using _second = await RtspCamera.start({
      clips: [small, big],
      clip: 1,
      fps: FPS,
      address,
      port: first.port,
    });
    await sink.untilState("online", offline);
    await sink.moreFrames(15);
    assert.deepEqual(sink.formats, [{ width: 320, height: 240 }, {
      width: 480,
      height: 272,
    }]);
    assertPicturesFitTimes(sink, framesBefore);
    const after = sink.frames[framesBefore]!;
    assert.ok(after.ptsUs > before.ptsUs, "time goes on over sessions");
    const [ptsMs, arrivalMs] = [
      (after.ptsUs - before.ptsUs) / 1e3,
      after.arrivalMs - before.arrivalMs,
    ];
    assert.ok(Math.abs(ptsMs - arrivalMs) < 500, `${ptsMs} ms as ${arrivalMs} ms passed`);
  },
});

Deno.test({
  name: "CameraSession goes on when its children are killed or hang",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using session = watch(camera.url, sink);
    await sink.moreFrames(10);
    const [demux, decode] = session.children as [number, number];

    Deno.kill(decode, "SIGKILL");
    await sink.until("a new decoder", () => !isAlive(decode));
    await sink.moreFrames(20, 5_000);
    assert.equal(session.children[0], demux, "the camera's session is not touched");
    assert.equal(session.counts.decoderRestarts, 1);
    assertPicturesFitTimes(sink);

    Deno.kill(session.children[1]!, "SIGSTOP");
    await sink.until(
      "a second restart",
      () => session.counts.decoderRestarts === 2,
      8_000,
    );
    await sink.moreFrames(10, 5_000);
    assert.equal(session.children[0], demux);
    assertPicturesFitTimes(sink);

    const seen = sink.frames.length;
    Deno.kill(demux, "SIGKILL");
    await sink.until("a new session", () => session.counts.reconnects === 1);
    await sink.moreFrames(10, 5_000);
    assertPicturesFitTimes(sink, seen + 2);
    await sink.until("online", () => sink.states.at(-1)!.state === "online");
  },
});

Deno.test({
  name: "CameraSession tells a stalled camera and takes it up again",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using session = watch(camera.url, sink);
    await sink.moreFrames(5);
    await camera.command("stall");
    const stalled = await sink.untilState("stalled", 0, 6_000);
    assert.equal(sink.states[stalled]!.why, "no_frames");
    await sink.until("a new session", () => session.counts.reconnects > 0, 8_000);
    await camera.command("resume");
    await sink.untilState("online", stalled, 15_000);
  },
});

Deno.test({
  name: "CameraSession tells a camera that is off after it had stalled",
  ignore: ignore || !isFull,
  async fn() {
    const camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using session = watch(camera.url, sink);
    await sink.moreFrames(5);
    await camera.command("stall");
    const stalled = await sink.untilState("stalled", 0, 6_000);
    await sink.until("a new session", () => session.counts.reconnects > 0, 8_000);
    await camera[Symbol.asyncDispose]();
    const offline = await sink.untilState("offline", stalled, 15_000);
    assert.equal(sink.states[offline]!.why, "refused");
  },
});

Deno.test({
  name: "CameraSession begins anew when a camera's time jumps back",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using session = watch(camera.url, sink, { fps: 30 });
    await sink.until("4 s of frames", () => sink.frames.length >= 4 * FPS);
    await camera.command("jump -3");
    await sink.until("a new session", () => session.counts.reconnects > 0, 2_000);
    const seen = sink.frames.length;
    await sink.moreFrames(10, 4_000);
    assertPicturesFitTimes(sink, seen + 1);
    const times = sink.frames.map(({ ptsUs }) => ptsUs);
    assert.deepEqual(times, times.toSorted((a, b) => a - b), "our time goes on");
    await sink.until("online", () => sink.states.at(-1)!.state === "online");
    assert.equal(session.counts.reconnects, 1);
  },
});

Deno.test({
  name: "CameraSession tells a frozen camera and its thaw",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using _session = watch(camera.url, sink);
    await sink.moreFrames(5);
    await camera.command("freeze");
    const frozen = await sink.untilState("frozen", 0, 10_000);
    assert.equal(sink.states[frozen]!.why, "equal");
    await camera.command("thaw");
    await sink.untilState("online", frozen, 3_000);
  },
});

Deno.test({
  name: "CameraSession marks frames after lost pictures up to the next keyframe",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const sink = new RecordingSink();
    await using _session = watch(camera.url, sink, { fps: 30 });
    await sink.until(
      "a second GOP",
      () => sink.frames.some(({ number }) => number >= 20),
    );
    await camera.command("lose 2");
    const doubtful = await sink.untilState("doubtful");
    assert.equal(sink.states[doubtful]!.why, "gap");
    await sink.untilState("online", doubtful);
    const marked = sink.frames.filter((frame) => frame.doubtful);
    assert.ok(marked.length > 0 && marked.length < 15, `${marked.length} frames`);
    const gops = new Set(marked.map(({ number }) => Math.floor(number / 15)));
    assert.equal(gops.size, 1, "only of the GOP that was torn");
    assert.ok(marked.every(({ number }) => number % 15 !== 0), "no keyframe");
    const torn = sink.frames.findIndex((frame) => frame.doubtful);
    assertPicturesFitTimes(sink, torn + marked.length);
  },
});

Deno.test({
  name: "CameraSession leaves no FFmpeg when its program is killed and the camera stalls",
  ignore,
  async fn() {
    await using camera = await RtspCamera.start({ clips: [small], fps: FPS });
    const program = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        new URL("../support/watch_camera.ts", import.meta.url).pathname,
        camera.url,
      ],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = program.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const children: number[] = JSON.parse((await reader.read()).value!);
    assert.equal(children.length, 2);
    await camera.command("stall");
    program.kill("SIGKILL");
    await program.status;
    await reader.cancel();
    await new RecordingSink().until(
      "end of FFmpeg",
      () => !children.some(isAlive),
      3_000,
    );
    assert.deepEqual(children.filter(isAlive), []);
  },
});
