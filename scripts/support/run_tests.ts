/**
 * Runs all checks and tests and sums them up: the program behind scripts/test.
 * Sets nothing up. What is run is `testing/stages.ts`, what counts as failed
 * `testing/outcome.ts`, what is printed `testing/report.ts`.
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { wordsOf } from "../../base/fault.ts";
import { checkoutFiles, readText, ROOT } from "../../tests/house/checkout.ts";
import { canBuildBinary } from "../../tests/support/binary.ts";
import { onnxRuntime } from "../../tests/support/onnx_runtime.ts";
import { hasNetworkPairs } from "../../tests/support/network_pair.ts";
import { canBoot } from "../../tests/support/nspawn.ts";
import { type Failure, judgeRun, type Outcome } from "./testing/outcome.ts";
import { finalReport, stageLine } from "./testing/report.ts";
import { judgeSkips, readSkips, type RunFacts, type Skips } from "./testing/skips.ts";
import { type Denos, planStages, type Stage } from "./testing/stages.ts";
import { runStage } from "./testing/stage_run.ts";

/** What scripts/test is asked for. */
interface Request {
  readonly full: boolean;
  /** Only tests below these paths; all when empty. */
  readonly paths: readonly string[];
}

/** Minutes that a run may take. Setting up a fresh machine takes up to one more. */
interface Bounds {
  readonly allMax: number;
  /** So that one that hangs leaves time for the others. */
  readonly stageMax: number;
}
const USUAL: Bounds = { allMax: 14, stageMax: 8 };
const FULL: Bounds = { allMax: 57, stageMax: 45 };

if (import.meta.main) Deno.exitCode = await main(Deno.args);

async function main(args: readonly string[]): Promise<number> {
  const request = readRequest(args);
  if (request === undefined) {
    console.error("usage: scripts/test [--full] [PATH…]");
    return 2;
  }
  const bounds = request.full ? FULL : USUAL;
  const deadlineMs = systemClock.monotonicMs() + bounds.allMax * 60_000;
  const skips = readSkips(readText("tests/skips.json"));
  const denos = findDenos();
  tellWhatIsLeftOut(denos, skips);

  const stages = planStages({ files: wantedFiles(request.paths), denos, skips });
  const outcomes = await runAll(stages, { deadlineMs, bounds, full: request.full });
  const facts = {
    footage: exists("../shared/footage"),
    binary: await canBuildBinary(),
    boot: canBoot,
    network: hasNetworkPairs,
    onnx: onnxRuntime !== undefined,
    full: request.full,
  };
  // What did not run was not skipped.
  const isWhole = request.paths.length === 0 && outcomes.length === stages.length &&
    outcomes.every((outcome) => outcome.isWhole);
  const failures = [
    ...(isWhole ? skipFailures(outcomes, facts, skips) : []),
    ...(systemClock.monotonicMs() < deadlineMs ? [] : [{
      what: "scripts/test",
      why:
        `Cannot finish within ${bounds.allMax} minutes: the stages after that were not run`,
    }]),
  ];
  console.log(finalReport(outcomes, failures));
  return failures.length === 0 && outcomes.every(({ failures }) => failures.length === 0)
    ? 0
    : 1;
}

function readRequest(args: readonly string[]): Request | undefined {
  const paths = args.filter((argument) => argument !== "--full");
  if (paths.some((path) => path.startsWith("-"))) return undefined;
  return { full: args.includes("--full"), paths };
}

function wantedFiles(paths: readonly string[]): string[] {
  const files = checkoutFiles();
  if (paths.length === 0) return files;
  const prefixes = paths.map((path) => path.replace(/^\.\//, ""));
  return files.filter((file) => prefixes.some((prefix) => file.startsWith(prefix)));
}

async function runAll(
  stages: readonly Stage[],
  run: { readonly deadlineMs: number; readonly bounds: Bounds; readonly full: boolean },
): Promise<Outcome[]> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stop.abort());
  }
  const outcomes: Outcome[] = [];
  for (const stage of stages) {
    const nowMs = systemClock.monotonicMs();
    if (stop.signal.aborted || nowMs >= run.deadlineMs) break;
    const outcome = judgeRun(
      stage,
      await runStage(stage, {
        junitPath: `${ROOT}.toolchain/junit-${Deno.pid}.xml`,
        deadlineMs: Math.min(run.deadlineMs, nowMs + run.bounds.stageMax * 60_000),
        signal: stop.signal,
        env: run.full ? { STREAMWARE_FULL: "1" } : {},
        onProgress: (words) => console.log(words),
      }),
    );
    outcomes.push(outcome);
    console.log(stageLine(outcome));
    for (const { what, why } of outcome.failures) {
      console.log(`       ${what}\n         ${why}`);
    }
  }
  return outcomes;
}

/** Where it counts, a skipped test without a reason fails the run; elsewhere it is told. */
function skipFailures(
  outcomes: readonly Outcome[],
  facts: RunFacts,
  skips: Skips,
): Failure[] {
  const cases = outcomes.flatMap((outcome) => outcome.cases);
  const wrong = judgeSkips({ cases, facts }, skips);
  if (Deno.env.get("CI")) {
    return wrong.map((words) => ({ what: "tests/skips.json", why: words }));
  }
  for (const words of wrong) console.log(`note   in CI this fails: ${words}`);
  return [];
}

function findDenos(): Denos {
  const compile = `${ROOT}node_modules/deno-compile-x64/deno`;
  return {
    develop: Deno.execPath(),
    compile: Deno.build.arch === "x86_64" && exists(compile) ? compile : undefined,
  };
}

function tellWhatIsLeftOut(denos: Denos, skips: Skips): void {
  if (denos.compile === undefined) {
    console.log("note   no Deno of the binary for this processor: its stage is left out");
    return;
  }
  for (const { file, reason } of skips.notOnCompileDeno) {
    console.log(`note   ${file} is not run on the Deno of the binary: ${reason}`);
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(new URL(path, `file://${ROOT}`));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new Error(`Cannot look for ${path}: ${wordsOf(error)}`, { cause: error });
  }
}
