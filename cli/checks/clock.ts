/**
 * Is the box's clock right? Times of events, and certificates, stand on it.
 * @module
 */
import { runProgram } from "../../base/subprocess.ts";
import { propertiesOf } from "../machine.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "clock", timeoutMs: 10_000, run };

async function run({ clock, signal }: CheckContext): Promise<readonly Finding[]> {
  const limits = { timeoutMs: 5_000, outputBytesMax: 10_000, signal };
  let asked: Readonly<Record<string, string>> = {};
  try {
    const command = ["timedatectl", "show", "--property=NTP,NTPSynchronized"];
    asked = propertiesOf((await runProgram(command, limits)).stdout);
  } catch {
    // No timedatectl, or nobody behind it: then nothing is known but the year.
  }
  return [judgeClock(clock.utcMs(), asked.NTPSynchronized)];
}

/** Before this program was written. */
const YEAR_MIN = 2026;

/**
 * @param utcMs what the box's clock says, epoch ms
 * @param synchronised systemd's word for it: "yes" or "no"; undefined when it is not known
 */
export function judgeClock(utcMs: number, synchronised: string | undefined): Finding {
  const now = new Date(utcMs);
  const shown = `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const facts = { utcMs, synchronised: synchronised ?? "unknown" };
  const toDo = "sudo timedatectl set-ntp true; then timedatectl";
  if (now.getUTCFullYear() < YEAR_MIN) {
    const words = `it says ${shown}, which cannot be: a box without a battery forgets it`;
    return { level: "broken", words, toDo, facts };
  }
  if (synchronised === "yes") {
    return { level: "good", words: `it says ${shown}, and is kept right`, facts };
  }
  if (synchronised === "no") {
    const words = `it says ${shown}, and nothing keeps it right`;
    return { level: "warning", words, toDo, facts };
  }
  const words = `it says ${shown}; whether it is kept right is not known here`;
  return { level: "note", words, toDo: "compare it: date", facts };
}
