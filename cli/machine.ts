/**
 * The machine that commands for root change: its files, its users, its systemd. In a
 * test it is a folder that stands for `/`, and programs that only seem to run.
 * @module
 */
import { lchown } from "node:fs/promises";
import { Fault } from "../base/fault.ts";
import { type ProgramOutcome, runProgram } from "../base/subprocess.ts";
import { isThere } from "./found_files.ts";

export interface Machine {
  readonly isRoot: boolean;
  /** The one file that runs; undefined when this is a checkout. */
  readonly program: string | undefined;
  /** Where `path` of the machine lies for us: itself, or below the test's folder. */
  at(path: string): string;
  /** Runs a program to its end, at most `timeoutMs`; an exit code is no error. */
  run(command: readonly string[], timeoutMs?: number): Promise<ProgramOutcome>;
  /** Gives a file to a user and a group of the machine; a link itself. */
  own(path: string, owner: Owner): Promise<void>;
  /** Whose a file is. */
  ownerOf(path: string): Owner;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const ROOT_OWNER: Owner = { uid: 0, gid: 0 };

/** What a step did to one thing of the machine. */
export interface Done {
  /** `program`, `user`. */
  readonly what: string;
  readonly where: string;
  readonly how: "made" | "changed" | "as it was" | "removed" | "left";
}

const PROGRAM_MS = 20_000;

/** The machine that we run on: its programs and its files. */
export function thisMachine(): Machine {
  return {
    isRoot: Deno.uid() === 0,
    program: Deno.build.standalone ? Deno.execPath() : undefined,
    at: (path) => path,
    run: (command, timeoutMs = PROGRAM_MS) =>
      runProgram(command, { timeoutMs, outputBytesMax: 1_000_000 }),
    own: (path, { uid, gid }) => lchown(path, uid, gid),
    ownerOf(path) {
      const { uid, gid } = Deno.lstatSync(path);
      return { uid: uid ?? 0, gid: gid ?? 0 };
    },
  };
}

/**
 * @param command what the user typed, for the line that helps
 * @throws Fault unavailable when systemd does not run here or we are not root
 */
export function requireService(machine: Machine, command: string): void {
  requireSystemd(machine);
  if (machine.isRoot) return;
  throw new Fault("unavailable", `Cannot ${command}: only root may`, {
    hint: `sudo ${machine.program ?? "streamware"} ${command}`,
  });
}

/** As sd_booted(3) looks. */
export function isBootedBySystemd(machine: Machine): boolean {
  return isThere(machine.at("/run/systemd/system"));
}

/** @throws Fault unavailable when this machine was not booted by systemd */
export function requireSystemd(machine: Machine): void {
  if (isBootedBySystemd(machine)) return;
  const words = "Cannot use the boot service: this machine does not run systemd";
  throw new Fault("unavailable", words, {
    hint: "start it from what this machine has for that: streamware run",
  });
}

/**
 * Runs a program that has to succeed; gives what it printed.
 * @throws Fault unavailable with its last words
 */
export async function mustRun(
  machine: Machine,
  command: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await machine.run(command);
  if (code === 0) return stdout;
  const words = stderr.at(-1) ?? `it ended with ${code}`;
  throw new Fault("unavailable", `Cannot finish ${command.join(" ")}: ${words}`);
}

/** `Name=value` lines, as `systemctl show` and `timedatectl show` print them. */
export function propertiesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
}
