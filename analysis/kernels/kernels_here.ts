/**
 * The kernels that this machine runs fastest: the one place where the program chooses.
 * Their names tell which they are; the doctor says when a machine has no SIMD.
 * @module
 */
import type { Kernels } from "./kernels.ts";
import { kernelsTs } from "./kernels_ts.ts";
import { loadKernelsWasm } from "./kernels_wasm.ts";

/**
 * WebAssembly where it has SIMD, TypeScript elsewhere: the same bytes. Reads and compiles,
 * so it is asked for once in a program or worker.
 * @throws Deno's errors when `motion.wasm` cannot be read
 */
export function kernelsHere(): Kernels {
  return loadKernelsWasm() ?? kernelsTs;
}
