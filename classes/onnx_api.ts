/**
 * ONNX Runtime's C interface, as far as a detector needs it: which function stands where
 * in its table, what it takes, and how it says that it failed. What is done with them is
 * `onnx_session.ts`.
 *
 * Only functions of version 1 of the table (2019): its order may not change, so that any
 * release since 1.0 will do. Source: `onnxruntime_c_api.h`, `struct OrtApi`.
 * @module
 */
import { Fault, type FaultKind, wordsOf } from "../base/fault.ts";

/** What a function is given: enough for those that are called. */
export type OnnxArgument =
  | Deno.PointerValue
  | number
  | bigint
  | Uint8Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

interface Taking {
  /** Its place in the table. */
  readonly at: number;
  readonly takes: readonly Deno.NativeType[];
}

/** What gives a status: null when it worked. */
const FUNCTIONS = {
  CreateEnv: { at: 3, takes: ["i32", "buffer", "buffer"] },
  CreateSessionFromArray: {
    at: 8,
    takes: ["pointer", "buffer", "usize", "pointer", "buffer"],
  },
  Run: {
    at: 9,
    takes: [
      ...["pointer", "pointer", "buffer", "buffer", "usize"] as const,
      ...["buffer", "usize", "buffer"] as const,
    ],
  },
  CreateSessionOptions: { at: 10, takes: ["buffer"] },
  SetSessionGraphOptimizationLevel: { at: 23, takes: ["pointer", "i32"] },
  SetIntraOpNumThreads: { at: 24, takes: ["pointer", "i32"] },
  SessionGetInputCount: { at: 30, takes: ["pointer", "buffer"] },
  SessionGetOutputCount: { at: 31, takes: ["pointer", "buffer"] },
  SessionGetInputTypeInfo: { at: 33, takes: ["pointer", "usize", "buffer"] },
  SessionGetInputName: { at: 36, takes: ["pointer", "usize", "pointer", "buffer"] },
  SessionGetOutputName: { at: 37, takes: ["pointer", "usize", "pointer", "buffer"] },
  CreateTensorWithDataAsOrtValue: {
    at: 49,
    takes: ["pointer", "buffer", "usize", "buffer", "usize", "i32", "buffer"],
  },
  GetTensorMutableData: { at: 51, takes: ["pointer", "buffer"] },
  CastTypeInfoToTensorInfo: { at: 55, takes: ["pointer", "buffer"] },
  GetTensorElementType: { at: 60, takes: ["pointer", "buffer"] },
  GetDimensionsCount: { at: 61, takes: ["pointer", "buffer"] },
  GetDimensions: { at: 62, takes: ["pointer", "buffer", "usize"] },
  GetTensorTypeAndShape: { at: 65, takes: ["pointer", "buffer"] },
  CreateCpuMemoryInfo: { at: 69, takes: ["i32", "i32", "buffer"] },
  GetAllocatorWithDefaultOptions: { at: 78, takes: ["buffer"] },
} as const satisfies Readonly<Record<string, Taking>>;
export type OnnxFunction = keyof typeof FUNCTIONS;

/** What gives back what was made; their places in the table. */
const RELEASES = {
  ReleaseStatus: 93,
  ReleaseValue: 96,
  ReleaseTypeInfo: 98,
  ReleaseTensorTypeAndShapeInfo: 99,
} as const;

/** `GetErrorMessage`: a status to text. */
const ERROR_MESSAGE = 2;

/** The version of the table that is asked for. */
const API_VERSION = 1;
const POINTER_BYTES = 8;
/** A complaint may name a whole graph. */
const WORDS_MAX = 400;

/** The functions of one library. It is never unloaded: its process ends soon. */
export class OnnxApi {
  /** Of the library: "1.30.0". */
  readonly version: string;
  readonly #table: Deno.UnsafePointerView;
  readonly #known = new Map<number, (given: readonly OnnxArgument[]) => unknown>();

  /**
   * @param path of the library
   * @throws Fault unavailable when it cannot be loaded, or is something else
   */
  constructor(path: string) {
    const base = opened(path);
    if (base === null) throw unusable(path, "it gives no interface");
    const parts = new Deno.UnsafePointerView(base);
    this.version = textAt(called(parts, 1, NO_ARGUMENTS)([]));
    const table = called(parts, 0, { takes: ["u32"], gives: "pointer" })([API_VERSION]);
    if (!isPointer(table)) {
      throw unusable(path, `${this.version} does not know version 1 of its interface`);
    }
    this.#table = new Deno.UnsafePointerView(table);
  }

  /**
   * Calls a function that gives a status.
   * @param doing what could not be done when it fails: "read the model"
   * @param kind of the fault when it fails
   * @throws Fault with the library's own words
   */
  call(
    name: OnnxFunction,
    given: readonly OnnxArgument[],
    { doing, kind = "unavailable" }: {
      readonly doing: string;
      readonly kind?: FaultKind;
    },
  ): void {
    const { at, takes } = FUNCTIONS[name];
    const status = this.#call(at, { takes, gives: "pointer" }, { given });
    if (!isPointer(status)) return;
    const message = this.#call(ERROR_MESSAGE, TO_TEXT, { given: [status] });
    const words = textAt(message).trim().slice(0, WORDS_MAX);
    this.release("ReleaseStatus", status);
    throw new Fault(kind, `Cannot ${doing}: ${words}`);
  }

  release(name: keyof typeof RELEASES, what: Deno.PointerValue): void {
    if (what !== null) this.#call(RELEASES[name], FREEING, { given: [what] });
  }

  #call(
    at: number,
    shape: Shape,
    { given }: { readonly given: readonly OnnxArgument[] },
  ): unknown {
    const known = this.#known.get(at) ?? called(this.#table, at, shape);
    this.#known.set(at, known);
    return known(given);
  }
}

interface Shape {
  readonly takes: readonly Deno.NativeType[];
  readonly gives: "pointer" | "void";
}

const NO_ARGUMENTS: Shape = { takes: [], gives: "pointer" };
const TO_TEXT: Shape = { takes: ["pointer"], gives: "pointer" };
const FREEING: Shape = { takes: ["pointer"], gives: "void" };

/** Where the library's interface begins. */
function opened(path: string): Deno.PointerValue {
  try {
    const begin = { parameters: [], result: "pointer" } as const;
    return Deno.dlopen(path, { OrtGetApiBase: begin }).symbols.OrtGetApiBase();
  } catch (cause) {
    throw unusable(path, wordsOf(cause), cause);
  }
}

/** The function whose address stands at `index`. */
function called(
  table: Deno.UnsafePointerView,
  index: number,
  { takes, gives }: Shape,
): (given: readonly OnnxArgument[]) => unknown {
  const signature = { parameters: takes, result: gives };
  const address = table.getPointer(index * POINTER_BYTES);
  const pointer = new Deno.UnsafeFnPointer(
    address as Deno.PointerObject<typeof signature>,
    signature,
  );
  return (given) => pointer.call(...given);
}

function isPointer(value: unknown): value is Deno.PointerObject {
  return value !== null && value !== undefined;
}

function textAt(pointer: unknown): string {
  return isPointer(pointer) ? new Deno.UnsafePointerView(pointer).getCString() : "";
}

function unusable(path: string, state: string, cause?: unknown): Fault {
  return new Fault("unavailable", `Cannot use ${path} as ONNX Runtime: ${state}`, {
    cause,
  });
}
