/**
 * Finds processes of a group that outlived it: a test must leave none running.
 * Reads /proc; a process that made itself a group of its own is not found.
 * @module
 */

/** Command lines of the group's members that still run; zombies do not. */
export function leftBehind(group: number): string[] {
  const found: string[] = [];
  for (const entry of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(entry.name)) continue;
    try {
      const stat = Deno.readTextFileSync(`/proc/${entry.name}/stat`);
      if (!runsInGroup(stat, group)) continue;
      const words = Deno.readTextFileSync(`/proc/${entry.name}/cmdline`).split("\0");
      found.push(words.join(" ").trim().slice(0, 200));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Reads a /proc/PID/stat line; the name in parentheses may hold anything. */
export function runsInGroup(stat: string, group: number): boolean {
  const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(processGroup) === group && state !== "Z" && state !== "X";
}
