/**
 * Does systemd start it at boot, and does it stay up?
 * @module
 */
import { isBootedBySystemd, thisMachine } from "../machine.ts";
import { serviceReport, type ServiceState, serviceState } from "../service_state.ts";
import { type Check, faultFinding, type Finding } from "./check.ts";

/** Longer than a program of the system may take. */
export const check: Check = { name: "service", timeoutMs: 25_000, run };

async function run(): Promise<readonly Finding[]> {
  const machine = thisMachine();
  if (!isBootedBySystemd(machine)) {
    return [{
      level: "note",
      words: "this box was not started by systemd: nothing starts it at boot",
      toDo: "start streamware run by this box's own init",
    }];
  }
  try {
    return [judgeService(await serviceState(machine))];
  } catch (thrown) {
    return [faultFinding(thrown, "warning")];
  }
}

/** More often is no accident. */
const RESTARTS_MAX = 3;
const LEVELS = ["good", "warning", "broken"] as const;

/** As `streamware service status` says it, and as bad as that. */
export function judgeService(state: ServiceState): Finding {
  const report = serviceReport(state);
  if (state.load === "not-found") {
    const words = "no service is installed: nothing starts it at boot";
    return { level: "note", words, toDo: "sudo streamware service install" };
  }
  const { active, sub, isEnabled, restarts } = state;
  const facts = { state: `${active} (${sub})`, enabled: isEnabled, restarts };
  const words = [`it ${report.words}`, ...report.more].join("; ").replace(/\.$/, "");
  const toDo = report.toDo ? { toDo: report.toDo } : {};
  const level = LEVELS[report.exitCode];
  if (level !== "good" || restarts <= RESTARTS_MAX) {
    return { level, words, ...toDo, facts };
  }
  return { level: "warning", words, toDo: "journalctl -u streamware -n 50", facts };
}
