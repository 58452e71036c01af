/**
 * The one file that knows npm:commander, which stands in for jsr:@std/cli
 * (docs/adr/0002-stand-ins-for-jsr.md). Says nothing of what a command does.
 * @module
 */
import { Command, CommanderError, Option } from "commander";
import { Fault } from "../base/fault.ts";
import { standardOutput } from "./standard_output.ts";

/** A flag as the help shows it. */
export interface Flag {
  /** `--fps`. */
  readonly flag: string;
  /** What stands for its value in the help, `NUMBER`; absent for a switch. */
  readonly value?: string;
  /** The flag may stand alone: then it is `true`. */
  readonly valueOptional?: boolean;
  readonly doc: string;
  readonly defaultWords?: string;
  readonly repeatable?: boolean;
}

/** What was typed, by flag; repeatable flags hold every value. */
export type Typed = Readonly<
  Record<string, string | true | readonly string[] | undefined>
>;

export interface Subcommand {
  readonly name: string;
  readonly summary: string;
  /** Left out of the help: the program calls it itself. */
  readonly isHidden?: boolean;
  /** The one positional argument, if the command takes one. */
  readonly argument?: {
    readonly name: string;
    readonly doc: string;
    /** May be left out: then `run` gets "". */
    readonly optional?: boolean;
  };
  readonly flags: readonly Flag[];
  /** More lines under the help: examples. */
  readonly examples: readonly string[];
  /** Returns the exit code. */
  run(argument: string, typed: Typed): Promise<number>;
}

/** Commands under one word: `streamware config check`. */
export interface SubcommandGroup {
  readonly name: string;
  readonly summary: string;
  /** What the word does by itself; without it, it prints its help. */
  readonly alone?: Omit<Subcommand, "name" | "summary" | "argument">;
  readonly subcommands: readonly Subcommand[];
}

export interface CommandLine {
  readonly name: string;
  readonly summary: string;
  readonly version: string;
  readonly subcommands: readonly (Subcommand | SubcommandGroup)[];
}

/**
 * Reads `args` and runs the subcommand they name; returns its exit code.
 * @throws Fault (usage) for an unknown command or flag, or a missing value
 */
export async function runSubcommand(
  line: CommandLine,
  args: readonly string[],
): Promise<number> {
  let exitCode = 0;
  const program = new Command(line.name)
    .description(line.summary)
    .version(line.version, "--version", "Print the version.")
    .helpOption("-h, --help", "Print this help.")
    .helpCommand("help [command]", "Print the help of a command.")
    // Flags behind a subcommand are its own, also where its group has one of that name.
    .enablePositionalOptions();
  quiet(program);
  const exit = (code: number) => void (exitCode = code);
  for (const subcommand of line.subcommands) {
    if ("run" in subcommand) add(program, subcommand, exit);
    else addGroup(program, subcommand, exit);
  }
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    if (thrown.code === "commander.help") return 2;
    throw new Fault("usage", usageWords(thrown), {
      hint: `${line.name} --help`,
      cause: thrown,
    });
  }
  return exitCode;
}

function addGroup(
  program: Command,
  group: SubcommandGroup,
  exit: (code: number) => void,
): void {
  const command = program.command(group.name).description(group.summary)
    .helpCommand(false);
  quiet(command);
  command.enablePositionalOptions();
  if (group.alone) fit(command, { ...group, ...group.alone }, exit);
  for (const subcommand of group.subcommands) add(command, subcommand, exit);
}

function add(
  program: Command,
  subcommand: Subcommand,
  exit: (code: number) => void,
): void {
  const hidden = subcommand.isHidden ?? false;
  const command = program.command(subcommand.name, { hidden })
    .description(subcommand.summary);
  quiet(command);
  fit(command, subcommand, exit);
}

/** Gives a command its argument, flags and examples, and what it does. */
function fit(
  command: Command,
  subcommand: Subcommand,
  exit: (code: number) => void,
): void {
  const { argument } = subcommand;
  if (argument) {
    const { name, doc, optional } = argument;
    command.argument(optional ? `[${name}]` : `<${name}>`, doc);
  }
  for (const flag of subcommand.flags) command.addOption(optionOf(flag));
  if (subcommand.examples.length > 0) {
    command.addHelpText("after", `\nExamples:\n  ${subcommand.examples.join("\n  ")}`);
  }
  command.action(async (...given: unknown[]) => {
    const options = command.opts<Record<string, string | true | readonly string[]>>();
    const typed: Record<string, string | true | readonly string[] | undefined> = {};
    for (const option of command.options) {
      typed[option.long!] = options[option.attributeName()];
    }
    exit(await subcommand.run(argument ? String(given[0] ?? "") : "", typed));
  });
}

function optionOf(flag: Flag): Option {
  const words = flag.defaultWords
    ? `${flag.doc} (default ${flag.defaultWords})`
    : flag.doc;
  const value = !flag.value
    ? ""
    : flag.valueOptional
    ? ` [${flag.value}]`
    : ` <${flag.value}>`;
  const option = new Option(`${flag.flag}${value}`, words);
  if (flag.repeatable) {
    option.argParser((text: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      text,
    ]);
  }
  return option;
}

/** Errors are thrown, not printed: `cli/main.ts` prints all of them alike. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({
    outputError: () => {},
    // commander's own stumbles over a reader that has left: `--help | head`.
    writeOut: (text) => void standardOutput().bytes(new TextEncoder().encode(text)),
  });
  command.allowExcessArguments(false);
}

/** "error: unknown option '--x'" → "Cannot read the command line: unknown option '--x'". */
function usageWords(error: CommanderError): string {
  const words = error.message.replace(/^error: /, "").replaceAll("\n", " ");
  return `Cannot read the command line: ${words}`;
}
