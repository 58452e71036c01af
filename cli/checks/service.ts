/**
 * Does systemd start it at boot, and does it stay up?
 * @module
 */
import { runProgram } from "../../base/subprocess.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

const UNIT = "streamware.service";
const PROPERTIES = "LoadState,UnitFileState,ActiveState,SubState,NRestarts,Result";

export const check: Check = { name: "service", timeoutMs: 10_000, run };

async function run({ signal }: CheckContext): Promise<readonly Finding[]> {
  if (!isSystemd()) {
    const words = "this box was not started by systemd: nothing starts it at boot";
    return [{
      level: "note",
      words,
      toDo: "start streamware run by this box's own init",
    }];
  }
  const limits = { timeoutMs: 8_000, outputBytesMax: 100_000, signal };
  const asked = ["systemctl", "show", UNIT, `--property=${PROPERTIES}`];
  const { code, stdout, stderr } = await runProgram(asked, limits);
  if (code === 0) return [judgeService(propertiesOf(stdout))];
  const words = `systemd does not answer: ${stderr.at(-1) ?? `code ${code}`}`;
  return [{ level: "warning", words, toDo: "systemctl status" }];
}

/** sd_booted(3). */
function isSystemd(): boolean {
  try {
    return Deno.statSync("/run/systemd/system").isDirectory;
  } catch {
    return false;
  }
}

/** `Name=value` lines, as `systemctl show` prints them. */
export function propertiesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
}

/** More often is no accident. */
const RESTARTS_MAX = 3;

export function judgeService(unit: Readonly<Record<string, string>>): Finding {
  if (unit.LoadState === "not-found") {
    const words = "no service is installed: nothing starts it at boot";
    return { level: "note", words, toDo: "sudo streamware service install" };
  }
  const restarts = Number(unit.NRestarts ?? 0);
  const state = `${unit.ActiveState} (${unit.SubState})`;
  const facts = { state, enabled: unit.UnitFileState ?? "", restarts };
  const journal = "journalctl -u streamware -n 50";
  if (unit.LoadState !== "loaded") {
    const words = `its unit cannot be loaded: ${unit.LoadState}`;
    return { level: "broken", words, toDo: "sudo streamware service install", facts };
  }
  if (unit.ActiveState === "failed") {
    return { level: "broken", words: `it failed: ${unit.Result}`, toDo: journal, facts };
  }
  if (unit.ActiveState !== "active") {
    const toDo = `sudo systemctl start streamware; ${journal}`;
    return { level: "warning", words: `it is ${state}`, toDo, facts };
  }
  if (unit.UnitFileState !== "enabled") {
    const words = `it is ${state}, but not started at boot`;
    return { level: "warning", words, toDo: "sudo systemctl enable streamware", facts };
  }
  if (restarts > RESTARTS_MAX) {
    const words = `it is ${state}, but systemd had to start it again ${restarts} times`;
    return { level: "warning", words, toDo: journal, facts };
  }
  return { level: "good", words: `it is ${state}, and started at boot`, facts };
}
