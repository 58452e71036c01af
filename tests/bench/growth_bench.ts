/**
 * Does a frame cost more after many hours and many ids? It must not:
 * `deno run -A tests/bench/growth_bench.ts [HOURS]` (1 hour of 10 frames a second).
 *
 * Small frames, with noise and things that come and go without end. Prints the median
 * cost and the heap of the first minutes and of the last, their ratio, and how many ids
 * were handed out. What grows with neither is a ratio near 1.
 * @module
 */
import { Analyzer } from "../../analysis/analyzer.ts";
import { EpisodeAssembler } from "../../analysis/episode_assembler.ts";
import { kernelsHere } from "../../analysis/kernels/kernels_here.ts";
import { Lottery } from "../../analysis/kernels/kernels_scenes.ts";
import { systemClock } from "../../base/clock.ts";
import { frameBytes } from "../../capture/frame/frame.ts";

const FORMAT = { width: 160, height: 120 };
const FPS = 10;
/** Frames that are compared, at the beginning and at the end. */
const COMPARED = 3_000;
/** Frames until the code is compiled and the model is warm. */
const WARM_UP = 3_000;
/** A thing enters in each lane after so many frames, and crosses in fewer. */
const LANES = [{ top: 12, every: 45 }, { top: 48, every: 60 }, { top: 84, every: 75 }];

if (import.meta.main) main(Number(Deno.args[0] ?? 1));

function main(hours: number): void {
  const frames = Math.max(2 * COMPARED + WARM_UP, Math.round(hours * 3_600 * FPS));
  const analyzer = new Analyzer({
    ...{ camera: "growth", format: FORMAT, fps: FPS, clock: "media" },
    kernels: kernelsHere(),
  });
  const assembler = new EpisodeAssembler({ zones: [], judge: "foot" });
  const noise = noisePictures();
  const pixels = analyzer.frameBuffer();
  const times = { first: new Float64Array(COMPARED), last: new Float64Array(COMPARED) };
  const heap = { first: 0, last: 0 };
  for (let frame = 0; frame < frames; frame++) {
    draw(pixels, noise[frame % noise.length]!, frame);
    const fromMs = systemClock.monotonicMs();
    const tMs = frame * 1_000 / FPS;
    assembler.step(analyzer.step({
      ...{ pixels, ptsUs: tMs * 1_000, tMs, number: frame + 1 },
      ...{ skipped: 0, doubtful: false },
    }));
    const tookMs = systemClock.monotonicMs() - fromMs;
    const [first, last] = [frame - WARM_UP, frame - (frames - COMPARED)];
    if (first >= 0 && first < COMPARED) times.first[first] = tookMs;
    if (last >= 0) times.last[last] = tookMs;
    if (first === COMPARED) heap.first = heapNow();
  }
  heap.last = heapNow();
  tell("ms per frame", median(times.first), median(times.last));
  tell("heap, MB", heap.first / 1e6, heap.last / 1e6);
  console.log(`${frames} frames, ${analyzer.nextTrack - 1} ids`);
}

function tell(what: string, first: number, last: number): void {
  const ratio = (last / first).toFixed(2);
  console.log(`${what}: ${first.toFixed(3)} first, ${last.toFixed(3)} last, x${ratio}`);
}

/** The least of some looks: what waits for the collector does not count. */
function heapNow(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  return Deno.memoryUsage().heapUsed;
}

function noisePictures(): Uint8Array[] {
  const { width, height } = FORMAT;
  const lottery = new Lottery(3);
  return Array.from({ length: 16 }, () => {
    const pixels = new Uint8Array(frameBytes(FORMAT)).fill(128);
    for (let i = 0; i < width * height; i++) {
      pixels[i] = 80 + ((i >> 3) % 40) + lottery.below(7);
    }
    return pixels;
  });
}

/** Things cross from left to right, each as bright as its turn says. */
function draw(pixels: Uint8Array, noise: Uint8Array, frame: number): void {
  const { width } = FORMAT;
  pixels.set(noise);
  LANES.forEach(({ top, every }, lane) => {
    const left = 4 * (frame % every) - 16;
    const luma = 200 + 12 * ((Math.floor(frame / every) + lane) % 4);
    for (let row = top; row < top + 26; row++) {
      const from = Math.max(0, left);
      const to = Math.min(width, left + 14);
      if (from < to) pixels.fill(luma, row * width + from, row * width + to);
    }
  });
}

function median(values: Float64Array): number {
  return values.toSorted()[values.length >> 1]!;
}
