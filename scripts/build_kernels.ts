/**
 * Compiles the AssemblyScript kernels into `analysis/kernels/motion.wasm`, which is kept
 * in the repository, so that running needs no compiler:
 * `deno run -A scripts/build_kernels.ts`. A test says when it is time to.
 * @module
 */
import { main } from "assemblyscript/asc";
import { Fault } from "../base/fault.ts";

const ROOT = new URL("../", import.meta.url).pathname;
/** Its types are for editors: analysis/kernels/assembly/assemblyscript.d.ts. */
const SOURCE = "analysis/kernels/assembly/motion.ts";

/** Where the compiled kernels are kept, below the repository's root. */
export const KERNELS_WASM = "analysis/kernels/motion.wasm";

/**
 * The compiled kernels: the same bytes for the same sources and compiler.
 * @throws Fault bug with the compiler's words when it refuses them
 */
export async function compileKernels(): Promise<Uint8Array> {
  const made = new Map<string, Uint8Array>();
  const { error, stderr } = await main([
    SOURCE,
    ...["--outFile", "motion.wasm", "--runtime", "stub", "--enable", "simd"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
  ], {
    readFile: readSource,
    writeFile: (name, contents) => {
      if (contents instanceof Uint8Array) made.set(name, contents);
    },
    listFiles: () => [],
  });
  const wasm = made.get("motion.wasm");
  if (error !== null || wasm === undefined) {
    throw new Fault("bug", `Cannot compile the kernels: ${stderr.toString().trim()}`);
  }
  return wasm;
}

/** Our imports say ".ts", as Deno wants it; the compiler adds another. */
function readSource(name: string): string | null {
  const path = name.replace(/\.ts\.ts$/, ".ts");
  try {
    return Deno.readTextFileSync(ROOT + path);
  } catch {
    return null;
  }
}

if (import.meta.main) Deno.writeFileSync(ROOT + KERNELS_WASM, await compileKernels());
