/**
 * Where a native ONNX Runtime lies that tests may use: put by hand into
 * `.toolchain/onnxruntime` of the checkout, or installed in the system. Nothing fetches it:
 * it is 46 MB that nobody needs who has no model of their own.
 * @module
 */
import { findRuntime } from "../../classes/find_runtime.ts";
import { ROOT } from "../house/checkout.ts";

/** Undefined where there is none. */
export const onnxRuntime: string | undefined = found();

function found(): string | undefined {
  try {
    return findRuntime(`${ROOT}.toolchain/onnxruntime`);
  } catch {
    return undefined;
  }
}
