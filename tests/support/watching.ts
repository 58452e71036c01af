/**
 * `streamware run` on free ports, with the addresses that it printed.
 * @module
 */
import { RunningProgram } from "./program.ts";

export interface Watching extends AsyncDisposable {
  readonly program: RunningProgram;
  /** `http://localhost:PORT/`. */
  readonly page: string;
  readonly socket: string;
  readonly original: string;
}

/** Starts the program on `url` and waits until its doors are open. */
export async function watch(
  url: string,
  more: readonly string[] = [],
): Promise<Watching> {
  const ports = ["--port", "0", "--original-port", "0"];
  const program = new RunningProgram([
    "run",
    "--url",
    url,
    "--dsl-only",
    ...ports,
    ...more,
  ]);
  try {
    return {
      program,
      page: await program.printedGroup(/^ {2}page +(\S+)/),
      socket: await program.printedGroup(/^ {2}socket +(\S+)/),
      original: await program.printedGroup(/^ {2}original +(\S+)/),
      [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await program[Symbol.asyncDispose]();
    throw thrown;
  }
}
