import assert from "node:assert/strict";
import { kernelsSuite } from "./kernels_suite.ts";
import { kernelsTs } from "./kernels_ts.ts";
import { loadKernelsWasm } from "./kernels_wasm.ts";
import { twinsSuite } from "./twins_suite.ts";

const kernelsWasm = loadKernelsWasm();
assert.ok(kernelsWasm, "Deno's WebAssembly has SIMD");

kernelsSuite(kernelsWasm);
twinsSuite(kernelsWasm, kernelsTs);
