/**
 * A worker that runs one SIMD instruction of WebAssembly and posts what came out.
 * Imports nothing, so that what fails here is the runtime or the processor.
 * @module
 */

/**
 * The module, by hand:
 *
 * ```wat
 * (module (func (export "dot") (param i32 i32) (result i32)
 *   (i32x4.extract_lane 3
 *     (i32x4.dot_i16x8_s (i32x4.splat (local.get 0)) (i32x4.splat (local.get 1))))))
 * ```
 * For small numbers that are not negative it gives their product.
 */
const MODULE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f], // type 0: (i32, i32) -> i32
  ...[0x03, 0x02, 0x01, 0x00], // one function, of type 0
  ...[0x07, 0x07, 0x01, 0x03, 0x64, 0x6f, 0x74, 0x00, 0x00], // exported as "dot"
  ...[0x0a, 0x12, 0x01, 0x10, 0x00], // its code, 16 bytes, no locals
  ...[0x20, 0x00, 0xfd, 0x11], // local.get 0, i32x4.splat
  ...[0x20, 0x01, 0xfd, 0x11], // local.get 1, i32x4.splat
  ...[0xfd, 0xba, 0x01], // i32x4.dot_i16x8_s
  ...[0xfd, 0x1b, 0x03, 0x0b], // i32x4.extract_lane 3, end
]);

/** All that is used of the worker's own world. */
interface WorkerWorld {
  onmessage: (event: MessageEvent<readonly [number, number]>) => void;
  postMessage(product: number): void;
}

const world = globalThis as unknown as WorkerWorld;
world.onmessage = ({ data: [a, b] }) => {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(MODULE));
  const { dot } = instance.exports as { dot(a: number, b: number): number };
  world.postMessage(dot(a, b));
};
