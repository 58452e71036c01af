import assert from "node:assert/strict";
import { compileKernels, KERNELS_WASM } from "./build_kernels.ts";

Deno.test("the compiled kernels are what their sources give now", async () => {
  const kept = await Deno.readFile(new URL(`../${KERNELS_WASM}`, import.meta.url));
  const now = await compileKernels();
  const isSame = kept.length === now.length && kept.every((byte, i) => byte === now[i]);
  assert.ok(isSame, `${KERNELS_WASM} is old: deno run -A scripts/build_kernels.ts`);
});
