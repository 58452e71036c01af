/**
 * Finds the subcommand, and says every failure the same way: one "Cannot …" line,
 * one line that helps, and an exit code of docs/ref/exit-codes.md. No stack trace
 * but for a bug of ours.
 * @module
 */
import { EXIT_CODES, Fault, wordsOf } from "../base/fault.ts";
import { withoutCredentials } from "../base/secret.ts";
import { VERSION } from "../base/version.ts";
import { runSubcommand, type Subcommand, type SubcommandGroup } from "./command_line.ts";
import { Interrupted } from "./interrupted.ts";

/**
 * Commands by name, in the order of the help. Each is loaded when it is typed: a box that
 * watches for years does not hold what sets it up, and what is loaded never leaves.
 */
const COMMANDS: Readonly<Record<string, () => Promise<Subcommand | SubcommandGroup>>> = {
  run: async () => (await import("./run.ts")).runCommand,
  analyze: async () => (await import("./analyze.ts")).analyzeCommand,
  status: async () => (await import("./status.ts")).statusCommand,
  events: async () => (await import("./events.ts")).eventsCommand,
  logs: async () => (await import("./logs.ts")).logsCommand,
  snapshot: async () => (await import("./snapshot.ts")).snapshotCommand,
  cameras: async () => (await import("./cameras.ts")).camerasCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
  config: async () => (await import("./config.ts")).configCommand,
  service: async () => (await import("./service.ts")).serviceCommand,
  setup: async () => (await import("./setup.ts")).setupCommand,
  bench: async () => (await import("./bench.ts")).benchCommand,
  version: async () => (await import("./version.ts")).versionCommand,
  "classify-crops": async () =>
    (await import("./classify_crops.ts")).classifyCropsCommand,
};

/** Runs the program; returns its exit code. Never throws. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    const subcommands = await Promise.all(namedBy(args).map((load) => load()));
    const summary = "Watches cameras and says what happens.";
    const line = { name: "streamware", summary, version: VERSION, subcommands };
    return await runSubcommand(line, args);
  } catch (thrown) {
    return report(thrown);
  }
}

/** The command that is typed; all of them for the help, and for a slip of the keys. */
function namedBy([first = ""]: readonly string[]) {
  return Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]!] : Object.values(COMMANDS);
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
