/**
 * Processor time of programs that we started, with all their children, from /proc.
 * Measures no time of its own and starts nothing.
 * @module
 */
import { cpuSeconds } from "../base/process_metrics.ts";

/** In /proc, the same on every Linux that runs Deno. */
const TICKS_PER_SECOND = 100;

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

/** Seconds of all children that a process has outlived, from its `/proc/PID/stat`. */
export function reapedCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/**
 * The most memory that a living child of `parent` had so far, bytes; of the one that has
 * `word` in its command line. Undefined when there is none.
 */
export function peakBytesOfChild(parent: number, word: string): number | undefined {
  for (const [pid, text] of allStats()) {
    if (parentOf(text) !== parent) continue;
    try {
      if (!Deno.readTextFileSync(`/proc/${pid}/cmdline`).includes(word)) continue;
      const status = Deno.readTextFileSync(`/proc/${pid}/status`);
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
    } catch {
      // It ended between the two looks.
    }
  }
  return undefined;
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
