/**
 * The one place that starts programs. A child dies with us, also on kill -9.
 *
 * Knows nothing of what the programs do: arguments come ready, output goes out
 * as bytes, standard error as short lines without secrets.
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { assert } from "./assert.ts";
import { type ChildInput, inputOf } from "./child_input.ts";
import { systemClock } from "./clock.ts";
import { Fault, wordsOf } from "./fault.ts";
import { type Secret, withoutCredentials } from "./secret.ts";

export interface ChildOptions {
  /** A name to look up in PATH, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin: "none" | "pipe";
  /** Descriptors of the child that we read, beside standard error: `[1]`, `[1, 3]`. */
  readonly outputs: readonly number[];
  /** Takes each line of standard error, at most 500 characters, without secrets. */
  readonly onStderrLine?: (line: string) => void;
  /** Values that are blotted out of standard error. */
  readonly secrets?: readonly Secret[];
  /** Lets others run first; for work that nobody waits for. */
  readonly nice?: boolean;
  /** When memory is gone, the kernel ends it before others; for work that may be lost. */
  readonly expendable?: boolean;
  /**
   * It leads a process group: what it started ends with it. For commands of the user,
   * which may be shells.
   */
  readonly group?: boolean;
}

/**
 * How a child ended. By a signal: `code` is null, or with Deno 2.6 `signal` is null
 * and `code` is 128 and the signal's number.
 */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Bytes that come out of a child. Nothing is read before `onBytes`. */
export interface ChildOutput {
  /** Begins to read; `take` owns the bytes it gets. Call once. */
  onBytes(take: (bytes: Uint8Array) => void): void;
  /** Stops reading, so that the child waits; a chunk on its way may still come. */
  pause(): void;
  resume(): void;
  /** Done when the child closed this output or is gone; never fails. */
  readonly ended: Promise<void>;
}

/** A running program. Disposing ends it (TERM, after a second KILL) and waits for it. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly input: ChildInput;
  /** One of the `outputs` asked for. */
  output(descriptor: number): ChildOutput;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  /** Done when the child is gone and reaped; never fails. */
  readonly exited: Promise<ChildExit>;
  /** Done when its last line was told; may come a little after `exited`. */
  readonly stderrEnded: Promise<void>;
}

const STDERR_LINE_MAX = 500;
/** How long a child may take to end by itself after TERM. */
const GRACE_MS = 1_000;
/** How long the outputs of a child that is gone may take to end, ms. */
const LAST_BYTES_MS = 100;

/**
 * Starts a program under `setpriv --pdeathsig KILL`: the kernel kills it when the
 * thread that started it dies, so start it where it should die.
 * @throws Fault unavailable when the program is not there or cannot be started.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const path = findProgram(options.program);
  const stdio = Array.from(
    { length: Math.max(2, ...options.outputs) + 1 },
    (_, fd) => {
      if (fd === 0) return options.stdin === "pipe" ? "pipe" : "ignore";
      return fd === 2 || options.outputs.includes(fd) ? "pipe" : "ignore";
    },
  );
  const under = [
    ...(options.nice ? ["nice", "-n", "10"] : []),
    ...(options.group ? ["setsid"] : []),
  ];
  const guarded = ["--pdeathsig", "KILL", "--", ...under, path, ...options.args];
  let child: ChildProcess;
  try {
    child = spawn(findProgram("setpriv"), guarded, { stdio });
  } catch (cause) {
    throw cause instanceof Fault ? cause : startFault(options.program, cause);
  }
  const exited = exitOf(child);
  const failure = await startFailure(child);
  if (failure) throw startFault(options.program, failure);
  if (options.expendable) makeExpendable(child.pid);
  const stderrEnded = readLines(child.stderr!, options);
  return { ...wrap(child, exited, options), stderrEnded };
}

export interface RunOptions {
  readonly timeoutMs: number;
  /** The program is ended when it prints more than this. */
  readonly outputBytesMax: number;
  readonly secrets?: readonly Secret[];
  /** What the program reads, in one part or several; without it, nothing. */
  readonly input?: Uint8Array | readonly Uint8Array[];
  /** Lines of standard error that are kept, the last ones; 50 without it. */
  readonly stderrLinesMax?: number;
  /** Ends the program when nobody waits for its answer any more. */
  readonly signal?: AbortSignal;
  /** As in `ChildOptions`. */
  readonly group?: boolean;
  /** As in `ChildOptions`. */
  readonly nice?: boolean;
}

/** How a program ended and what it printed: as text, or as bytes. */
export interface ProgramOutcome<Printed = string> extends ChildExit {
  readonly stdout: Printed;
  /** The last lines of standard error. */
  readonly stderr: readonly string[];
}

/**
 * Runs a program to its end and gives what it printed.
 * @throws Fault unavailable when it cannot be started, takes too long, prints too much
 *   or is ended by the signal.
 */
export async function runProgram(
  command: readonly string[],
  options: RunOptions,
): Promise<ProgramOutcome> {
  const outcome = await runForBytes(command, options);
  return { ...outcome, stdout: new TextDecoder().decode(outcome.stdout) };
}

/** As `runProgram`, for a program that prints something else than text. */
export async function runForBytes(
  command: readonly string[],
  options: RunOptions,
): Promise<ProgramOutcome<Uint8Array<ArrayBuffer>>> {
  const [program, ...args] = command;
  assert(program !== undefined, "a command names its program");
  const stderr: string[] = [];
  await using child = await startChild({
    program,
    args,
    stdin: options.input ? "pipe" : "none",
    outputs: [1],
    secrets: options.secrets ?? [],
    group: options.group ?? false,
    nice: options.nice ?? false,
    onStderrLine: (line) => {
      if (stderr.push(line) > (options.stderrLinesMax ?? 50)) stderr.shift();
    },
  });
  const { input = [] } = options;
  for (const part of input instanceof Uint8Array ? [input] : input) {
    child.input.write(part);
  }
  child.input.close();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const stopped = Promise.withResolvers<StopReason>();
  const stop = (why: StopReason) => {
    child.kill("SIGKILL");
    stopped.resolve(why);
  };
  const output = child.output(1);
  output.onBytes((bytes) => {
    size += bytes.length;
    if (size > options.outputBytesMax) stop("size");
    else chunks.push(new Uint8Array(bytes));
  });
  using _deadline = systemClock.after(options.timeoutMs, () => stop("time"));
  const { signal } = options;
  const onAbort = () => stop("signal");
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  // What it left running may hold its outputs open: after a stop nobody waits for them.
  const done = Promise.all([child.exited, output.ended, child.stderrEnded]);
  const end = await Promise.race([done, stopped.promise]);
  signal?.removeEventListener("abort", onAbort);
  if (typeof end === "string") throw stoppedFault(program, options, end);
  const stdout = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return { ...end[0], stdout, stderr };
}

/** Debian packages of the programs we start, for the hint of a fault. */
const PACKAGES: Readonly<Record<string, string>> = {
  "aplay": "alsa-utils",
  "espeak-ng": "espeak-ng",
  "ffmpeg": "ffmpeg",
  "ffprobe": "ffmpeg",
  "openssl": "openssl",
  "setpriv": "util-linux",
};

/**
 * The full path of a program.
 * @param path folders to look in, as in PATH
 * @throws Fault unavailable with the line that installs it.
 */
export function findProgram(
  name: string,
  path = Deno.env.get("PATH") ?? "/usr/bin:/bin",
): string {
  const folders = path.split(":");
  const places = name.includes("/") ? [name] : folders.map((f) => `${f}/${name}`);
  for (const place of places) {
    try {
      const found = Deno.statSync(place);
      if (found.isFile && ((found.mode ?? 0) & 0o111) !== 0) return place;
    } catch {
      // Not there: the next folder may have it.
    }
  }
  const aptName = PACKAGES[name];
  const hint = aptName ? `sudo apt-get install -y ${aptName}` : `install ${name}`;
  throw new Fault("unavailable", `Cannot start ${name}: it is not installed`, { hint });
}

/** Blots `secrets` and every URL's user and password out of `text`. */
export function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  let safe = withoutCredentials(text);
  for (const secret of secrets) {
    // A value of one to three letters would blot out half of every line; where
    // FFmpeg prints it, it is part of a URL, which is handled above.
    if (secret.reveal().length > 3) safe = safe.replaceAll(secret.reveal(), "***");
  }
  return safe;
}

function startFault(program: string, cause: unknown): Fault {
  const hint = "too many open files or processes? see `ulimit -a`";
  const words = `Cannot start ${program}: ${wordsOf(cause)}`;
  return new Fault("unavailable", words, { hint, cause });
}

type StopReason = "time" | "size" | "signal";

function stoppedFault(program: string, options: RunOptions, why: StopReason): Fault {
  const states: Record<StopReason, string> = {
    time: `not done after ${options.timeoutMs / 1_000} s`,
    size: `it printed more than ${options.outputBytesMax} bytes`,
    signal: "it was stopped",
  };
  return new Fault("unavailable", `Cannot finish ${program}: ${states[why]}`);
}

/** proc(5): from -1000, never, to 1000; what it starts inherits it. */
const EXPENDABLE_SCORE = "500";

function makeExpendable(pid: number | undefined): void {
  try {
    Deno.writeTextFileSync(`/proc/${pid}/oom_score_adj`, EXPENDABLE_SCORE);
  } catch {
    // It ended already, or this kernel does not let us: then it is as any other.
  }
}

function exitOf(child: ChildProcess): Promise<ChildExit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
}

/** The error of a spawn that failed, or undefined once the child runs. */
function startFailure(child: ChildProcess): Promise<Error | undefined> {
  return new Promise((resolve) => {
    // Stays attached: a later "error" (a kill that failed) must not be uncaught.
    child.on("error", resolve);
    child.once("spawn", () => resolve(undefined));
    child.once("exit", () => resolve(undefined));
  });
}

function wrap(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  options: ChildOptions,
): Omit<Child, "stderrEnded"> {
  const pid = child.pid;
  assert(pid !== undefined, "a child that started has a process id");
  let gone = false;
  exited.then(() => {
    gone = true;
    if (options.group) sendSignal(-pid, "SIGKILL");
  });
  const kill = (signal: "SIGTERM" | "SIGKILL") => {
    if (gone) return;
    if (options.group) sendSignal(-pid, signal);
    // Also when it leads a group: a moment after its start there is none yet.
    sendSignal(pid, signal);
  };
  const outputs = new Map(options.outputs.map((fd) => [fd, outputOf(child, fd)]));
  return {
    pid,
    exited,
    kill,
    input: inputOf(child.stdin),
    output(descriptor) {
      const found = outputs.get(descriptor);
      assert(found !== undefined, "only outputs that were asked for are read");
      return found;
    },
    async [Symbol.asyncDispose]() {
      kill("SIGTERM");
      {
        using _deadline = systemClock.after(GRACE_MS, () => kill("SIGKILL"));
        await exited;
      }
      // Deno 2.9 keeps what reads from a pipe for ever when we close it while it is read:
      // some 60 kB a decoder. A child's own end with it, unless what it left holds them.
      const streams = child.stdio.slice(1).filter((stream) => stream !== null);
      const ended = Promise.all(streams.map((stream) => closeOf(stream as Readable)));
      {
        const late = Promise.withResolvers<void>();
        using _deadline = systemClock.after(LAST_BYTES_MS, late.resolve);
        await Promise.race([ended, late.promise]);
      }
      for (const stream of child.stdio) stream?.destroy();
    },
  };
}

/**
 * Not child.kill(): Deno's sends nothing after its first call, so that KILL would never
 * follow TERM.
 * @param to a process, or minus its number for its group
 */
function sendSignal(to: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    Deno.kill(to, signal);
  } catch {
    // It ended a moment ago: `exited` tells soon.
  }
}

function outputOf(child: ChildProcess, descriptor: number): ChildOutput {
  const stream = child.stdio[descriptor] as Readable;
  return {
    ended: endOf(stream),
    onBytes: (take) => void stream.on("data", take),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
  };
}

/** A stream's end, by itself, by an error or because we closed it. */
function endOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ["end", "close", "error"]) stream.once(event, () => resolve());
    stream.on("error", () => {});
  });
}

function closeOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once("close", () => resolve());
  });
}

function readLines(stream: Readable, options: ChildOptions): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  const tell = (line: string) => {
    if (line.trim() === "") return;
    const safe = withoutSecrets(line, options.secrets ?? []);
    options.onStderrLine?.(safe.slice(0, STDERR_LINE_MAX));
  };
  stream.on("data", (bytes: Uint8Array) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/[\r\n]+/);
    // The rest is kept long enough that no secret is cut in two.
    rest = lines.pop()!.slice(-8 * STDERR_LINE_MAX);
    lines.forEach(tell);
  });
  return endOf(stream).then(() => tell(rest));
}
