/**
 * The one file that users get, built at most once for one state of the sources. Waits
 * for whoever builds it already; runs scripts/build as a user does.
 * @module
 */
import { createHash } from "node:crypto";
import { binaryName, type Target } from "../../scripts/binary/target.ts";
import { checkoutFiles, ROOT } from "../house/checkout.ts";
import type { TestFolder } from "./clips.ts";
import type { ProgramPlace } from "./program.ts";

const BUILT = `${ROOT}.toolchain/binaries`;
/** Files of older sources are kept this long, as a test may still run them. */
const KEPT_MS = 20 * 60_000;

/**
 * Whether the binary can be built here: npm has the compiler for x64 only, and Deno's
 * runtime base lies packed beside the checkout or has to be fetched. For `ignore:`.
 */
export async function canBuildBinary(): Promise<boolean> {
  if (!exists(`${ROOT}node_modules/deno-compile-x64/deno`)) return false;
  return exists(`${ROOT}../shared/denort/SHA256SUMS`) || await reachesDeno();
}

/** Where `deno compile` gets its base. */
const DENO_DOWNLOADS = { hostname: "dl.deno.land", port: 443 };

async function reachesDeno(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(3_000);
    using _connection = await Deno.connect({ ...DENO_DOWNLOADS, signal });
    return true;
  } catch {
    // No network, or none to there.
    return false;
  }
}

/**
 * The path of the binary for `target`. Takes some seconds at the first call after the
 * sources changed. Copy it where the test runs it: this folder is shared.
 */
export async function builtBinary(target: Target): Promise<string> {
  Deno.mkdirSync(BUILT, { recursive: true });
  using lock = Deno.openSync(`${BUILT}/lock`, { create: true, write: true });
  await lock.lock(true);
  const folder = `${BUILT}/${target}-${hashOfSources()}`;
  const path = `${folder}/${binaryName(target)}`;
  if (!exists(path)) {
    sweepOld();
    await build(target, folder);
  }
  return path;
}

/**
 * The binary alone in a folder, as a user has it: an empty HOME, an environment with
 * nothing of ours, and for arm64 the emulator (on a PC).
 */
export async function placeBinary(
  target: Target,
  folder: TestFolder,
): Promise<ProgramPlace> {
  const path = folder.file(binaryName(target));
  await Deno.copyFile(await builtBinary(target), path);
  const env: Record<string, string> = { PATH: "/usr/bin:/bin" };
  for (const name of ["HOME", "TMPDIR"]) {
    env[name] = folder.file(name.toLowerCase());
    Deno.mkdirSync(env[name]);
  }
  if (isOwn(target)) return { command: [path], env };
  env.QEMU_LD_PREFIX = "/usr/aarch64-linux-gnu";
  return { command: ["/usr/bin/qemu-aarch64-static", path], env };
}

function isOwn(target: Target): boolean {
  return target === (Deno.build.arch === "aarch64" ? "arm64" : "x64");
}

async function build(target: Target, folder: string): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(`${ROOT}scripts/build`, {
    args: ["--target", target, "--output", folder],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(
    `scripts/build failed:\n${decoder.decode(stdout)}${decoder.decode(stderr)}`,
  );
}

/** Of all that can become part of the binary: more than is, never less. */
function hashOfSources(): string {
  const hash = createHash("sha256");
  for (const path of checkoutFiles()) {
    if (/^(tests|docs)\/|_test\.tsx?$|\.md$/.test(path)) continue;
    hash.update(`${path}\0`).update(Deno.readFileSync(ROOT + path)).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function sweepOld(): void {
  for (const { name } of Deno.readDirSync(BUILT)) {
    const builtMs = Deno.statSync(`${BUILT}/${name}`).mtime?.getTime() ?? 0;
    if (name === "lock" || Date.now() - builtMs < KEPT_MS) continue;
    Deno.removeSync(`${BUILT}/${name}`, { recursive: true });
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}
