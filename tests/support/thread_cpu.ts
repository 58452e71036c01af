/**
 * Processor time of the thread that asks, from /proc: what a loaded box does not lengthen
 * and tests beside it do not add to. For a whole program: `process_cpu.ts`.
 * @module
 */

/** Milliseconds since the thread began, user and system time, in steps of ten. */
export function threadCpuMs(): number {
  const stat = Deno.readTextFileSync("/proc/thread-self/stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 13).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}
