/**
 * Runs the command of one stage: in a process group of its own, with its output kept,
 * and ended with all its children when the time is over or we are asked to stop.
 * @module
 */
import process from "node:process";
import { sleep, systemClock } from "../../../base/clock.ts";
import { leftBehind } from "./left_behind.ts";
import type { StageRun } from "./outcome.ts";
import type { Stage } from "./stages.ts";

export interface StageOptions {
  /** Where the report of the tests is written; removed after it was read. */
  readonly junitPath: string;
  /** `Clock.monotonicMs` at which the stage is ended. */
  readonly deadlineMs: number;
  /** Aborted when somebody presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string>>;
  /** Takes a line now and then while a stage runs long. */
  readonly onProgress: (words: string) => void;
}

/** How often a long stage says that it is alive, ms. */
const PROGRESS_MS = 60_000;
/** How long processes may take to end after they were asked to, ms. */
const GRACE_MS = 3_000;

/** Runs a stage to its end. Does not throw for what the command does. */
export async function runStage(stage: Stage, options: StageOptions): Promise<StageRun> {
  const startMs = systemClock.monotonicMs();
  const [program = "", ...args] = argumentsOf(stage, options.junitPath);
  const child = new Deno.Command(program, {
    args,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  const kept = new KeptOutput();
  const reading = Promise.all([kept.read(child.stdout), kept.read(child.stderr)]);

  let stopped: StageRun["stopped"];
  const stop = (why: "time" | "interrupt") => {
    stopped ??= why;
    killGroup(child.pid, "SIGTERM");
  };
  const interrupt = () => stop("interrupt");
  options.signal.addEventListener("abort", interrupt);
  if (options.signal.aborted) interrupt();
  using _deadline = systemClock.after(
    Math.max(0, options.deadlineMs - startMs),
    () => stop("time"),
  );
  using _progress = systemClock.every(PROGRESS_MS, () => {
    const seconds = Math.round((systemClock.monotonicMs() - startMs) / 1_000);
    options.onProgress(`       ${stage.name}: ${seconds} s, ${kept.whereabouts}`);
  });

  const status = await statusOrKill(child, () => stopped !== undefined);
  options.signal.removeEventListener("abort", interrupt);
  const orphans = await endOrphans(child.pid);
  await reading;
  return {
    code: status.code,
    signal: status.signal,
    output: kept.text,
    junit: takeFile(options.junitPath),
    seconds: (systemClock.monotonicMs() - startMs) / 1_000,
    orphans,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

function argumentsOf(stage: Stage, junitPath: string): readonly string[] {
  if (stage.kind === "check") return stage.command;
  return [...stage.command, `--junit-path=${junitPath}`, ...stage.files];
}

/** Waits for the end; what does not end after it was asked to is killed. */
async function statusOrKill(
  child: Deno.ChildProcess,
  isStopping: () => boolean,
): Promise<Deno.CommandStatus> {
  using _killer = systemClock.every(GRACE_MS, () => {
    if (isStopping()) killGroup(child.pid, "SIGKILL");
  });
  return await child.status;
}

/** Ends what is left of the group, after a moment to end by itself; tells what it was. */
async function endOrphans(group: number): Promise<string[]> {
  const untilMs = systemClock.monotonicMs() + GRACE_MS;
  let left = leftBehind(group);
  while (left.length > 0 && systemClock.monotonicMs() < untilMs) {
    await sleep(systemClock, 50);
    left = leftBehind(group);
  }
  if (left.length > 0) killGroup(group, "SIGKILL");
  return left;
}

function killGroup(group: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The whole group is gone.
  }
}

function takeFile(path: string): string {
  try {
    const text = Deno.readTextFileSync(path);
    Deno.removeSync(path);
    return text;
  } catch {
    return "";
  }
}

/** The last megabyte of what a command prints, and where it was when it printed it. */
class KeptOutput {
  static readonly CHARS_MAX = 1_000_000;
  text = "";

  /** The test file that runs now, as far as the output tells. */
  get whereabouts(): string {
    const at = [...this.text.matchAll(/^running \d+ tests? from (\S+)/gm)].at(-1)?.[1];
    return at === undefined ? "still running" : `now in ${at}`;
  }

  async read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      this.text = (this.text + decoder.decode(bytes, { stream: true }))
        .slice(-KeptOutput.CHARS_MAX);
    }
  }
}
