/**
 * `streamware bench analysis`: what the analysis costs on this machine. Reads the command
 * line and prints; what is measured is `bench_measure.ts`, on `bench_frames.ts`.
 * @module
 */
import process from "node:process";
import { type Kernels } from "../analysis/kernels/kernels.ts";
import { kernelsHere } from "../analysis/kernels/kernels_here.ts";
import { kernelsTs } from "../analysis/kernels/kernels_ts.ts";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import {
  type BenchFrames,
  clipFrames,
  noiseFrames,
  streetFrames,
} from "./bench_frames.ts";
import { captureCommand } from "./bench_capture.ts";
import { classesCommand } from "./bench_classes.ts";
import { type BenchFigures, measureAnalysis } from "./bench_measure.ts";
import { type BenchRecord, keepRecord, lastKept, lossWords } from "./bench_results.ts";
import { placeAndTime } from "./bench_place.ts";
import { figuresHead, figuresLines } from "./bench_words.ts";
import type { Subcommand, SubcommandGroup, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

const FRAMES_OTHERWISE = 400;
/** Different frames that are shown, forth and back. */
const FRAMES_SHOWN = 80;
const FRAMES_SHOWN_LARGE = 40;

const analysisCommand: Subcommand = {
  name: "analysis",
  summary: "Measure the analysis: ms per frame, stage by stage, and what it allocates.",
  flags: [
    {
      flag: "--clip",
      value: "FILE",
      doc: "Measure on this clip's first frames, not on drawn ones; repeatable.",
      repeatable: true,
    },
    {
      flag: "--frames",
      value: "NUMBER",
      doc: "Frames that are measured of each.",
      defaultWords: String(FRAMES_OTHERWISE),
    },
    {
      flag: "--kernels",
      value: "fastest|ts",
      doc: "The passes over pixels: what runs fastest here, or their TypeScript.",
      defaultWords: "fastest",
    },
    {
      flag: "--results",
      value: "FILE",
      doc: "Compare with what was kept here of this machine.",
    },
    { flag: "--keep", doc: "Add what was measured to the results." },
    { flag: "--json", doc: "Print each as JSON." },
  ],
  examples: [
    "streamware bench analysis",
    "streamware bench analysis --clip gate.mp4 --frames 1000",
    "streamware bench analysis --results tests/bench/results.jsonl --keep",
  ],
  run: (_argument, typed) => benchAnalysis(typed, standardOutput()),
};

export const benchCommand: SubcommandGroup = {
  name: "bench",
  summary: "Measure what the program costs on this machine.",
  subcommands: [analysisCommand, captureCommand, classesCommand],
};

/**
 * Measures and prints. @returns the exit code, 0 also after a loss: it is shown
 * @throws Fault when a flag or a clip is wrong
 */
async function benchAnalysis(typed: Typed, output: Output): Promise<number> {
  const frames = typedNumber(typed, "--frames", { min: 1, max: 100_000, whole: true }) ??
    FRAMES_OTHERWISE;
  const results = typedText(typed, "--results");
  if (typed["--keep"] && results === undefined) {
    throw new Fault("usage", "Cannot keep the figures: --keep needs --results FILE");
  }
  const kernels = kernelsOf(typedText(typed, "--kernels"));
  const place = await placeAndTime(systemClock, kernels.name);
  if (!typed["--json"]) output.line(figuresHead(place));
  for (const open of shownOf(typed)) {
    const heapBytes = () => Deno.memoryUsage().heapUsed;
    const parts = { kernels, clock: systemClock, heapBytes, cpuMs };
    const figures = measureAnalysis(await open(), frames, parts);
    const record = { ...place, ...figures };
    if (!print(record, output, typed["--json"] === true)) break;
    if (results === undefined) continue;
    tellLoss(record, { results, output });
    if (typed["--keep"]) keepRecord(results, record);
  }
  return 0;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** What is measured, each made when its turn has come: frames take much memory. */
function shownOf(typed: Typed): readonly (() => Promise<BenchFrames> | BenchFrames)[] {
  const clips = typed["--clip"];
  if (Array.isArray(clips)) {
    return clips.map((clip) => () => clipFrames(String(clip), FRAMES_SHOWN));
  }
  return [
    () => noiseFrames({ width: 640, height: 480 }, FRAMES_SHOWN),
    () => streetFrames(768, FRAMES_SHOWN),
    () => streetFrames(960, FRAMES_SHOWN),
    () => streetFrames(1_920, FRAMES_SHOWN_LARGE),
  ];
}

function kernelsOf(text: string | undefined): Kernels {
  if (text === undefined || text === "fastest") return kernelsHere();
  if (text === "ts") return kernelsTs;
  throw new Fault("usage", `Cannot measure kernels "${text}": use fastest or ts`);
}

function print(record: BenchFigures, output: Output, asJson: boolean): boolean {
  if (asJson) return output.line(JSON.stringify(record));
  return figuresLines(record).every((line) => output.line(line));
}

function tellLoss(
  record: BenchRecord,
  { results, output }: { readonly results: string; readonly output: Output },
): void {
  const words = lossWords(record, lastKept(results, record));
  if (words !== undefined) output.remark(words);
}
