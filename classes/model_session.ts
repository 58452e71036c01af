/**
 * A loaded model as a detector sees it: one picture in, numbers out. What runs it is
 * somebody else's: `onnx_session.ts`, or a test's.
 * @module
 */

/** What the model takes. */
export interface ModelInput {
  readonly name: string;
  readonly type: "float32" | "uint8";
  /** -1 for what may be of any length. */
  readonly shape: readonly number[];
}

/** One of its answers; whole numbers come as floats too. */
export interface ModelOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

export interface ModelSession {
  /** "ONNX Runtime 1.30.0". */
  readonly runtime: string;
  readonly input: ModelInput;
  readonly outputNames: readonly string[];
  /**
   * @param picture as many numbers as `shape` has
   * @returns the named outputs, in the order of their names
   * @throws Fault when the model cannot be run
   */
  run(
    picture: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
    more: { readonly shape: readonly number[]; readonly outputs: readonly string[] },
  ): readonly ModelOutput[];
}
