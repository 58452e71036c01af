/**
 * The camera that `bench capture` measures with: a drawn street as 1080p25 H.264, played
 * by the test camera of a checkout over RTSP on loopback. Measures nothing.
 * @module
 */
import { type Clock, sleep } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { type Child, runProgram, startChild } from "../base/subprocess.ts";
import { frameBytes } from "../capture/frame/frame.ts";
import { applyEffects } from "../capture/scene/effect.ts";
import { sensorEffect } from "../capture/scene/effect_sensor.ts";
import { sceneFormat } from "../capture/scene/scenes.ts";
import { Street } from "../capture/scene/street/street.ts";
import { checkoutRoot } from "./bench_place.ts";

export const CAMERA_FPS = 25;
const WIDTH = 1_920;
/** Played in a loop. */
const CLIP_SECONDS = 6;
/** When the street is full. */
const BUSY_FROM_MS = 20_000;
const SEED = 1;
/** Debian's own: others on PATH have no bindings of GStreamer. */
const PYTHON = "/usr/bin/python3";
const SCRIPT = `${checkoutRoot()}tests/support/rtsp_camera.py`;
const READY_MS = 20_000;

/** A street with people and cars, or the same with nobody in it. */
export type Shown = "busy" | "quiet";

/**
 * @throws Fault unavailable where there is no test camera: outside of a checkout, or
 *   without Debian's gst-rtsp-server
 */
export async function checkTestCamera(): Promise<void> {
  const hint = "measure a camera of yours: streamware bench capture --url rtsp://…";
  const cannot = (why: string) =>
    new Fault("unavailable", `Cannot measure capture with the test camera: ${why}`, {
      hint,
    });
  try {
    Deno.statSync(SCRIPT);
  } catch {
    throw cannot("it is part of a checkout, and this is none");
  }
  const imports = "import gi; gi.require_version('GstRtspServer', '1.0')";
  const limits = { timeoutMs: 20_000, outputBytesMax: 10_000 };
  const { code } = await runProgram([PYTHON, "-c", imports], limits)
    .catch(() => ({ code: 1 }));
  if (code === 0) return;
  throw cannot(
    "it needs gst-rtsp-server; sudo apt-get install -y " +
      "gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad",
  );
}

/**
 * Draws 6 s at 1080p25 and codes them as cameras do: H.264, 4 Mbit/s, a keyframe a
 * second, no B-frames. @throws Fault when FFmpeg cannot
 */
export async function makeClip(
  path: string,
  { shown, clock }: { readonly shown: Shown; readonly clock: Clock },
): Promise<void> {
  const format = sceneFormat(WIDTH);
  await using coder = await startChild({
    program: "ffmpeg",
    args: [
      ...["-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p"],
      ...["-s", `${format.width}x${format.height}`, "-r", `${CAMERA_FPS}`],
      ...["-i", "pipe:0", "-c:v", "libx264", "-preset", "veryfast"],
      ...["-profile:v", "high", "-b:v", "4M", "-g", `${CAMERA_FPS}`, "-bf", "0"],
      ...["-y", path],
    ],
    stdin: "pipe",
    outputs: [],
  });
  const busy = shown === "busy";
  const street = new Street({ format, seed: SEED, withTruth: false, comes: () => busy });
  const sensor = { effects: [sensorEffect(SEED)], seed: SEED };
  for (let i = 0; i < CLIP_SECONDS * CAMERA_FPS; i++) {
    const timeMs = BUSY_FROM_MS + 1_000 * i / CAMERA_FPS;
    const pixels = new Uint8Array(frameBytes(format));
    street.paint(timeMs, pixels);
    applyEffects(pixels, format, { ...sensor, timeMs });
    coder.input.write(pixels);
    // Lets it take what it was given: all frames together are 500 MB.
    while (coder.input.waitingBytes > 0) await sleep(clock, 2);
  }
  coder.input.close();
  const { code } = await coder.exited;
  if (code !== 0) throw new Fault("unavailable", "Cannot code a clip: FFmpeg failed");
}

/** A test camera that runs. Disposing ends it. */
export interface TestCamera extends AsyncDisposable {
  readonly url: string;
  /** When it pushed each picture, UTC ms, by the picture's number from 0. */
  readonly pushesMs: ReadonlyMap<number, number>;
}

/** @throws Fault unavailable when it does not begin */
export async function startTestCamera(clip: string, clock: Clock): Promise<TestCamera> {
  const child: Child = await startChild({
    program: PYTHON,
    args: [SCRIPT, "--fps", `${CAMERA_FPS}`, "--log-pushes", clip],
    stdin: "pipe",
    outputs: [1],
  });
  const pushesMs = new Map<number, number>();
  const ready = Promise.withResolvers<number | undefined>();
  onLines(child, (line) => {
    const said = JSON.parse(line);
    if (said.event === "ready") ready.resolve(Number(said.port));
    if (said.event === "push") pushesMs.set(Number(said.picture), Number(said.utc_ms));
  });
  using _late = clock.after(READY_MS, () => ready.resolve(undefined));
  const port = await Promise.race([ready.promise, child.exited.then(() => undefined)]);
  const [url, dispose] = [
    `rtsp://127.0.0.1:${port}/cam`,
    () => child[Symbol.asyncDispose](),
  ];
  if (port !== undefined) return { url, pushesMs, [Symbol.asyncDispose]: dispose };
  await dispose();
  throw new Fault("unavailable", "Cannot start the test camera: it does not begin");
}

/** Whole lines of a child's standard output. */
export function onLines(child: Child, take: (line: string) => void): void {
  const decoder = new TextDecoder();
  let rest = "";
  child.output(1).onBytes((bytes) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line !== "") take(line);
  });
}
