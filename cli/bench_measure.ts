/**
 * Measures the analysis on frames in memory: what every stage takes from the frame to
 * its episodes, and what a frame leaves to the garbage collector. Prints nothing.
 * @module
 */
import { Analyzer } from "../analysis/analyzer.ts";
import { EpisodeAssembler } from "../analysis/episode_assembler.ts";
import { STAGES } from "../analysis/foreground.ts";
import type { Kernels } from "../analysis/kernels/kernels.ts";
import type { Clock } from "../base/clock.ts";
import type { BenchFrames } from "./bench_frames.ts";
import { StageTimes } from "./stage_times.ts";

/** What is told apart; `read` is the frame's way into the kernels' memory. */
export const BENCH_STAGES = ["read", ...STAGES, "episodes", "all"] as const;
export type BenchStage = (typeof BENCH_STAGES)[number];

/** ms of one frame, to 4 digits. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface BenchFigures {
  readonly name: string;
  readonly frames: number;
  /** `all` is everything but `read`: the frame lies in memory. */
  readonly stagesMs: Readonly<Record<BenchStage, Percentiles>>;
  /** CPU of the whole process over these frames, `read` and the collector included, mean. */
  readonly cpuMs: number;
  /** Heap allocated for one frame, its Observation included; median. */
  readonly garbageBytes: number;
}

export interface BenchParts {
  readonly kernels: Kernels;
  readonly clock: Clock;
  /** CPU that this process has used so far, ms. */
  readonly cpuMs: () => number;
  /** Bytes of the heap that are in use. */
  readonly heapBytes: () => number;
}

/** Times the frames are shown, forth and back, before the clock counts. */
const WARM_UP_SHOWS = 2;
/** Frames between two looks at the heap. */
const HEAP_BATCH = 16;

/** Shows the frames forth and back, so that nothing jumps, until `count` were measured. */
export function measureAnalysis(
  shown: BenchFrames,
  count: number,
  parts: BenchParts,
): BenchFigures {
  const run = new Run(shown, parts);
  for (let i = 0; i < WARM_UP_SHOWS * run.turns; i++) run.step();
  const times = new Map(BENCH_STAGES.map((stage) => [stage, new Float64Array(count)]));
  const cpuFromMs = parts.cpuMs();
  for (let i = 0; i < count; i++) {
    run.step();
    for (const stage of BENCH_STAGES) times.get(stage)![i] = run.tookMs[stage];
  }
  const cpuMs = Number(((parts.cpuMs() - cpuFromMs) / count).toFixed(4));
  const stagesMs = Object.fromEntries(
    BENCH_STAGES.map((stage) => [stage, percentilesOf(times.get(stage)!)]),
  ) as Record<BenchStage, Percentiles>;
  const garbageBytes = garbageOf(run, Math.max(8, Math.ceil(count / HEAP_BATCH)), parts);
  return { name: shown.name, frames: count, stagesMs, cpuMs, garbageBytes };
}

/** One analyser and what is shown to it. */
class Run {
  /** Frames of one show. */
  readonly turns: number;
  readonly tookMs: Record<BenchStage, number>;
  readonly #shown: BenchFrames;
  readonly #analyzer: Analyzer;
  readonly #buffer: Uint8Array;
  readonly #assembler = new EpisodeAssembler({ zones: [], judge: "foot" });
  readonly #times: StageTimes;
  readonly #clock: Clock;
  readonly #mark;
  #frame = 0;

  constructor(shown: BenchFrames, { kernels, clock }: BenchParts) {
    const { format, frames } = shown;
    this.#shown = shown;
    this.turns = Math.max(1, 2 * frames.length - 2);
    this.#analyzer = new Analyzer({
      ...{ camera: "bench", format, fps: 0, clock: "media", kernels },
    });
    this.#buffer = this.#analyzer.frameBuffer();
    this.#clock = clock;
    this.#times = new StageTimes(clock);
    this.#mark = this.#times.mark.bind(this.#times);
    this.tookMs = Object.fromEntries(
      BENCH_STAGES.map((stage) => [stage, 0]),
    ) as Record<BenchStage, number>;
  }

  step(): void {
    const { frames } = this.#shown;
    const turn = this.#frame % this.turns;
    const index = turn < frames.length ? turn : this.turns - turn;
    const times = this.#times;
    times.begin();
    this.#buffer.set(frames[index]!);
    times.captured();
    const number = ++this.#frame;
    const observation = this.#analyzer.step({
      pixels: this.#buffer,
      ...{ ptsUs: number * 100_000, tMs: number * 100, number },
      ...{ skipped: 0, doubtful: false },
    }, this.#mark);
    const beforeMs = this.#clock.monotonicMs();
    this.#assembler.step(observation);
    const episodesMs = this.#clock.monotonicMs() - beforeMs;
    this.tookMs.read = times.captureMs;
    for (const stage of STAGES) this.tookMs[stage] = times.stagesMs[stage];
    this.tookMs.episodes = episodesMs;
    this.tookMs.all = times.totalMs + episodesMs;
  }
}

/** Batches during which the collector ran tell nothing: the heap shrank, or less grew. */
function garbageOf(run: Run, batches: number, { heapBytes }: BenchParts): number {
  const grown: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const before = heapBytes();
    const looking = heapBytes() - before;
    const from = heapBytes();
    for (let i = 0; i < HEAP_BATCH; i++) run.step();
    const bytes = heapBytes() - from - looking;
    if (bytes >= 0) grown.push(bytes / HEAP_BATCH);
  }
  grown.sort((a, b) => a - b);
  return Math.round(grown[grown.length >> 1] ?? 0);
}

function percentilesOf(values: Float64Array): Percentiles {
  const sorted = values.toSorted();
  const at = (part: number) =>
    Number((sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(4));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
