/**
 * What this process costs, read from /proc (Linux) at every scrape, under the names
 * that every Prometheus dashboard knows. Children are not in it.
 * @module
 */
import type { Metrics } from "./metrics.ts";

/** Kernel ticks a second in /proc, the same on every Linux that runs Deno. */
const TICKS_PER_SECOND = 100;

export function addProcessMetrics(metrics: Metrics): void {
  metrics.counter({
    name: "process_cpu_seconds_total",
    help: "Processor time used, user and system, in seconds.",
    read: () => cpuSeconds(Deno.readTextFileSync("/proc/self/stat")),
  });
  metrics.gauge({
    name: "process_resident_memory_bytes",
    help: "Memory resident in RAM, bytes.",
    read: () => residentBytes(Deno.readTextFileSync("/proc/self/status")),
  });
  metrics.gauge({
    name: "process_open_fds",
    help: "Open file descriptors.",
    read: openFiles,
  });
  const startSeconds = startUtcSeconds(
    Deno.readTextFileSync("/proc/self/stat"),
    Deno.readTextFileSync("/proc/stat"),
  );
  metrics.gauge({
    name: "process_start_time_seconds",
    help: "Start of the process, seconds since 1970 UTC.",
    read: () => startSeconds,
  });
}

/** Seconds of processor time in the text of `/proc/PID/stat`. */
export function cpuSeconds(stat: string): number | undefined {
  const fields = fieldsAfterName(stat);
  return sumOf(fields[11], fields[12], TICKS_PER_SECOND);
}

/** Bytes of resident memory in the text of `/proc/PID/status`. */
export function residentBytes(status: string): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

/** Seconds since 1970 at which the process of `stat` began. */
export function startUtcSeconds(stat: string, kernelStat: string): number | undefined {
  const boot = /^btime (\d+)$/m.exec(kernelStat)?.[1];
  const ticks = fieldsAfterName(stat)[19];
  if (boot === undefined || ticks === undefined) return undefined;
  return Number(boot) + Number(ticks) / TICKS_PER_SECOND;
}

/** Field 3 of proc(5) and on: the program's name before it may hold spaces and `)`. */
function fieldsAfterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).trim().split(" ");
}

function sumOf(
  user: string | undefined,
  system: string | undefined,
  ticksPerSecond: number,
): number | undefined {
  if (user === undefined || system === undefined) return undefined;
  return (Number(user) + Number(system)) / ticksPerSecond;
}

/** Without the one that lists them. */
function openFiles(): number {
  return [...Deno.readDirSync("/proc/self/fd")].length - 1;
}
