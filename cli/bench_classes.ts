/**
 * `streamware bench classes`: what one look of the detector costs, what it leaves in
 * memory, and what a camera that is watched meanwhile notices of it. Windows of time with
 * child after child and with none alternate, so that a busy machine slows both.
 * @module
 */
import { type Clock, sleep, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { residentBytes } from "../base/process_metrics.ts";
import { CHILD_MS, Classifier } from "../classes/classifier.ts";
import { knownPicture } from "../classes/known_picture.ts";
import { classifierCommand, CLASSIFY_CROPS } from "../classes/own_command.ts";
import {
  CAMERA_FPS,
  checkTestCamera,
  makeClip,
  startTestCamera,
  type TestCamera,
} from "./bench_camera.ts";
import { delayFigures } from "./bench_capture_figures.ts";
import {
  type ChildCost,
  type ClassesFigures,
  classesLines,
  meanCost,
  type OwnMemory,
  type WatchedFigures,
} from "./bench_classes_figures.ts";
import { peakBytesOfChild, reapedCpuSeconds } from "./bench_cpu.ts";
import { placeAndTime } from "./bench_place.ts";
import { keepRecord } from "./bench_results.ts";
import { type ToldFrame, watchCamera, type Watching } from "./bench_subjects.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

const WINDOWS_OTHERWISE = 5;
const SECONDS_OTHERWISE = 10;
/** The stream begins, and the analysis warms up. */
const SETTLE_S = 10;
/** The first of a process bring code in that the rest share. */
const FIRST_CHILDREN = 2;
/** Of one track. */
const CROPS = 3;

export const classesCommand: Subcommand = {
  name: "classes",
  summary: "Measure what telling apart what moves costs, and who notices.",
  flags: [
    {
      flag: "--windows",
      value: "NUMBER",
      doc: "Windows of time with child after child, and as many without.",
      defaultWords: String(WINDOWS_OTHERWISE),
    },
    {
      flag: "--seconds",
      value: "NUMBER",
      doc: "Length of a window.",
      defaultWords: String(SECONDS_OTHERWISE),
    },
    { flag: "--results", value: "FILE", doc: "Where --keep adds to." },
    { flag: "--keep", doc: "Add what was measured to the results." },
    { flag: "--json", doc: "Print it as JSON." },
  ],
  examples: ["streamware bench classes", "streamware bench classes --windows 2"],
  run: (_argument, typed) => benchClasses(typed, standardOutput()),
};

interface Plan {
  readonly windows: number;
  readonly seconds: number;
  readonly folder: string;
  readonly clock: Clock;
}

/** @throws Fault when a flag is wrong or nothing can be measured */
async function benchClasses(typed: Typed, output: Output): Promise<number> {
  const whole = { min: 1, max: 1_000, whole: true };
  const windows = typedNumber(typed, "--windows", whole) ?? WINDOWS_OTHERWISE;
  const seconds = typedNumber(typed, "--seconds", whole) ?? SECONDS_OTHERWISE;
  const results = typedText(typed, "--results");
  if (typed["--keep"] && results === undefined) {
    throw new Fault("usage", "Cannot keep the figures: --keep needs --results FILE");
  }
  await checkTestCamera();
  const clock = systemClock;
  const folder = await Deno.makeTempDir({ prefix: "streamware-bench-" });
  try {
    const figures = await measure({ windows, seconds, folder, clock }, output);
    const record = { ...await placeAndTime(clock, "wasm"), ...figures };
    if (typed["--json"]) output.line(JSON.stringify(record));
    else classesLines(record).every((line) => output.line(line));
    if (typed["--keep"] && results !== undefined) keepRecord(results, record);
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measure(plan: Plan, output: Output): Promise<ClassesFigures> {
  const { clock, folder, seconds } = plan;
  const clip = `${folder}/busy.mp4`;
  output.remark("drawing what the camera shows …");
  await makeClip(clip, { shown: "busy", clock });
  await using camera = await startTestCamera(clip, clock);
  // It starts no child itself: what runs beside it is decided here.
  const watched = { url: camera.url, idleAfterS: 0, folder: `${folder}/watched` };
  await using program = await watchCamera(watched, clock);
  output.remark("waiting until it has settled …");
  await sleep(clock, SETTLE_S * 1_000);
  const command = classifierCommand();
  const classifier = new Classifier({ command, limitMs: CHILD_MS, clock });
  for (let child = 0; child < FIRST_CHILDREN; child++) await lookOnce(classifier, clock);
  const own: OwnMemory[] = [];
  const costs: ChildCost[] = [];
  const alone: ToldFrame[] = [];
  const beside: ToldFrame[] = [];
  output.remark(`measuring ${plan.windows} x 2 x ${seconds} s …`);
  for (let window = 0; window < plan.windows; window++) {
    alone.push(...await toldDuring(program, () => sleep(clock, seconds * 1_000)));
    beside.push(
      ...await toldDuring(program, async () => {
        const untilMs = clock.monotonicMs() + seconds * 1_000;
        while (clock.monotonicMs() < untilMs) {
          costs.push(await lookOnce(classifier, clock));
        }
      }),
    );
    own.push({ children: costs.length, bytes: ownBytes() });
  }
  return {
    name: "a child with three crops of one look each, beside the test camera",
    child: meanCost(costs),
    own: [own[(own.length - 1) >> 1]!, own.at(-1)!],
    alone: watchedFigures(alone, camera),
    beside: watchedFigures(beside, camera),
  };
}

/** What a client of the live socket is told while something goes on. */
async function toldDuring(
  { told }: Watching,
  goesOn: () => Promise<unknown>,
): Promise<readonly ToldFrame[]> {
  const from = told.length;
  await goesOn();
  return told.slice(from);
}

/** Windows are apart: the rate is of the source's time between frames of one window. */
function watchedFigures(
  told: readonly ToldFrame[],
  { pushesMs }: TestCamera,
): WatchedFigures {
  const delayMs = delayFigures(told, { pushesMs, fps: CAMERA_FPS });
  if (delayMs === undefined) {
    throw new Fault("unavailable", "Cannot measure the camera: it gave no frame");
  }
  const gapsUs = told.slice(1).map(({ ptsUs }, at) => ptsUs - told[at]!.ptsUs)
    .toSorted((a, b) => a - b);
  // The gaps between windows are the longest: a second is none of a camera at 10 fps.
  const within = gapsUs.filter((gapUs) => gapUs < 1_000_000);
  const meanUs = within.reduce((sum, gapUs) => sum + gapUs, 0) / within.length;
  return { delayMs, framesPerS: Number((1_000_000 / meanUs).toFixed(2)) };
}

async function lookOnce(classifier: Classifier, clock: Clock): Promise<ChildCost> {
  const crops = new Array(CROPS).fill(knownPicture());
  const fromS = reapedCpuSeconds(ownText("stat"));
  const fromMs = clock.monotonicMs();
  let peakBytes = 0;
  const outcome = await classifier.classify([{ track: 1, crops }], () => {
    peakBytes = peakBytesOfChild(Deno.pid, CLASSIFY_CROPS) ?? peakBytes;
  });
  if (outcome.kind === "failed") throw new Fault("unavailable", outcome.words);
  return {
    ...outcome.cost,
    peakBytes,
    cpuMs: 1_000 * (reapedCpuSeconds(ownText("stat")) - fromS),
    tookMs: clock.monotonicMs() - fromMs,
  };
}

function ownBytes(): number {
  return residentBytes(ownText("status")) ?? 0;
}

function ownText(file: "stat" | "status"): string {
  return Deno.readTextFileSync(`/proc/self/${file}`);
}
