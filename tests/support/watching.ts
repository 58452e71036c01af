/**
 * `streamware run` on free ports, with the addresses that it printed.
 * @module
 */
import { type ProgramPlace, RunningProgram } from "./program.ts";

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
  place?: ProgramPlace,
  startMs?: number,
): Promise<Watching> {
  const ports = ["--port", "0", "--original-port", "0", "--control-socket", "off"];
  const program = new RunningProgram(
    [
      "run",
      "--url",
      url,
      "--dsl-only",
      ...ports,
      ...more,
    ],
    [],
    place,
  );
  try {
    return {
      program,
      page: await program.printedGroup(/^ {2}page +(\S+)/, startMs),
      socket: await program.printedGroup(/^ {2}socket +(\S+)/, startMs),
      original: await program.printedGroup(/^ {2}original +(\S+)/, startMs),
      [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await program[Symbol.asyncDispose]();
    throw thrown;
  }
}
