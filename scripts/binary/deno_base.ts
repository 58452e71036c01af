/**
 * The runtime base that `deno compile` puts our code behind, when it lies at hand:
 * unpacked once, checked each time. Where none lies, Deno fetches its own.
 * @module
 */
import { Buffer } from "node:buffer";
import { Fault } from "../../base/fault.ts";
import { call } from "./programs.ts";
import { elfTarget, type Target, TARGET_NAMES } from "./target.ts";

/** The Deno whose command line compiles. A base of another one gives a broken file. */
export interface Compiler {
  readonly version: string;
}

/**
 * @param at where packed bases lie, and where they are unpacked to
 * @returns the base's path, or undefined when there is none in `at.packed`
 */
export async function unpackedBase(
  target: Target,
  compiler: Compiler,
  at: { readonly packed: string; readonly unpacked: string },
): Promise<string | undefined> {
  const name = `denort-${compiler.version}-${TARGET_NAMES[target].denoArch}`;
  const wanted = readSum(`${at.packed}/SHA256SUMS`, name);
  if (wanted === undefined) return undefined;
  const path = `${at.unpacked}/${name}`;
  if (await sumOf(path) === wanted) return path;
  Deno.mkdirSync(at.unpacked, { recursive: true });
  const part = `${path}.${Deno.pid}.xz`;
  await Deno.copyFile(`${at.packed}/${name}.xz`, part);
  await call("xz", ["--decompress", "--force", part], { hint: "scripts/setup build" });
  const unpacked = part.slice(0, -".xz".length);
  if (await sumOf(unpacked) !== wanted) {
    Deno.removeSync(unpacked);
    throw new Fault(
      "corrupt",
      `Cannot use ${name}.xz: its sum is not that of SHA256SUMS`,
    );
  }
  checkBase(unpacked, target, compiler);
  Deno.chmodSync(unpacked, 0o755);
  Deno.renameSync(unpacked, path);
  return path;
}

/** Deno believes a base blindly, so that we do not. */
function checkBase(path: string, target: Target, { version }: Compiler): void {
  const bytes = Deno.readFileSync(path);
  const found = elfTarget(bytes);
  if (found !== target) {
    throw new Fault(
      "corrupt",
      `Cannot use ${path}: it is for ${found ?? "no processor we know"}`,
    );
  }
  if (!Buffer.from(bytes.buffer).includes(version)) {
    throw new Fault("corrupt", `Cannot use ${path}: it is not of Deno ${version}`);
  }
}

/** The sum of `name` in a list of sha256sum; undefined when list or name is absent. */
function readSum(list: string, name: string): string | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(list);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
  const line = text.split("\n").find((line) => line.endsWith(`  ${name}`));
  return line?.slice(0, 64);
}

async function sumOf(path: string): Promise<string | undefined> {
  try {
    return await sha256(Deno.readFileSync(path));
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

/** In hexadecimal, as sha256sum prints it. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
