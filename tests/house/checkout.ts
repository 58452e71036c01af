/**
 * The files of this checkout, as git sees them: tracked ones and new ones that are
 * not ignored. Where there is no git (an unpacked archive) it walks the folders.
 * @module
 */

/** The repository's root, with a slash at its end. */
export const ROOT = new URL("../../", import.meta.url).pathname;

/** Folders that hold what was made or fetched, for the walk. */
const MADE = new Set([".git", ".toolchain", "dist", "node_modules"]);

/** Paths below the root, sorted: "base/clock.ts". Links and missing files are left out. */
export function checkoutFiles(root = ROOT): string[] {
  const listed = listedByGit(root) ?? [...walk(root, "")];
  return listed.filter((path) => isFile(root + path)).sort();
}

/** The text of a file of the checkout. */
export function readText(path: string, root = ROOT): string {
  return Deno.readTextFileSync(root + path);
}

function listedByGit(root: string): string[] | undefined {
  try {
    const { success, stdout } = new Deno.Command("git", {
      args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      cwd: root,
      stdout: "piped",
      stderr: "null",
    }).outputSync();
    if (!success) return undefined;
    return new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "");
  } catch {
    // No git on this machine.
    return undefined;
  }
}

function* walk(root: string, folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(root + folder)) {
    const path = folder + entry.name;
    if (entry.isDirectory && !MADE.has(entry.name)) yield* walk(root, `${path}/`);
    if (entry.isFile) yield path;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}
