/**
 * What each pixel pass costs: `deno run -A tests/bench/kernels_bench.ts [FRAMES]`.
 *
 * Prints, for three frame sizes, the median milliseconds of every pass, its share of
 * the whole, and what the whole costs against 640x480. Shares and ratios of one run
 * hold from machine to machine; milliseconds do not. The frames are drawn here:
 * texture, noise, a block that crosses.
 * @module
 */
import { workSize } from "../../analysis/work_size.ts";
import type { Kernels } from "../../analysis/kernels/kernels.ts";
import { kernelsTs } from "../../analysis/kernels/kernels_ts.ts";
import { loadKernelsWasm } from "../../analysis/kernels/kernels_wasm.ts";
import { Lottery } from "../../analysis/kernels/kernels_scenes.ts";
import { systemClock } from "../../base/clock.ts";
import { frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";

const SIZES: readonly FrameFormat[] = [
  { width: 640, height: 480 },
  { width: 768, height: 576 },
  { width: 1920, height: 1080 },
];
/** Frames until the model is warm and the code compiled. */
const WARM_UP = 70;
/** Different frames, shown in turn. */
const FRAMES_DRAWN = 8;

const PASSES = [
  "load",
  "compensate",
  "match",
  "findShadows",
  "dropShadows",
  "vote",
  "fillHoles",
  "releaseGhosts",
  "adapt",
  "learn",
] as const;
type Pass = (typeof PASSES)[number];

if (import.meta.main) main(Number(Deno.args[0] ?? 200));

function main(frames: number): void {
  const kernels = Deno.args[1] === "ts" ? kernelsTs : loadKernelsWasm()!;
  let first = 0;
  for (const format of SIZES) {
    const { perPass, whole } = measure(kernels, format, frames);
    if (first === 0) first = whole;
    const ratio = (whole / first).toFixed(2);
    const size = `${format.width}x${format.height}`;
    console.log(`${size}: ${whole.toFixed(2)} ms, ${ratio} of 640x480`);
    for (const pass of PASSES) {
      const ms = perPass.get(pass)!;
      const share = ((100 * ms) / whole).toFixed(1).padStart(5);
      console.log(`  ${pass.padEnd(14)}${ms.toFixed(3).padStart(8)} ms ${share} %`);
    }
  }
}

/** Medians; of `releaseGhosts`, which runs every fourth frame, a quarter of it. */
function measure(
  kernels: Kernels,
  format: FrameFormat,
  frames: number,
): { perPass: Map<Pass, number>; whole: number } {
  const work = workSize(format.width, format.height);
  const planes = kernels.allocate(work);
  const drawn = Array.from({ length: FRAMES_DRAWN }, (_, index) => draw(format, index));
  const times = new Map<Pass, number[]>(PASSES.map((pass) => [pass, []]));
  for (let turn = 0; turn < WARM_UP + frames; turn++) {
    const lap = (pass: Pass, run: () => void) => {
      const from = systemClock.monotonicMs();
      run();
      if (turn >= WARM_UP) times.get(pass)!.push(systemClock.monotonicMs() - from);
    };
    const pixels = drawn[turn % FRAMES_DRAWN]!;
    lap("load", () => kernels.load(planes, pixels, format, work.divisor));
    if (turn === 0) kernels.seed(planes);
    else lap("compensate", () => kernels.compensate(planes, turn));
    lap("match", () => kernels.match(planes));
    lap("findShadows", () => kernels.findShadows(planes));
    lap("dropShadows", () => kernels.dropShadows(planes));
    lap("vote", () => kernels.vote(planes));
    lap("fillHoles", () => kernels.fillHoles(planes));
    if (turn % 4 === 3) lap("releaseGhosts", () => kernels.releaseGhosts(planes));
    lap("adapt", () => kernels.adapt(planes));
    lap("learn", () => kernels.learn(planes, { turn, rate: 64, shift: 3 }));
  }
  const perPass = new Map(PASSES.map((pass) => {
    const ms = median(times.get(pass)!);
    return [pass, pass === "releaseGhosts" ? ms / 4 : ms];
  }));
  const whole = [...perPass.values()].reduce((sum, ms) => sum + ms, 0);
  return { perPass, whole };
}

function draw(format: FrameFormat, index: number): Uint8Array {
  const { width, height } = format;
  const lottery = new Lottery(index + 1);
  const pixels = new Uint8Array(frameBytes(format)).fill(128);
  const left = (index * width) / 10;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const block = x >= left && x < left + width / 12 && y > height / 3 &&
        y < (2 * height) / 3;
      const still = 70 + (((x >> 2) * 5 + (y >> 2) * 3) % 80);
      pixels[y * width + x] = (block ? 220 : still) + lottery.below(9);
    }
  }
  return pixels;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
