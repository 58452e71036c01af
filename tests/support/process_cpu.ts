/**
 * Processor time of a program and all its children, from /proc.
 * @module
 */
import { descendants } from "./program.ts";

/** Kernel ticks a second in /proc, the same on every Linux that runs Deno. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of user and system time that `pid`, its living descendants and those that
 * were reaped by them have used.
 */
export function treeCpuSeconds(pid: number): number {
  return [pid, ...descendants(pid)].reduce((sum, one) => sum + cpuSeconds(one), 0);
}

/** Resident memory of one process, bytes; 0 when it is gone. */
export function residentBytes(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

function cpuSeconds(pid: number): number {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, text) => sum + Number(text), 0);
    return ticks / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
