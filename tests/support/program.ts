/**
 * Starts the real program as a user does, and looks at what it left behind.
 * @module
 */
import { TextLineStream } from "./text_lines.ts";

/** `scripts/streamware`, from the checkout. */
export const PROGRAM = new URL("../../scripts/streamware", import.meta.url).pathname;

/** The program somewhere else than in the checkout: the file that users get. */
export interface ProgramPlace {
  /** What is started, before the arguments: the file, maybe after an emulator. */
  readonly command: readonly [string, ...string[]];
  /** The whole environment, when it is not ours. */
  readonly env?: Readonly<Record<string, string>>;
}

const CHECKOUT: ProgramPlace = { command: [PROGRAM] };

function environmentOf({ env }: ProgramPlace) {
  return env === undefined ? {} : { clearEnv: true, env: { ...env } };
}

/** What one finished run of the program gave. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end, at most `timeoutMs`. */
export async function finish(
  args: readonly string[],
  timeoutMs = 60_000,
  place = CHECKOUT,
): Promise<Finished> {
  const [command, ...before] = place.command;
  const output = await new Deno.Command(command, {
    args: [...before, ...args],
    ...environmentOf(place),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(timeoutMs),
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/** A program that runs. Disposing ends it and waits. */
export class RunningProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #reading: Promise<unknown>;
  /** It has closed what it prints to: no more will come. */
  #isSilent = false;
  #exit: Deno.CommandStatus | undefined;

  /** @param under a command that becomes the program: `["nohup"]` */
  constructor(
    args: readonly string[],
    under: readonly string[] = [],
    place = CHECKOUT,
  ) {
    const [command, ...rest] = [...under, ...place.command, ...args];
    this.#child = new Deno.Command(command!, {
      args: rest,
      ...environmentOf(place),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const read = async (stream: ReadableStream<Uint8Array>) => {
      const text = stream.pipeThrough(new TextDecoderStream() as TransformStream);
      for await (const line of text.pipeThrough(new TextLineStream())) {
        this.#lines.push(line);
        for (const wake of [...this.#waiting]) wake();
      }
    };
    this.#reading = Promise.all([read(this.#child.stdout), read(this.#child.stderr)])
      .then(() => {
        this.#isSilent = true;
        for (const wake of [...this.#waiting]) wake();
      });
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything printed so far, both streams. */
  get printed(): string {
    return this.#lines.join("\n");
  }

  /** The first group of `pattern` in a printed line, as soon as there is one. */
  async printedGroup(pattern: RegExp, timeoutMs = 20_000): Promise<string> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = this.#lines.map((line) => pattern.exec(line)).find((match) => match);
      if (found) return found[1] ?? found[0];
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || this.#isSilent) {
        throw new Error(`not printed: ${pattern}\n${this.printed}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, leftMs);
        const waiting = this.#waiting;
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    }
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Waits until the program is gone; others may still hold what it wrote to. */
  async exitCode(): Promise<number> {
    this.#exit = await this.#child.status;
    return this.#exit.code;
  }

  /** Waits for the end and for all that was printed; gives the exit code. */
  async ended(): Promise<number> {
    const code = await this.exitCode();
    await this.#reading;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#exit) {
      try {
        this.#child.kill("SIGKILL");
      } catch {
        // It had ended by itself.
      }
      await this.ended();
    }
  }
}

/** Process ids of `pid`'s children and theirs, from /proc. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of Deno.readDirSync("/proc")) {
    const child = Number(entry.name);
    if (!Number.isInteger(child)) continue;
    const parent = parentOf(child);
    if (parent !== undefined) parents.set(child, parent);
  }
  const found: number[] = [];
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [child, parent] of parents) {
      if (parent === next && isAlive(child)) {
        found.push(child);
        open.push(child);
      }
    }
  }
  return found;
}

/** True while the process runs; a zombie does not. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

/** Fields of /proc/PID/stat after the name: state, parent … */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** Asks `check` every 50 ms until it is true; fails with `what` after `timeoutMs`. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) {
      throw new Error(`not within ${timeoutMs} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
