/**
 * What the whole program costs on one 1080p25 RTSP camera with one page open, against
 * FFmpeg alone decoding the same stream to the same small frames into null.
 *
 * `deno run -A tests/bench/whole_cost_bench.ts [PAIRS] [SECONDS]` (5 pairs of 30 s).
 * Prints CPU of both in every pair, their ratio's median, memory, and how old frames
 * are when they reach a client of `/ws`. Goals: design figures of the project.
 * @module
 */
import { sleep, systemClock } from "../../base/clock.ts";
import { openScene } from "../../capture/scene/scene_frames.ts";
import { openPage } from "../support/browser.ts";
import { ffmpeg, TestFolder } from "../support/clips.ts";
import { LiveClient } from "../support/live_client.ts";
import { residentBytes, treeCpuSeconds } from "../support/process_cpu.ts";
import { RtspCamera } from "../support/rtsp_camera.ts";
import { watch } from "../support/watching.ts";

const FPS = 25;
const CLIP_SECONDS = 12;
const SETTLE_SECONDS = 8;

const pairs = Number(Deno.args[0] ?? 5);
const seconds = Number(Deno.args[1] ?? 30);

interface Cost {
  /** Percent of one core. */
  readonly cpuPercent: number;
  readonly memoryMegabytes: number;
  /** Ages at a silent client, ms, sorted. */
  readonly agesMs: readonly number[];
}

using folder = new TestFolder();
const clip = folder.file("street.mp4");
await makeStreetClip(clip);
await using camera = await RtspCamera.start({ clips: [clip], fps: FPS });
const ratios: number[] = [];
for (let pair = 1; pair <= pairs; pair++) {
  const alone = await costAlone(camera.url);
  const whole = await costWhole(camera.url);
  ratios.push(whole.cpuPercent / alone.cpuPercent);
  const at = (part: number) => whole.agesMs[Math.floor(whole.agesMs.length * part)];
  console.log(
    `pair ${pair}: ffmpeg alone ${alone.cpuPercent.toFixed(1)} %, ` +
      `whole ${whole.cpuPercent.toFixed(1)} % (x${ratios.at(-1)!.toFixed(2)}), ` +
      `${whole.memoryMegabytes.toFixed(0)} MB, age p50 ${at(0.5)} p95 ${at(0.95)} ms`,
  );
}
console.log(
  `median x${ratios.toSorted((a, b) => a - b)[ratios.length >> 1]!.toFixed(2)}`,
);

/** FFmpeg's own words for the baseline that the goals name. */
async function costAlone(url: string): Promise<Cost> {
  const filter = "fps=10,scale=640:-2:flags=area,format=yuv420p";
  const child = new Deno.Command("ffmpeg", {
    args: [
      ...["-nostdin", "-v", "error", "-threads", "1", "-rtsp_transport", "tcp"],
      ...["-i", url, "-vf", filter, "-fps_mode", "passthrough", "-f", "rawvideo"],
      ...["-y", "/dev/null"],
    ],
    stderr: "null",
  }).spawn();
  try {
    await seconded(SETTLE_SECONDS);
    return { ...await measured(child.pid), agesMs: [] };
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

async function costWhole(url: string): Promise<Cost> {
  await using watching = await watch(url);
  await using _page = await openPage({ url: watching.page });
  await using live = new LiveClient(watching.socket);
  await seconded(SETTLE_SECONDS);
  const before = live.frames.length;
  const { pid } = watching.program;
  const { cpuPercent } = await measured(pid);
  const agesMs = live.frames.slice(before)
    .map(({ message, atMs }) => atMs - message.tMs)
    .toSorted((a, b) => a - b);
  return { cpuPercent, agesMs, memoryMegabytes: residentBytes(pid) / 1e6 };
}

async function measured(pid: number): Promise<Cost> {
  const [startMs, startCpu] = [performance.now(), treeCpuSeconds(pid)];
  await seconded(seconds);
  const passed = (performance.now() - startMs) / 1_000;
  const cpuPercent = 100 * (treeCpuSeconds(pid) - startCpu) / passed;
  return { cpuPercent, agesMs: [], memoryMegabytes: residentBytes(pid) / 1e6 };
}

function seconded(count: number): Promise<void> {
  return sleep(systemClock, count * 1_000);
}

/** The drawn street as 1080p25 H.264, about 4 Mbit/s, a keyframe a second. */
async function makeStreetClip(path: string): Promise<void> {
  const raw = `${path}.yuv`;
  const scene = openScene("street", {
    seed: 1,
    fps: FPS,
    width: 1_920,
    seconds: CLIP_SECONDS,
  });
  {
    using file = Deno.openSync(raw, { write: true, create: true, truncate: true });
    for (const { pixels } of scene.frames()) {
      for (let at = 0; at < pixels.length;) at += file.writeSync(pixels.subarray(at));
    }
  }
  const { width, height } = scene.format;
  await ffmpeg([
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`],
    ...["-r", `${FPS}`, "-i", raw, "-c:v", "libx264", "-preset", "veryfast"],
    ...["-profile:v", "high", "-b:v", "4M", "-g", `${FPS}`, "-bf", "0", path],
  ]);
  Deno.removeSync(raw);
}
