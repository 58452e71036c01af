/**
 * The program behind scripts/build: reads its flags, says what it made.
 * @module
 */
import { EXIT_CODES, Fault } from "../../base/fault.ts";
import { VERSION } from "../../base/version.ts";
import { buildBinary } from "./build.ts";
import { type Target, TARGETS } from "./target.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const USAGE = "usage: scripts/build [--target x64|arm64] [--output FOLDER]";

if (import.meta.main) Deno.exitCode = await main(Deno.args);

async function main(args: readonly string[]): Promise<number> {
  const wanted = readFlags(args);
  if (wanted === undefined) {
    console.error(USAGE);
    return EXIT_CODES.usage;
  }
  try {
    const path = await buildBinary({ root: ROOT, ...wanted });
    const megabytes = (Deno.statSync(path).size / 1e6).toFixed(1);
    console.log(`${path}  ${megabytes} MB, version ${VERSION}`);
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    console.error(`build: ${thrown.message}`);
    if (thrown.hint) console.error(`  try: ${thrown.hint}`);
    return EXIT_CODES[thrown.kind];
  }
}

interface Wanted {
  readonly target: Target;
  readonly output: string;
}

function readFlags(args: readonly string[]): Wanted | undefined {
  let target: Target | undefined = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  let output = `${ROOT}dist`;
  for (let at = 0; at < args.length; at += 2) {
    const [flag, value] = [args[at], args[at + 1]];
    if (value === undefined) return undefined;
    if (flag === "--target") target = TARGETS.find((known) => known === value);
    else if (flag === "--output") output = value.replace(/\/+$/, "");
    else return undefined;
  }
  return target === undefined ? undefined : { target, output };
}
