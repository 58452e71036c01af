/**
 * `streamware bench capture`: what watching one camera costs, everything counted, against
 * FFmpeg alone decoding the same stream, and how long a picture takes to its DSL line.
 * All that is compared runs at once, so that a busy machine slows both.
 * @module
 */
import { type Clock, sleep, systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import {
  CAMERA_FPS,
  checkTestCamera,
  makeClip,
  startTestCamera,
  type TestCamera,
} from "./bench_camera.ts";
import {
  type CpuFigures,
  cpuFigures,
  cpuLine,
  type CpuWindow,
  type DelayFigures,
  delayFigures,
  delayLine,
} from "./bench_capture_figures.ts";
import { treeCpuSeconds } from "./bench_cpu.ts";
import { placeAndTime } from "./bench_place.ts";
import { keepRecord } from "./bench_results.ts";
import {
  decodeAlone,
  type Subject,
  watchCamera,
  type Watching,
} from "./bench_subjects.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { typedNumber, typedText } from "./typed_flags.ts";

const WINDOWS_OTHERWISE = 5;
const SECONDS_OTHERWISE = 10;
/** Streams begin, the analysis warms up, and the ladder learns how far keyframes are apart. */
const SETTLE_S = 10;
/** How long the quiet camera may take to rest. */
const REST_S = 30;
/** The quiet camera rests after so little: how long it does makes no difference after. */
const IDLE_AFTER_S = 2;

export const captureCommand: Subcommand = {
  name: "capture",
  summary: "Measure what watching a camera costs, against decoding it alone.",
  flags: [
    {
      flag: "--url",
      value: "URL",
      doc: "Measure this rtsp:// camera at full rate, not the test camera of a checkout.",
    },
    {
      flag: "--windows",
      value: "NUMBER",
      doc: "Windows of time of which the median is printed.",
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
  examples: [
    "streamware bench capture",
    "streamware bench capture --windows 1                  # about a minute",
    "streamware bench capture --url rtsp://user:password@192.168.1.20/stream1",
  ],
  run: (_argument, typed) => benchCapture(typed, standardOutput()),
};

/** What was measured; `quiet` and `delayMs` of the test camera only. */
export interface CaptureFigures {
  readonly name: string;
  readonly full: CpuFigures;
  readonly quiet?: CpuFigures;
  readonly delayMs?: DelayFigures;
}

interface Plan {
  readonly windows: number;
  readonly seconds: number;
  /** For clips and for what is kept by those that are measured. */
  readonly folder: string;
  readonly clock: Clock;
}

/** @throws Fault when a flag is wrong or nothing can be measured */
async function benchCapture(typed: Typed, output: Output): Promise<number> {
  const whole = { min: 1, max: 1_000, whole: true };
  const windows = typedNumber(typed, "--windows", whole) ?? WINDOWS_OTHERWISE;
  const seconds = typedNumber(typed, "--seconds", whole) ?? SECONDS_OTHERWISE;
  const results = typedText(typed, "--results");
  if (typed["--keep"] && results === undefined) {
    throw new Fault("usage", "Cannot keep the figures: --keep needs --results FILE");
  }
  const url = typedText(typed, "--url");
  if (url === undefined) await checkTestCamera();
  const clock = systemClock;
  const folder = await Deno.makeTempDir({ prefix: "streamware-bench-" });
  try {
    const plan = { windows, seconds, folder, clock };
    const figures = url === undefined
      ? await measureTestCamera(plan, output)
      : await measureCamera(url, plan);
    const record = { ...await placeAndTime(clock, "wasm"), ...figures };
    print(record, output, typed["--json"] === true);
    if (typed["--keep"] && results !== undefined) keepRecord(results, record);
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function print(figures: CaptureFigures, output: Output, asJson: boolean): void {
  if (asJson) return void output.line(JSON.stringify(figures));
  output.line(`${figures.name}, analysed at 10 fps`);
  output.line(cpuLine("full", figures.full));
  if (figures.quiet) output.line(cpuLine("quiet", figures.quiet));
  if (figures.delayMs) output.line(delayLine(figures.delayMs));
}

/** Somebody's camera: two sessions of it at once, full rate only. */
async function measureCamera(url: string, plan: Plan): Promise<CaptureFigures> {
  const watched = { url, idleAfterS: 0, folder: `${plan.folder}/full` };
  await using alone = await decodeAlone(url);
  await using whole = await watchCamera(watched, plan.clock);
  await sleep(plan.clock, SETTLE_S * 1_000);
  const [full] = await measure([{ alone, whole }], plan);
  return { name: "a camera", full: cpuFigures(full!) };
}

/**
 * Four cameras, each with one reader: the street at full rate and the empty street at
 * rest, and FFmpeg alone on the same two.
 */
async function measureTestCamera(plan: Plan, output: Output): Promise<CaptureFigures> {
  const { clock, folder } = plan;
  const [busyClip, quietClip] = [`${folder}/busy.mp4`, `${folder}/quiet.mp4`];
  output.remark("drawing what the camera shows …");
  await makeClip(busyClip, { shown: "busy", clock });
  await makeClip(quietClip, { shown: "quiet", clock });
  await using busy = await pairOn(busyClip, { plan, idleAfterS: 0 });
  await using quiet = await pairOn(quietClip, { plan, idleAfterS: IDLE_AFTER_S });
  output.remark("waiting until it has settled …");
  await sleep(clock, SETTLE_S * 1_000);
  for (let s = 0; s < REST_S && quiet.whole.rung !== "keys"; s++) {
    await sleep(clock, 1_000);
  }
  if (quiet.whole.rung !== "keys") {
    throw new Fault("unavailable", "Cannot measure the quiet camera: it does not rest");
  }
  output.remark(`measuring ${plan.windows} x ${plan.seconds} s …`);
  const before = busy.whole.told.length;
  const [full, resting] = await measure([busy, quiet], plan);
  const told = busy.whole.told.slice(before);
  const pushed = { pushesMs: busy.camera.pushesMs, fps: CAMERA_FPS };
  const delayMs = delayFigures(told, pushed);
  return {
    name: "test camera, 1080p25 H.264, 4 Mbit/s, a keyframe a second",
    full: cpuFigures(full!),
    quiet: cpuFigures(resting!),
    ...(delayMs ? { delayMs } : {}),
  };
}

/** What is compared, on the same stream. */
interface Pair {
  readonly alone: Subject;
  readonly whole: Watching;
}

async function pairOn(
  clip: string,
  { plan, idleAfterS }: { readonly plan: Plan; readonly idleAfterS: number },
): Promise<Pair & AsyncDisposable & { readonly camera: TestCamera }> {
  await using opened = new AsyncDisposableStack();
  const { clock } = plan;
  const camera = opened.use(await startTestCamera(clip, clock));
  const other = opened.use(await startTestCamera(clip, clock));
  const alone = opened.use(await decodeAlone(other.url));
  const folder = `${plan.folder}/idle-${idleAfterS}`;
  const whole = opened.use(
    await watchCamera({ url: camera.url, idleAfterS, folder }, clock),
  );
  const all = opened.move();
  const dispose = () => all.disposeAsync();
  return { camera, alone, whole, [Symbol.asyncDispose]: dispose };
}

/** Windows of each pair, all over the same time. */
async function measure(pairs: readonly Pair[], plan: Plan): Promise<CpuWindow[][]> {
  const { clock, seconds } = plan;
  const found = pairs.map((): CpuWindow[] => []);
  const usedS = () =>
    pairs.map(({ alone, whole }) => [
      treeCpuSeconds(alone.pid),
      treeCpuSeconds(whole.pid),
    ]);
  for (let window = 0; window < plan.windows; window++) {
    const [fromMs, before] = [clock.monotonicMs(), usedS()];
    await sleep(clock, seconds * 1_000);
    const passedS = (clock.monotonicMs() - fromMs) / 1_000;
    const after = usedS();
    for (const [at, windows] of found.entries()) {
      const percent = (one: 0 | 1) =>
        100 * (after[at]![one]! - before[at]![one]!) / passedS;
      windows.push({ alonePercent: percent(0), wholePercent: percent(1) });
    }
  }
  return found;
}
