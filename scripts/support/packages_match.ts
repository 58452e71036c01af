/**
 * Compares node_modules with package-lock.json, so that scripts/setup can tell
 * whether npm has work to do. Installs nothing, and reads no package's files:
 * npm's own record of what it put there is believed.
 * @module
 */

/** What of a lock file's entry decides whether it belongs on a machine. */
export interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** Packages by the folder they lie in: "node_modules/hono". */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** The machine's kind, in npm's words: "linux", "x64", "glibc". */
export interface Machine {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string;
}

/** What is wrong with `installed`, one line each; empty when all is as locked. */
export function differences(
  locked: LockedPackages,
  installed: LockedPackages,
  machine: Machine,
): string[] {
  const found: string[] = [];
  for (const [folder, wanted] of Object.entries(locked)) {
    if (folder === "" || !belongsOn(wanted, machine)) continue;
    const version = installed[folder]?.version;
    if (version === wanted.version) continue;
    found.push(`${folder}: ${version ?? "missing"}, locked is ${wanted.version}`);
  }
  return found;
}

/** Of the optional packages those that name this machine: others npm may leave out. */
function belongsOn(wanted: LockedPackage, machine: Machine): boolean {
  if (wanted.optional !== true) return true;
  return wanted.os?.includes(machine.os) === true &&
    wanted.cpu?.includes(machine.cpu) === true &&
    (wanted.libc?.includes(machine.libc) ?? true);
}

function readPackages(path: string): LockedPackages {
  const lock: unknown = JSON.parse(Deno.readTextFileSync(path));
  if (typeof lock !== "object" || lock === null || !("packages" in lock)) {
    throw new TypeError(`Cannot read ${path}: it has no "packages"`);
  }
  return lock.packages as LockedPackages;
}

if (import.meta.main) {
  const machine = {
    os: Deno.build.os,
    cpu: Deno.build.arch === "aarch64" ? "arm64" : "x64",
    libc: "glibc",
  };
  const found = differences(
    readPackages("package-lock.json"),
    readPackages("node_modules/.package-lock.json"),
    machine,
  );
  for (const line of found) console.error(line);
  Deno.exitCode = found.length === 0 ? 0 : 1;
}
