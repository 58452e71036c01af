/**
 * Runs the programs that a build is made with, to their end, quietly.
 * @module
 */
import { Fault, wordsOf } from "../../base/fault.ts";

export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What to do when it fails. */
  readonly hint?: string;
}

/** @throws Fault unavailable with what the program said, when it fails */
export async function call(
  program: string,
  args: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  await output(program, args, options);
}

/** Like `call()`; gives what it printed. */
export async function output(
  program: string,
  args: readonly string[],
  { cwd, env, hint }: CallOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const more = hint === undefined ? {} : { hint };
  const command = new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env: { ...env } }),
  });
  let done: Deno.CommandOutput;
  try {
    done = await command.output();
  } catch (cause) {
    const words = `Cannot start ${program}: ${wordsOf(cause)}`;
    throw new Fault("unavailable", words, { ...more, cause });
  }
  if (done.success) return new Uint8Array(done.stdout);
  const said = new TextDecoder().decode(done.stderr).trim().split("\n").slice(-12);
  const words = `Cannot go on: ${program} ended with ${done.code}`;
  throw new Fault("unavailable", [words, ...said].join("\n  "), more);
}
