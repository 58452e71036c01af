/**
 * How the boot service is, by systemd, in words; and waiting until it is ready.
 * Changes nothing but the start.
 * @module
 */
import { type Clock, sleep } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Machine } from "./machine.ts";
import { SERVICE } from "./service_unit.ts";

/** What systemd says of the unit, by the names of org.freedesktop.systemd1(5). */
export interface ServiceState {
  readonly isInstalled: boolean;
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

export async function serviceState(machine: Machine): Promise<ServiceState> {
  const { stdout } = await machine.run([
    "systemctl",
    "show",
    SERVICE.unit,
    `--property=${PROPERTIES.join(",")}`,
  ]);
  return readState(stdout);
}

/** Reads `systemctl show`: `Name=value` lines. */
export function readState(text: string): ServiceState {
  const lines = text.split("\n").map((line) => /^(\w+)=(.*)$/.exec(line));
  const value = (name: string) => lines.find((match) => match?.[1] === name)?.[2] ?? "";
  return {
    isInstalled: value("LoadState") === "loaded",
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
  readonly lines: readonly string[];
  /** What it said last belongs under it. */
  readonly hasFailed: boolean;
}

/** The state for people. */
export function serviceReport(state: ServiceState): ServiceReport {
  if (!state.isInstalled) {
    const lines = ["The service is not installed.", "  try: sudo streamware setup"];
    return { exitCode: 2, lines, hasFailed: false };
  }
  const boot = state.isEnabled
    ? "  It starts at boot."
    : "  It does not start at boot: sudo systemctl enable streamware";
  const again = state.restarts === 0
    ? []
    : [`  systemd has started it again ${times(state.restarts)}.`];
  if (state.active === "active") {
    const lines = [`The service runs since ${state.since}. ${state.statusText}`.trim()];
    const isWell = state.isEnabled;
    return {
      exitCode: isWell ? 0 : 1,
      lines: [...lines, ...again, boot],
      hasFailed: false,
    };
  }
  const lines = [...again, boot];
  if (isFailing(state)) {
    return { exitCode: 2, lines: [failureLine(state), ...lines], hasFailed: true };
  }
  if (state.active === "activating") {
    const line = "The service starts: it is not known yet how every camera is.";
    return { exitCode: 1, lines: [line, ...lines], hasFailed: false };
  }
  const line = `The service is stopped since ${state.since}.`;
  const start = "  try: sudo systemctl start streamware";
  return { exitCode: 2, lines: [line, ...lines, start], hasFailed: false };
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** It ended by itself and waits to be started again, or was given up. */
export function isFailing(state: ServiceState): boolean {
  return state.active !== "active" && state.outcome !== "success" &&
    (state.active === "failed" || /^(auto-restart|stop-post)/.test(state.sub));
}

function failureLine(state: ServiceState): string {
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
  return `The service does not run: ${ways[outcome] ?? outcome}${retry}.`;
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
  const why = last?.replace(/^streamware: /, "") ?? failureLine(state);
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
