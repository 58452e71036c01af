/**
 * The passes over pixels for WebAssembly with SIMD: AssemblyScript, compiled by
 * `scripts/build_kernels.ts` into `../motion.wasm`. Each pass is the TypeScript file
 * of the same name one folder up, which says what is right and why; here is only how
 * it is done for sixteen pixels at a time. Both give the same bytes.
 *
 * An instance keeps no state of its own: all is in the planes of its memory, found by
 * the table in `address.ts`. It imports nothing.
 * @module
 */
export { measureCells } from "./cells.ts";
export { sumChanges } from "./changes.ts";
export { compensate } from "./exposure.ts";
export { adapt } from "./feedback.ts";
export { releaseGhosts } from "./ghosts.ts";
export { fillHoles } from "./holes.ts";
export { learn } from "./learn.ts";
export { loadFrame } from "./load.ts";
export { vote } from "./majority.ts";
export { match } from "./match.ts";
export { seed } from "./seed.ts";
export { dropShadows, findShadows } from "./shadow.ts";
