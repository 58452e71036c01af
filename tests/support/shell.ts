/**
 * Runs a line of shell as a user types it.
 * @module
 */
import { type Finished, PROGRAM } from "./program.ts";

/** `streamware` in the line is the program; a pipe fails with any of its commands. */
export async function shell(line: string, timeoutMs = 60_000): Promise<Finished> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-c", `set -o pipefail; streamware() { "$PROGRAM" "$@"; }; ${line}`],
    env: { PROGRAM },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(timeoutMs),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
