/**
 * Runs a program in a real terminal and types into it, through Python's pty module.
 * @module
 */
const SCRIPT = new URL("./in_terminal.py", import.meta.url).pathname;
/** Debian's own: what stands first in PATH may be anything. */
const PYTHON = "/usr/bin/python3";

/** When `until` is shown, `type` is typed. */
export interface TerminalStep {
  readonly until: string;
  readonly type: string;
}

export interface TerminalOutcome {
  readonly code: number;
  /** All that was shown, with its escape sequences. */
  readonly shown: string;
  /** The terminal shows what is typed, line by line, and the cursor is there. */
  readonly isRestored: boolean;
}

/**
 * Runs `command` to its end in a terminal of `columns`; 0 is a serial console's.
 * @throws Error with what was shown when a step's words did not come
 */
export async function inTerminal(
  command: readonly string[],
  steps: readonly TerminalStep[],
  columns = 80,
): Promise<TerminalOutcome> {
  await using process = new Deno.Command(PYTHON, {
    args: [SCRIPT, String(columns), ...command],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = process.stdin.getWriter();
  const lines = steps.map((step) => JSON.stringify(step) + "\n").join("");
  await writer.write(new TextEncoder().encode(lines));
  await writer.close();
  const { shown, code, missing, isRestored } = await new Response(process.stdout).json();
  if (missing !== null) throw new Error(`not shown: ${missing}\n${shown}`);
  return { shown, code, isRestored };
}
