/**
 * The npm packages that stay packages inside the binary: npm:sharp, what it needs, and
 * its native half for the target's processor, as package-lock.json has it.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import type { Target } from "./target.ts";
import { call } from "./programs.ts";

/** What of an entry of package-lock.json is read. */
interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A package that goes into the stage. */
export interface KeptPackage {
  readonly name: string;
  readonly version: string;
  /** Of its archive: "sha512-…" in base64. */
  readonly integrity: string;
}

/** `names` and all they depend on, and sharp's native half for `target`; sorted. */
export function keptPackages(
  lock: unknown,
  names: readonly string[],
  target: Target,
): KeptPackage[] {
  const found = new Map<string, KeptPackage>();
  const open = [...names, ...nativeNames(target)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const { version, integrity, dependencies } = lockedPackage(lock, name);
    found.set(name, { name, version, integrity });
    open.push(...Object.keys(dependencies ?? {}));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The package with sharp's own library, and the one with libvips. */
export function nativeNames(target: Target): [string, string] {
  return [`@img/sharp-linux-${target}`, `@img/sharp-libvips-linux-${target}`];
}

function lockedPackage(lock: unknown, name: string): LockedPackage {
  const { packages } = lock as { packages: Record<string, LockedPackage> };
  const nested = Object.keys(packages).find((path) =>
    path.endsWith(`/node_modules/${name}`) && path !== `node_modules/${name}`
  );
  const found = packages[`node_modules/${name}`];
  if (found === undefined || nested !== undefined) {
    const state = nested === undefined
      ? "it is not there"
      : `it is there twice: ${nested}`;
    throw new Fault("bug", `Cannot take ${name} from package-lock.json: ${state}`);
  }
  return found;
}

/**
 * Puts the package into `folder` as it is published, its archive checked against the
 * lock. What this machine's npm installed is taken from `installed` instead: other
 * processors' packages npm leaves out, and its options for them differ by version.
 */
export async function placePackage(
  kept: KeptPackage,
  places: {
    readonly installed: string;
    readonly archives: string;
    readonly folder: string;
  },
): Promise<void> {
  Deno.mkdirSync(places.folder, { recursive: true });
  const here = `${places.installed}/${kept.name}`;
  if (versionIn(here) === kept.version) {
    return await call("cp", ["-r", `${here}/.`, places.folder]);
  }
  const archive = await fetchArchive(kept, places.archives);
  await call("tar", [
    ...["--extract", "--gzip", "--file", archive, "--no-same-owner"],
    ...["--strip-components=1", "--directory", places.folder],
  ]);
}

function versionIn(folder: string): string | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/package.json`)).version;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

async function fetchArchive(kept: KeptPackage, archives: string): Promise<string> {
  const file = `${kept.name.replace("@", "").replace("/", "-")}-${kept.version}.tgz`;
  const path = `${archives}/${file}`;
  if (await hasIntegrity(path, kept.integrity)) return path;
  Deno.mkdirSync(archives, { recursive: true });
  await call("npm", [
    ...["pack", `${kept.name}@${kept.version}`, "--pack-destination", archives],
    ...["--ignore-scripts", "--loglevel=error", "--no-update-notifier"],
  ]);
  if (await hasIntegrity(path, kept.integrity)) return path;
  Deno.removeSync(path);
  throw new Fault(
    "corrupt",
    `Cannot use ${kept.name} ${kept.version}: the archive is not the one of package-lock.json`,
    { hint: "check which registry npm asks: npm config get registry" },
  );
}

async function hasIntegrity(path: string, integrity: string): Promise<boolean> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
  return integrity === `sha512-${digest.toBase64()}`;
}
