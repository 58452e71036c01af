/**
 * `streamware logs`: the last lines of the running program's log, from its own memory;
 * of a service that is not running or hangs, from systemd's journal.
 * @module
 */
import { systemClock } from "../base/clock.ts";
import { LOG_TAIL_LINES_MAX } from "../base/log_tail.ts";
import { runProgram, startChild } from "../base/subprocess.ts";
import type { Subcommand, Typed } from "./command_line.ts";
import {
  connectControl,
  controlPlaces,
  NobodyAnswers,
  SOCKET_FLAG,
} from "./control_client.ts";
import { SERVICE } from "./service_unit.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { printable } from "./terminal_text.ts";
import { typedCount } from "./typed_flags.ts";

const LINES_OTHERWISE = 100;

export const logsCommand: Subcommand = {
  name: "logs",
  summary: "The last lines of the log.",
  flags: [
    { flag: "--follow", doc: "Go on with what is logged, until Ctrl-C." },
    {
      flag: "--lines",
      value: "NUMBER",
      doc: `How many of the last ones, at most ${LOG_TAIL_LINES_MAX}.`,
      defaultWords: String(LINES_OTHERWISE),
    },
    SOCKET_FLAG,
  ],
  examples: ["streamware logs", "streamware logs --follow | grep camera=gate"],
  run: (_argument, typed) => tellLogs(typed, standardOutput()),
};

/**
 * Prints the log of the running program, or the journal's. @returns the exit code
 * @throws Fault when there is neither
 */
export async function tellLogs(typed: Typed, output: Output): Promise<number> {
  const lines = typedCount(typed, "--lines", {
    otherwise: LINES_OTHERWISE,
    max: LOG_TAIL_LINES_MAX,
  });
  const isFollowed = typed["--follow"] === true;
  try {
    const client = await connectControl(controlPlaces(typed), systemClock);
    const follow = isFollowed ? "&follow=1" : "";
    for await (const line of client.lines(`/logs?lines=${lines}${follow}`)) {
      if (!output.line(printable(line))) break;
    }
    return 0;
  } catch (thrown) {
    // Only before the first line: one that answered and then went is another fault.
    if (!(thrown instanceof NobodyAnswers)) throw thrown;
    if (typed["--socket"] !== undefined || !(await hasUnit())) throw thrown;
    output.remark(`${thrown.message}. This is the journal:`);
    return await tellJournal(output, { lines, isFollowed });
  }
}

async function hasUnit(): Promise<boolean> {
  try {
    const limits = { timeoutMs: 5_000, outputBytesMax: 100_000 };
    return (await runProgram(["systemctl", "cat", SERVICE.unit], limits)).code === 0;
  } catch {
    return false; // no systemd here
  }
}

async function tellJournal(
  output: Output,
  asked: { readonly lines: number; readonly isFollowed: boolean },
): Promise<number> {
  const follow = asked.isFollowed ? ["--follow"] : [];
  await using child = await startChild({
    program: "journalctl",
    args: [
      "--unit",
      SERVICE.unit,
      "--lines",
      String(asked.lines),
      "--no-pager",
      ...follow,
    ],
    stdin: "none",
    outputs: [1],
    onStderrLine: (line) => output.remark(line),
  });
  child.output(1).onBytes((bytes) => {
    if (!output.bytes(bytes)) child.kill("SIGTERM");
  });
  await Promise.all([child.exited, child.output(1).ended, child.stderrEnded]);
  return 0;
}
