/**
 * How the boot service is, by systemd, in words; and waiting until it is ready.
 * Changes nothing but the start.
 * @module
 */
import { type Clock, sleep } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { type Machine, mustRun, propertiesOf } from "./machine.ts";
import { SERVICE } from "./service_unit.ts";

/** What systemd says of the unit, by the names of org.freedesktop.systemd1(5). */
export interface ServiceState {
  /** `loaded`, `not-found`, `masked`, `bad-setting`… */
  readonly load: string;
  /** `active`, `activating`, `inactive`, `failed`… */
  readonly active: string;
  /** `running`, `auto-restart`, `stop-post`… */
  readonly sub: string;
  /** How it ended last: `success`, `exit-code`, `watchdog`… */
  readonly outcome: string;
  readonly isEnabled: boolean;
  /** What the program says of itself. */
  readonly statusText: string;
  /** How often systemd started it again since it was started by somebody. */
  readonly restarts: number;
  readonly exitStatus: number;
  readonly since: string;
  /** Another one for each start. */
  readonly invocation: string;
}

const PROPERTIES = [
  "LoadState",
  "ActiveState",
  "SubState",
  "Result",
  "UnitFileState",
  "StatusText",
  "NRestarts",
  "ExecMainStatus",
  "StateChangeTimestamp",
  "InvocationID",
];

/** @throws Fault unavailable when systemd does not answer */
export async function serviceState(machine: Machine): Promise<ServiceState> {
  const show = ["systemctl", "show", SERVICE.unit, `--property=${PROPERTIES.join(",")}`];
  return readState(await mustRun(machine, show));
}

/** Reads what `systemctl show` prints. */
export function readState(text: string): ServiceState {
  const properties = propertiesOf(text);
  const value = (name: string) => properties[name] ?? "";
  return {
    load: value("LoadState"),
    active: value("ActiveState"),
    sub: value("SubState"),
    outcome: value("Result"),
    isEnabled: value("UnitFileState") === "enabled",
    statusText: value("StatusText"),
    restarts: Number(value("NRestarts") || 0),
    exitStatus: Number(value("ExecMainStatus") || 0),
    since: value("StateChangeTimestamp"),
    invocation: value("InvocationID"),
  };
}

export interface ServiceReport {
  /** As of `streamware status`: 0 well, 1 degraded, 2 down. */
  readonly exitCode: 0 | 1 | 2;
  /** Follows "the service": `runs since …`. Without a period. */
  readonly words: string;
  /** More sentences about it. */
  readonly more: readonly string[];
  /** The line to run. */
  readonly toDo?: string;
  /** What it said last belongs under it. */
  readonly hasFailed: boolean;
}

/** The state for people, as systemd sees it: of cameras it knows nothing. */
export function serviceReport(state: ServiceState): ServiceReport {
  const unusable = unusableReport(state.load);
  if (unusable) return unusable;
  const { isEnabled, since, statusText } = state;
  const report = { more: moreOf(state), hasFailed: false };
  if (state.active === "active") {
    const words = `runs since ${since}${statusText === "" ? "" : `: ${statusText}`}`;
    if (isEnabled) return { ...report, exitCode: 0, words };
    return { ...report, exitCode: 1, words, toDo: "sudo systemctl enable streamware" };
  }
  if (isFailing(state)) {
    const words = failureWords(state);
    const toDo = "sudo streamware logs";
    return { ...report, exitCode: 2, words, toDo, hasFailed: true };
  }
  if (state.active === "activating") {
    const words = "starts: it is not known yet how every camera is";
    return { ...report, exitCode: 1, words };
  }
  const words = `is stopped since ${since}`;
  return { ...report, exitCode: 2, words, toDo: "sudo systemctl start streamware" };
}

/** Why there is nothing that systemd could start; undefined when there is. */
function unusableReport(load: string): ServiceReport | undefined {
  if (load === "loaded") return undefined;
  const report = { exitCode: 2, more: [], hasFailed: false } as const;
  if (load === "" || load === "not-found") {
    return { ...report, words: "is not installed", toDo: "sudo streamware setup" };
  }
  if (load === "masked") {
    const toDo = `sudo systemctl unmask ${SERVICE.unit}`;
    return { ...report, words: "is masked: nothing starts it", toDo };
  }
  const words = `has a unit that systemd cannot use (${load})`;
  return { ...report, words, toDo: "sudo streamware service install" };
}

function moreOf({ isEnabled, restarts }: ServiceState): readonly string[] {
  const boot = isEnabled ? "It starts at boot." : "It does not start at boot.";
  if (restarts === 0) return [boot];
  return [`systemd has started it again ${times(restarts)}.`, boot];
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** It ended by itself and waits to be started again, or was given up. */
export function isFailing(state: ServiceState): boolean {
  return state.active !== "active" && state.outcome !== "success" &&
    (state.active === "failed" || /^(auto-restart|stop-post)/.test(state.sub));
}

function failureWords(state: ServiceState): string {
  const { outcome, exitStatus } = state;
  const ways: Readonly<Record<string, string>> = {
    "exit-code": `it ended with ${exitStatus}`,
    "signal": "it was killed",
    "core-dump": "it crashed",
    "watchdog": "it hung",
    "timeout": "it was not ready in time",
    "oom-kill": "memory was short",
    "protocol": "it ended before it was ready",
  };
  const retry = state.active === "failed" ? "" : "; systemd tries again in 10 s";
  return `does not run: ${ways[outcome] ?? outcome}${retry}`;
}

/** READY comes within `TimeoutStartSec`, after an old one's end within `TimeoutStopSec`. */
const READY_MS = 110_000;
const LOOK_MS = 200;

/**
 * Starts the service, again if it runs, and waits until it is ready.
 * @throws Fault unavailable with what it said when it ended or is not ready in time
 */
export async function startService(
  machine: Machine,
  clock: Clock,
): Promise<ServiceState> {
  const before = await serviceState(machine);
  const { code, stderr } = await machine.run([
    "systemctl",
    "restart",
    "--no-block",
    SERVICE.unit,
  ]);
  if (code !== 0) {
    const why = stderr.at(-1) ?? `systemctl ended with ${code}`;
    throw new Fault("unavailable", `Cannot start the service: ${why}`);
  }
  const endMs = clock.monotonicMs() + READY_MS;
  for (;;) {
    const state = await serviceState(machine);
    const isNew = state.invocation !== before.invocation;
    if (isNew && state.active === "active") return state;
    const isLate = clock.monotonicMs() > endMs;
    if (isLate || (isNew && isFailing(state))) throw await startFault(machine, state);
    await sleep(clock, LOOK_MS);
  }
}

async function startFault(machine: Machine, state: ServiceState): Promise<Fault> {
  const said = await lastWords(machine);
  // As cli/main.ts prints what ended it.
  const last = said.findLast((line) => /^streamware: (Cannot|Bug)/.test(line));
  const why = last?.replace(/^streamware: /, "") ?? `it ${failureWords(state)}`;
  return new Fault("unavailable", `Cannot start the service: ${why}`, {
    hint: "streamware service status",
  });
}

/** The last lines of the service in the journal; empty for who may not read it. */
export async function lastWords(machine: Machine): Promise<readonly string[]> {
  const { code, stdout } = await machine.run([
    "journalctl",
    `--unit=${SERVICE.unit}`,
    "--lines=25",
    "--output=cat",
    "--no-pager",
    "--quiet",
  ]);
  return code === 0 ? stdout.split("\n").filter((line) => line !== "") : [];
}
