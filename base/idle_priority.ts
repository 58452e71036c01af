/**
 * A program that runs only while nobody else wants the processor: Linux' SCHED_IDLE, by
 * `chrt` of util-linux, which `setpriv` is part of too. Starts nothing but `chrt` itself.
 * @module
 */
import { findProgram, runProgram } from "./subprocess.ts";

const CHRT = "chrt";
const IDLE = ["-i", "0"] as const;
const LIMITS = { timeoutMs: 5_000, outputBytesMax: 1_000 };

/**
 * Whether this box lets us, and lets us end it: a container may not, and who is not root
 * may only with a `LimitNICE` of its nice value. That does not change while we run.
 */
export async function mayBeIdle(): Promise<boolean> {
  const thereAndBack = `${CHRT} -i -p 0 $$ && ${CHRT} -a -o -p 0 $$`;
  try {
    const command = ["sh", "-c", thereAndBack] as const;
    return (await runProgram(command, { ...LIMITS, nice: true })).code === 0;
  } catch {
    return false; // it is not there
  }
}

/**
 * The same command at idle priority. A program that is not there is told here: `chrt` would
 * only say so on standard error.
 * @throws Fault unavailable when it is not there
 */
export function idleCommand(
  [program = "", ...args]: readonly string[],
): readonly [program: string, ...args: string[]] {
  return [CHRT, ...IDLE, findProgram(program), ...args];
}

/**
 * From now on the process and its threads share the processor with others, by their nice
 * value: on a box that is never idle they would never run. One that is gone is no error.
 */
export async function endIdling(pid: number): Promise<void> {
  try {
    await runProgram([CHRT, "-a", "-o", "-p", "0", `${pid}`], LIMITS);
  } catch {
    // It goes on as it is.
  }
}
