/**
 * What one, four and sixteen cameras cost: `deno run -A tests/bench/cameras_bench.ts
 * [SECONDS] [COUNT,COUNT]` (20 seconds each, 1,4,16).
 *
 * Real RTSP cameras of 640x480 at 10 frames a second play a walker on loopback; the whole
 * program watches them at 5 frames a second. Prints, for each number of cameras, percent
 * of one core of the program and its children, whole and per camera, memory without
 * FFmpeg's and per further camera, FFmpeg's memory beside it, and how long a stop by
 * SIGTERM takes. The cameras' own cost is not in it.
 *
 * Memory is what is resident of each process that is no FFmpeg (RSS), and what
 * lies in the folder of frames, which no process maps.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { TestFolder } from "../support/clips.ts";
import { descendants, eventually, RunningProgram } from "../support/program.ts";
import { residentBytes, treeCpuSeconds } from "../support/process_cpu.ts";
import { RtspCamera } from "../support/rtsp_camera.ts";
import { makeWalkerClip, WALKER_FPS } from "../support/walker_clip.ts";

/** Workers and FFmpeg take more at their start than later. */
const SETTLED_MS = 10_000;
const WATCHED_FPS = 5;

if (import.meta.main) {
  const [seconds = "20", counts = "1,4,16"] = Deno.args;
  await main(Number(seconds), counts.split(",").map(Number));
}

async function main(seconds: number, counts: readonly number[]): Promise<void> {
  using folder = new TestFolder();
  const clip = folder.file("walker.mp4");
  await makeWalkerClip(clip, { width: 640, height: 480 });
  console.log(
    "cameras  % of a core  per camera  MB  per further  FFmpeg, MB  children  stop, ms",
  );
  let alone: number | undefined;
  for (const count of counts) {
    await using camera = await RtspCamera.start({ clips: [clip], fps: WALKER_FPS });
    const { program, stopMs, cpu, memory, children } = await measured(
      folder,
      { url: camera.url, count, seconds },
    );
    await program[Symbol.asyncDispose]();
    const megabytes = memory.ownBytes / 1e6;
    if (count === 1) alone = megabytes;
    const further = count > 1 && alone !== undefined
      ? ((megabytes - alone) / (count - 1)).toFixed(1)
      : "-";
    const cells = [
      ...[count, cpu.toFixed(1), (cpu / count).toFixed(2), megabytes.toFixed(0), further],
      ...[(memory.ffmpegBytes / 1e6).toFixed(0), children],
    ];
    console.log([...cells, stopMs.toFixed(0)].join("  "));
  }
}

async function measured(
  folder: TestFolder,
  { url, count, seconds }: {
    readonly url: string;
    readonly count: number;
    readonly seconds: number;
  },
) {
  const config = folder.file(`cameras${count}.yaml`);
  const names = Array.from({ length: count }, (_, at) => `camera${at}`);
  const own = { url, fps: WATCHED_FPS, idle_after: 0 };
  const settings = {
    cameras: Object.fromEntries(names.map((name) => [name, own])),
    server: { port: 0, original_port: -1 },
    control: { socket: "off" },
    words: { dsl_only: true },
    memory: { folder: folder.file("frames") },
  };
  Deno.writeTextFileSync(config, JSON.stringify(settings));
  const place = ["env", `STATE_DIRECTORY=${folder.path}`];
  const program = new RunningProgram(["run", "--config", config], place);
  const page = await program.printedGroup(/^ {2}page +(\S+)/, 60_000);
  await eventually("all are online", async () => {
    const health = await (await fetch(new URL("healthz", page))).json();
    return health.cameras.every(({ state }: { state: string }) => state === "online");
  }, 60_000);
  await pause(SETTLED_MS);
  const [fromMs, fromS] = [systemClock.monotonicMs(), treeCpuSeconds(program.pid)];
  await pause(seconds * 1_000);
  const usedS = treeCpuSeconds(program.pid) - fromS;
  const cpu = 100_000 * usedS / (systemClock.monotonicMs() - fromMs);
  const all = [program.pid, ...descendants(program.pid)];
  const memory = memoryOf(all, settings.memory.folder);
  const beginMs = systemClock.monotonicMs();
  program.kill("SIGTERM");
  await program.ended();
  const stopMs = systemClock.monotonicMs() - beginMs;
  return { program, stopMs, cpu, memory, children: all.length - 1 };
}

/** Ours and FFmpeg's, in one moment. */
function memoryOf(pids: readonly number[], framesFolder: string) {
  const isFfmpeg = (pid: number) => programOf(pid) === "ffmpeg";
  const resident = (some: readonly number[]) =>
    some.reduce((sum, pid) => sum + residentBytes(pid), 0);
  const own = pids.filter((pid) => !isFfmpeg(pid));
  return {
    ownBytes: resident(own) + bytesBelow(framesFolder),
    ffmpegBytes: resident(pids.filter(isFfmpeg)),
  };
}

function programOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/comm`).trim();
  } catch {
    return ""; // it ended a moment ago
  }
}

/** What the files of a folder take, those of its folders too. */
function bytesBelow(folder: string): number {
  let sum = 0;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    sum += isDirectory ? bytesBelow(path) : fileBytes(path);
  }
  return sum;
}

function fileBytes(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0; // another took its place a moment ago
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(delayMs, () => resolve()));
}
