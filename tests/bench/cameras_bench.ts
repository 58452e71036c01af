/**
 * What one, four and sixteen cameras cost: `deno run -A tests/bench/cameras_bench.ts
 * [SECONDS] [COUNT,COUNT]` (20 seconds each, 1,4,16).
 *
 * Real RTSP cameras of 640x480 at 10 frames a second play a walker on loopback; the whole
 * program watches them at 5 frames a second. Prints, for each number of cameras, percent
 * of one core and memory of the program and its children, whole and per camera, and how
 * long a stop by SIGTERM takes. The cameras' own cost is not in it.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { TestFolder } from "../support/clips.ts";
import { descendants, eventually, RunningProgram } from "../support/program.ts";
import { treeCpuSeconds } from "../support/process_cpu.ts";
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
  console.log("cameras  % of a core  per camera  MB  per camera  children  stop, ms");
  for (const count of counts) {
    await using camera = await RtspCamera.start({ clips: [clip], fps: WALKER_FPS });
    const { program, stopMs, cpu, bytes, children } = await measured(
      folder,
      { url: camera.url, count, seconds },
    );
    await program[Symbol.asyncDispose]();
    const megabytes = bytes / 1e6;
    const cells = [
      ...[count, cpu.toFixed(1), (cpu / count).toFixed(2)],
      ...[megabytes.toFixed(0), (megabytes / count).toFixed(0), children],
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
  const bytes = all.reduce((sum, pid) => sum + ownBytes(pid), 0);
  const beginMs = systemClock.monotonicMs();
  program.kill("SIGTERM");
  await program.ended();
  const stopMs = systemClock.monotonicMs() - beginMs;
  return { program, stopMs, cpu, bytes, children: all.length - 1 };
}

/** Memory of a process, with its share of what it shares with others. */
function ownBytes(pid: number): number {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/smaps_rollup`);
    return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1_024;
  } catch {
    return 0; // it ended a moment ago
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(delayMs, () => resolve()));
}
