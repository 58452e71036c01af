/**
 * One ONNX model, loaded into the native ONNX Runtime: one picture in, numbers out, on one
 * thread. Knows nothing of detectors. For a process that ends soon: what is made once is
 * not given back; what is made for each picture is.
 * @module
 */
import { Fault } from "../base/fault.ts";
import type { ModelInput, ModelOutput, ModelSession } from "./model_session.ts";
import { OnnxApi, type OnnxArgument, type OnnxFunction } from "./onnx_api.ts";

/** `ONNXTensorElementDataType`. */
const FLOAT32 = 1;
const UINT8 = 2;
const INT32 = 6;
const INT64 = 7;
const TYPE_NAMES: Readonly<Record<number, string>> = {
  ...{ 1: "float32", 2: "uint8", 3: "int8", 6: "int32", 7: "int64", 9: "bool" },
  ...{ 10: "float16", 11: "float64", 16: "bfloat16" },
};

/** `OrtLoggingLevel`: what is less is not printed. */
const LOG_ERRORS = 3;
/** `GraphOptimizationLevel`. */
const ALL_OPTIMIZATIONS = 99;
/** `OrtAllocatorType`, `OrtMemType`. */
const DEVICE_ALLOCATOR = 0;
const DEFAULT_MEMORY = 0;

const START = "start ONNX Runtime";
const READ_MODEL = "read the model";
const RUN_MODEL = "run the model";

type Pointer = Deno.PointerObject;
type Place = BigUint64Array<ArrayBuffer>;

export class OnnxSession implements ModelSession {
  readonly runtime: string;
  readonly input: ModelInput;
  readonly outputNames: readonly string[];
  readonly #api: OnnxApi;
  readonly #session: Pointer;
  readonly #memory: Pointer;
  readonly #allocator: Pointer;

  /**
   * @param library path of ONNX Runtime
   * @param model the file's bytes
   * @throws Fault unavailable when the library cannot be used, corrupt when it cannot read
   *   the model, config when the model takes something else than one picture
   */
  constructor(library: string, model: Uint8Array<ArrayBuffer>) {
    this.#api = new OnnxApi(library);
    this.runtime = `ONNX Runtime ${this.#api.version}`;
    const name = cString("streamware");
    const env = this.#made("CreateEnv", START, (out) => [LOG_ERRORS, name, out]);
    const options = this.#made("CreateSessionOptions", START, (out) => [out]);
    const started = { doing: START };
    this.#api.call("SetIntraOpNumThreads", [options, 1], started);
    const level = [options, ALL_OPTIMIZATIONS];
    this.#api.call("SetSessionGraphOptimizationLevel", level, started);
    const memory = [DEVICE_ALLOCATOR, DEFAULT_MEMORY];
    this.#memory = this.#made("CreateCpuMemoryInfo", START, (out) => [...memory, out]);
    this.#allocator = this.#made("GetAllocatorWithDefaultOptions", START, (out) => [out]);
    const file = [env, model, BigInt(model.length), options] as const;
    const session: Place = new BigUint64Array(1);
    this.#api.call("CreateSessionFromArray", [...file, session], {
      ...{ doing: READ_MODEL, kind: "corrupt" },
    });
    this.#session = pointerOf(session[0]!);
    this.input = this.#readInput();
    const count = this.#count("SessionGetOutputCount");
    const names = Array.from({ length: count }, (_, at) => at);
    this.outputNames = names.map((at) => this.#name("SessionGetOutputName", at));
  }

  run(
    picture: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
    { shape, outputs }: {
      readonly shape: readonly number[];
      readonly outputs: readonly string[];
    },
  ): readonly ModelOutput[] {
    const api = this.#api;
    const sides = BigInt64Array.from(shape.map(BigInt));
    const type = picture instanceof Uint8Array ? UINT8 : FLOAT32;
    const tensor = this.#made("CreateTensorWithDataAsOrtValue", RUN_MODEL, (out) => [
      ...[this.#memory, picture, BigInt(picture.byteLength)],
      ...[sides, BigInt(sides.length), type, out],
    ]);
    const values = new BigUint64Array(outputs.length);
    const [inputName, outputNames] = [new Texts([this.input.name]), new Texts(outputs)];
    const inputs = BigUint64Array.of(BigInt(Deno.UnsafePointer.value(tensor)));
    try {
      api.call("Run", [
        ...[this.#session, null, inputName.pointers, inputs, 1n],
        ...[outputNames.pointers, BigInt(outputs.length), values],
      ], { doing: RUN_MODEL });
      return [...values].map((value, at) => this.#read(pointerOf(value), outputs[at]!));
    } finally {
      for (const value of values) {
        api.release("ReleaseValue", Deno.UnsafePointer.create(value));
      }
      api.release("ReleaseValue", tensor);
    }
  }

  /** A copy of what an output holds. */
  #read(value: Pointer, name: string): ModelOutput {
    const doing = `read the model's output ${name}`;
    const info = this.#made("GetTensorTypeAndShape", doing, (out) => [value, out]);
    const { type, shape } = this.#shape(info, doing);
    this.#api.release("ReleaseTensorTypeAndShapeInfo", info);
    const length = shape.reduce((product, side) => product * side, 1);
    if (length === 0) return { name, shape, numbers: new Float32Array() };
    const data = this.#made("GetTensorMutableData", doing, (out) => [value, out]);
    const numbers = numbersAt(data, { type, length });
    if (numbers !== undefined) return { name, shape, numbers };
    throw new Fault("config", `Cannot ${doing}: it is ${typeName(type)}, not float32`);
  }

  #readInput(): ModelInput {
    const count = this.#count("SessionGetInputCount");
    if (count !== 1) {
      throw new Fault(
        "corrupt",
        `Cannot use the model: it wants ${count} inputs, not one`,
      );
    }
    const first = [this.#session, 0n] as const;
    const info = this.#made(
      "SessionGetInputTypeInfo",
      READ_MODEL,
      (out) => [...first, out],
    );
    const tensor = this.#made(
      "CastTypeInfoToTensorInfo",
      READ_MODEL,
      (out) => [info, out],
    );
    const { type, shape } = this.#shape(tensor, READ_MODEL);
    this.#api.release("ReleaseTypeInfo", info);
    const name = this.#name("SessionGetInputName", 0);
    if (type === FLOAT32) return { name, type: "float32", shape };
    if (type === UINT8) return { name, type: "uint8", shape };
    const state = `its input is ${typeName(type)}, neither float32 nor uint8`;
    throw new Fault("config", `Cannot use the model: ${state}`);
  }

  #shape(info: Pointer, doing: string): { type: number; shape: readonly number[] } {
    const type = new Int32Array(1);
    this.#api.call("GetTensorElementType", [info, type], { doing });
    const count = new BigUint64Array(1);
    this.#api.call("GetDimensionsCount", [info, count], { doing });
    const sides = new BigInt64Array(Number(count[0]));
    // A single number has no dimensions that could be asked for.
    if (sides.length > 0) {
      this.#api.call("GetDimensions", [info, sides, BigInt(sides.length)], { doing });
    }
    return { type: type[0]!, shape: [...sides].map(Number) };
  }

  #count(name: "SessionGetInputCount" | "SessionGetOutputCount"): number {
    const count = new BigUint64Array(1);
    this.#api.call(name, [this.#session, count], { doing: READ_MODEL });
    return Number(count[0]);
  }

  /** The library allocates it: a few bytes that go with the process. */
  #name(name: "SessionGetInputName" | "SessionGetOutputName", at: number): string {
    const which = [this.#session, BigInt(at), this.#allocator] as const;
    const text = this.#made(name, READ_MODEL, (out) => [...which, out]);
    return new Deno.UnsafePointerView(text).getCString();
  }

  /** What a function makes: it writes a pointer to it into `out`. */
  #made(...[name, doing, givenWith]: Making): Pointer {
    const out: Place = new BigUint64Array(1);
    this.#api.call(name, givenWith(out), { doing });
    const made = Deno.UnsafePointer.create(out[0]!);
    if (made !== null) return made;
    throw new Fault("unavailable", `Cannot ${doing}: ${name} gave nothing`);
  }
}

type Making = [
  name: OnnxFunction,
  doing: string,
  givenWith: (out: Place) => readonly OnnxArgument[],
];

/** Undefined for kinds of numbers that no detector answers with. */
function numbersAt(
  data: Pointer,
  { type, length }: { readonly type: number; readonly length: number },
): Float32Array | undefined {
  const copy = (bytesEach: number) =>
    Deno.UnsafePointerView.getArrayBuffer(data, bytesEach * length).slice(0);
  switch (type) {
    case FLOAT32:
      return new Float32Array(copy(4));
    case INT32:
      return Float32Array.from(new Int32Array(copy(4)));
    case INT64:
      return Float32Array.from(new BigInt64Array(copy(8)), Number);
  }
  return undefined;
}

function typeName(type: number): string {
  return TYPE_NAMES[type] ?? `of type ${type}`;
}

function pointerOf(address: bigint): Pointer {
  const pointer = Deno.UnsafePointer.create(address);
  if (pointer !== null) return pointer;
  throw new Fault("unavailable", "Cannot run the model: ONNX Runtime gave nothing");
}

function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** Texts for the library, which stay for as long as this does. */
class Texts {
  readonly pointers: BigUint64Array<ArrayBuffer>;
  /** One buffer of its own for all of them: such a one does not move. */
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(texts: readonly string[]) {
    const parts = texts.map(cString);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.#bytes = new Uint8Array(new ArrayBuffer(length));
    const start = BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(this.#bytes)));
    let at = 0;
    this.pointers = BigUint64Array.from(parts, (part) => {
      this.#bytes.set(part, at);
      at += part.length;
      return start + BigInt(at - part.length);
    });
  }
}
