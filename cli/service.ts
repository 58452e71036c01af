/**
 * `streamware service`: the boot service on this machine. Thin: what is done is
 * `service_install.ts`, what is said of it `service_state.ts`.
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import type { ControlStatus } from "../server/control_protocol.ts";
import type { SubcommandGroup, Typed } from "./command_line.ts";
import { connectControl, NobodyAnswers, servicePlaces } from "./control_client.ts";
import { type Done, type Machine, requireSystemd, thisMachine } from "./machine.ts";
import { type Installed, installFiles, removeService } from "./service_install.ts";
import { lastWords, serviceReport, serviceState, startService } from "./service_state.ts";
import { SERVICE } from "./service_unit.ts";
import { exampleConfig } from "../config/example.ts";
import { type Output, standardOutput } from "./standard_output.ts";
import { STATUS_EXIT_CODES } from "./status.ts";

/** What the commands work on, so that a test can give a folder for a machine. */
export interface ServiceParts {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly output: Pick<Output, "line">;
  /**
   * Asks the service itself; "off" when its settings give it no control socket.
   * @throws NobodyAnswers when it does not answer, Fault when it may not be asked
   */
  askProgram(): Promise<ControlStatus | "off">;
}

export const serviceCommand: SubcommandGroup = {
  name: "service",
  summary: "The service that watches from boot on: install, uninstall, status.",
  subcommands: [
    {
      name: "install",
      summary: "Install this program as a service, or bring it up to date.",
      flags: [{ flag: "--no-start", doc: "Leave starting it to the next boot." }],
      examples: ["sudo ./streamware service install"],
      run: (_argument, typed) => install(typed, ourParts()),
    },
    {
      name: "uninstall",
      summary: "Stop the service and take it off; settings and data stay.",
      flags: [],
      examples: ["sudo streamware service uninstall"],
      run: () => uninstall(ourParts()),
    },
    {
      name: "status",
      summary: "How the service is; 0 well, 1 degraded, 2 down.",
      flags: [],
      examples: ["streamware service status"],
      run: () => status(ourParts()),
    },
  ],
};

function ourParts(): ServiceParts {
  return {
    machine: thisMachine(),
    clock: systemClock,
    output: standardOutput(),
    async askProgram() {
      const places = servicePlaces();
      if (places.length === 0) return "off";
      return await (await connectControl(places, systemClock)).status();
    },
  };
}

/** Installs, and starts what is new or does not run. */
export async function install(typed: Typed, parts: ServiceParts): Promise<number> {
  const { machine, output } = parts;
  const installed = await installFiles(machine, { example: exampleConfig() });
  tell(installed.steps, output);
  // A flag that begins with `--no-` is false once it is typed.
  const mayStart = (typed["--no-start"] as unknown) !== false;
  for (const line of await startIfNew(installed, { ...parts, mayStart })) {
    output.line(line);
  }
  return 0;
}

async function startIfNew(
  { isNew, isExample }: Installed,
  { machine, clock, mayStart }: ServiceParts & { readonly mayStart: boolean },
): Promise<readonly string[]> {
  if (isExample) {
    return [
      "The settings are an example that watches nothing yet. Next:",
      "  sudo streamware setup",
    ];
  }
  const { active } = await serviceState(machine);
  if (!isNew && active === "active") return ["Nothing to do: it is installed and runs."];
  if (!mayStart) return ["Not started. Next:", `  sudo systemctl restart streamware`];
  const { statusText } = await startService(machine, clock);
  return [`The service runs. ${statusText}`.trim()];
}

/**
 * @returns the exit code
 * @throws Fault when it needs root, or systemd fails
 */
export async function uninstall({ machine, output }: ServiceParts): Promise<number> {
  const steps = await removeService(machine);
  tell(steps, output);
  const wasThere = steps.some(({ how }) => how === "removed");
  if (!wasThere) output.line("Nothing to do: the service is not installed.");
  if (steps.some(({ how }) => how === "left")) {
    output.line("To take settings and data away too:");
    output.line(`  sudo rm -r ${SERVICE.configFolder} ${SERVICE.stateFolder}`);
    output.line(`  sudo userdel ${SERVICE.user}`);
  }
  return 0;
}

/**
 * What systemd knows, and while it runs what the program says of itself.
 * @returns as `streamware status`: 0 well, 1 degraded, 2 down
 * @throws Fault unavailable without systemd, or when the program may not be asked
 */
export async function status(parts: ServiceParts): Promise<number> {
  const { machine, output } = parts;
  requireSystemd(machine);
  const state = await serviceState(machine);
  const report = serviceReport(state);
  output.line(`The service ${report.words}.`);
  report.more.forEach((line) => output.line(`  ${line}`));
  if (report.toDo) output.line(`  try: ${report.toDo}`);
  if (state.active === "active") {
    return Math.max(report.exitCode, await tellProgram(parts));
  }
  if (!report.hasFailed) return report.exitCode;
  const said = await lastWords(machine);
  if (said.length > 0) output.line("It said last:");
  said.forEach((line) => output.line(`  ${line}`));
  return report.exitCode;
}

/** To systemd a program runs well whose cameras are all gone. */
async function tellProgram({ output, askProgram }: ServiceParts): Promise<number> {
  try {
    const program = await askProgram();
    if (program === "off") {
      output.line("  It has no control socket (control.socket: off) to ask for more.");
      return 0;
    }
    output.line(`  It is ${program.status}: ${program.why}.`);
    if (program.status !== "well") output.line("  try: streamware status");
    return STATUS_EXIT_CODES[program.status];
  } catch (thrown) {
    if (!(thrown instanceof NobodyAnswers)) throw thrown;
    output.line(`  It is down. ${thrown.message}.`);
    output.line(`  try: ${thrown.hint}`);
    return STATUS_EXIT_CODES.down;
  }
}

/** One line a step, aligned. */
export function tell(steps: readonly Done[], output: Pick<Output, "line">): void {
  const width = Math.max(0, ...steps.map(({ where }) => where.length));
  for (const { what, where, how } of steps) {
    output.line(`  ${what.padEnd(8)}  ${where.padEnd(width)}  ${how}`);
  }
}
