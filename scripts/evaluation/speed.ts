/**
 * Our analysis against the usual way with OpenCV, on the same frames in one run:
 * frame in memory to blobs, tracks and events, one thread, CPU milliseconds a frame.
 *
 * `deno run -A scripts/evaluation/speed.ts [--footage DIR] [--json FILE]`.
 * Ratios hold from machine to machine; milliseconds do not.
 * @module
 */
import { existsSync } from "node:fs";
import process from "node:process";
import { Analyzer } from "../../analysis/analyzer.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { systemClock } from "../../base/clock.ts";
import type { FrameFormat } from "../../capture/frame/frame.ts";
import { clipFrames, noiseFrames, streetFrames } from "../../cli/bench_frames.ts";
import { defaultFootage, readFlags } from "./command_line.ts";
import { run } from "./raw_video.ts";

interface SpeedCase {
  readonly name: string;
  readonly format: FrameFormat;
  readonly frames: number;
  /** What others and we reach elsewhere, CPU ms per frame. */
  readonly original: number;
  readonly goal: number;
  readonly from: "noise" | "pets" | "scene";
}

const CASES: readonly SpeedCase[] = [
  {
    ...{ name: "640x480 noise, 2 objects", format: { width: 640, height: 480 } },
    ...{ frames: 100, original: 5.1, goal: 0.25, from: "noise" },
  },
  {
    ...{ name: "768x576 pets2009_s2l1", format: { width: 768, height: 576 } },
    ...{ frames: 100, original: 10.1, goal: 0.45, from: "pets" },
  },
  {
    ...{ name: "960x540 scene:street", format: { width: 960, height: 540 } },
    ...{ frames: 80, original: 14.6, goal: 0.55, from: "scene" },
  },
  {
    ...{ name: "1920x1080 scene:street", format: { width: 1920, height: 1080 } },
    ...{ frames: 40, original: 47.4, goal: 1.6, from: "scene" },
  },
];

export interface SpeedFigure {
  readonly name: string;
  /** Median over the frames, ms. */
  readonly oursMs: number;
  /** CPU of the whole process over the same frames, mean, ms. */
  readonly oursCpuMs: number;
  readonly baselineMs: number;
  /** How many times faster: baseline's median against ours. */
  readonly ratio: number;
  readonly original: number;
  readonly goal: number;
}

const KERNELS = kernelsHere();
/** Turns of ours and of the baseline, one after the other; the middle one counts. */
const ROUNDS = 3;
/** Times the frames are shown, forth and back, before and while the clock runs. */
const WARM_UP_SHOWS = 2;
const SHOWS = 4;

/** Measures one case; undefined when its footage is missing. */
export async function measure(
  one: SpeedCase,
  footage: string,
): Promise<SpeedFigure | undefined> {
  const frames = await framesOf(one, footage);
  if (!frames) return undefined;
  const folder = await Deno.makeTempDir({ prefix: "streamware-speed-" });
  try {
    const path = `${folder}/frames.yuv`;
    await writeAll(path, frames);
    const ours: OurTimes[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(timeOurs(frames, one.format));
      baseline.push(await timeBaseline(path, one.format));
    }
    const oursMs = median(ours.map(({ medianMs }) => medianMs));
    const baselineMs = median(baseline);
    return {
      name: one.name,
      oursMs,
      oursCpuMs: median(ours.map(({ cpuMs }) => cpuMs)),
      baselineMs,
      ratio: baselineMs / oursMs,
      original: one.original,
      goal: one.goal,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface OurTimes {
  readonly medianMs: number;
  readonly cpuMs: number;
}

/** Shows the frames forth and back, so that nothing jumps. */
function timeOurs(frames: readonly Uint8Array[], format: FrameFormat): OurTimes {
  const analyzer = new Analyzer({
    ...{ camera: "bench", format, fps: 0, clock: "media", kernels: KERNELS },
  });
  const buffer = analyzer.frameBuffer();
  const turns = [...frames, ...frames.slice(1, -1).reverse()];
  const timesMs: number[] = [];
  let cpuFrom = process.cpuUsage();
  for (let i = 0; i < turns.length * (WARM_UP_SHOWS + SHOWS); i++) {
    if (i === turns.length * WARM_UP_SHOWS) cpuFrom = process.cpuUsage();
    // In life they are read straight to there.
    buffer.set(turns[i % turns.length]!);
    const startedMs = systemClock.monotonicMs();
    analyzer.step({
      pixels: buffer,
      ...{ ptsUs: i * 100_000, tMs: i * 100, number: i + 1, skipped: 0, doubtful: false },
    });
    if (i >= turns.length * WARM_UP_SHOWS) {
      timesMs.push(systemClock.monotonicMs() - startedMs);
    }
  }
  const cpu = process.cpuUsage(cpuFrom);
  return {
    medianMs: median(timesMs),
    cpuMs: (cpu.user + cpu.system) / 1_000 / timesMs.length,
  };
}

async function timeBaseline(path: string, { width, height }: FrameFormat) {
  const script = new URL("./opencv_baseline.py", import.meta.url).pathname;
  const args = [script, path, String(width), String(height)];
  const { medianMs } = JSON.parse(await run("/usr/bin/python3", args));
  return Number(medianMs);
}

async function framesOf(
  { from, format, frames }: SpeedCase,
  footage: string,
): Promise<readonly Uint8Array[] | undefined> {
  if (from === "noise") return noiseFrames(format, frames).frames;
  if (from === "scene") return streetFrames(format.width, frames).frames;
  const clip = `${footage}/pets2009_s2l1/vtest.mp4`;
  if (!existsSync(clip)) return undefined;
  return (await clipFrames(clip, frames)).frames;
}

async function writeAll(path: string, frames: readonly Uint8Array[]): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (const frame of frames) {
    for (let at = 0; at < frame.length;) at += await file.write(frame.subarray(at));
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function formatSpeed(result: SpeedFigure): string {
  const ms = (value: number) => value.toFixed(2).padStart(6);
  const { name, oursMs, oursCpuMs, baselineMs, ratio, goal, original } = result;
  return `| ${name.padEnd(24)} |${ms(oursMs)} |${ms(oursCpuMs)} |${ms(baselineMs)} ` +
    `|${ratio.toFixed(1).padStart(5)}x |${ms(goal)} |${ms(original)} |`;
}

if (import.meta.main) {
  const flags = readFlags(Deno.args, ["--footage", "--json"]);
  const results: SpeedFigure[] = [];
  console.log(
    "| ms per frame             |  ours | (CPU) | OpenCV | ratio | goal | original |",
  );
  console.log(
    "| ------------------------ | ----- | ----- | ------ | ----- | ---- | -------- |",
  );
  for (const one of CASES) {
    const result = await measure(one, flags.get("--footage") ?? defaultFootage());
    console.log(result ? formatSpeed(result) : `${one.name}: MISSING, not measured`);
    if (result) results.push(result);
  }
  const json = flags.get("--json");
  if (json) Deno.writeTextFileSync(json, JSON.stringify(results, null, 2) + "\n");
}
