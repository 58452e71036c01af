/**
 * Processor time of programs that we started, with all their children, from /proc.
 * Measures no time of its own and starts nothing.
 * @module
 */
import { cpuSeconds } from "../base/process_metrics.ts";

/**
 * Seconds of user and system time of `pid` and its living descendants. What was reaped
 * is left out: none of those that are measured end meanwhile.
 */
export function treeCpuSeconds(pid: number): number {
  const stats = allStats();
  let sum = 0;
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const stat = stats.get(next);
    if (stat === undefined) continue;
    sum += cpuSeconds(stat) ?? 0;
    for (const [child, text] of stats) if (parentOf(text) === next) open.push(child);
  }
  return sum;
}

/** The parent in the text of `/proc/PID/stat`; a program's name may hold `) `. */
export function parentOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function allStats(): Map<number, string> {
  const stats = new Map<number, string>();
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      stats.set(Number(name), Deno.readTextFileSync(`/proc/${name}/stat`));
    } catch {
      // It ended between the two looks.
    }
  }
  return stats;
}
