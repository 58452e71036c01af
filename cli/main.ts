/**
 * Finds the subcommand, and says every failure the same way: one "Cannot …" line,
 * one line that helps, and an exit code of docs/ref/exit-codes.md. No stack trace
 * but for a bug of ours.
 * @module
 */
import { EXIT_CODES, Fault, wordsOf } from "../base/fault.ts";
import { withoutCredentials } from "../base/secret.ts";
import { VERSION } from "../base/version.ts";
import { analyzeCommand } from "./analyze.ts";
import { benchCommand } from "./bench.ts";
import { camerasCommand } from "./cameras.ts";
import { classifyCropsCommand } from "./classify_crops.ts";
import { type CommandLine, runSubcommand } from "./command_line.ts";
import { Interrupted } from "./ask.ts";
import { configCommand } from "./config.ts";
import { doctorCommand } from "./doctor.ts";
import { eventsCommand } from "./events.ts";
import { logsCommand } from "./logs.ts";
import { runCommand } from "./run.ts";
import { serviceCommand } from "./service.ts";
import { setupCommand } from "./setup.ts";
import { snapshotCommand } from "./snapshot.ts";
import { statusCommand } from "./status.ts";
import { versionCommand } from "./version.ts";

const COMMAND_LINE: CommandLine = {
  name: "streamware",
  summary: "Watches cameras and says what happens.",
  version: VERSION,
  subcommands: [
    runCommand,
    analyzeCommand,
    statusCommand,
    eventsCommand,
    logsCommand,
    snapshotCommand,
    camerasCommand,
    doctorCommand,
    configCommand,
    serviceCommand,
    setupCommand,
    benchCommand,
    versionCommand,
    classifyCropsCommand,
  ],
};

/** Runs the program; returns its exit code. Never throws. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    return await runSubcommand(COMMAND_LINE, args);
  } catch (thrown) {
    return report(thrown);
  }
}

function report(thrown: unknown): number {
  if (thrown instanceof Interrupted) return 130; // Ctrl-C at a question
  if (thrown instanceof Fault) {
    console.error(withoutCredentials(`streamware: ${thrown.message}`));
    // Hints are written by us: one may show how a URL with a password looks.
    if (thrown.hint) console.error(`  try: ${thrown.hint}`);
    return EXIT_CODES[thrown.kind];
  }
  const stack = thrown instanceof Error ? thrown.stack ?? "" : "";
  console.error(withoutCredentials(
    `streamware: Bug: ${
      wordsOf(thrown)
    }\n${stack}\n  Please report this with the lines above.`,
  ));
  return EXIT_CODES.bug;
}
