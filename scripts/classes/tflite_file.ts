/**
 * Reads a model of TensorFlow Lite (a flatbuffer, "TFL3") as tensors, operators and
 * constants. Knows nothing of what the operators compute.
 *
 * Numbers of fields: tensorflow/lite/schema/schema.fbs. Layout of a flatbuffer: a table
 * begins with the distance back to its list of fields; lists, texts and other tables are
 * told by their distance forward; a field that is not written has distance 0.
 * @module
 */
import { Fault } from "../../base/fault.ts";

export interface LiteTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What operators are made of here; any other stops the build. */
export type LiteKind =
  | "add"
  | "concatenate"
  | "convolve"
  | "convolve depthwise"
  | "to 32 bits"
  | "reshape";

export interface LiteOperator {
  readonly kind: LiteKind;
  /** Numbers of tensors. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** Of a convolution, along the picture; 1 for any other. */
  readonly stride: number;
  /** Of a convolution. */
  readonly isSame: boolean;
  readonly activation: "none" | "relu6" | "other";
}

export interface LiteGraph {
  readonly tensors: readonly LiteTensor[];
  readonly operators: readonly LiteOperator[];
  /** The numbers of a constant in 16 bits. @throws Fault corrupt when it is none */
  constant(tensor: number): Float32Array;
}

/** `BuiltinOperator` of the schema. */
const KINDS: ReadonlyMap<number, LiteKind> = new Map([
  [0, "add"],
  [2, "concatenate"],
  [3, "convolve"],
  [4, "convolve depthwise"],
  [6, "to 32 bits"],
  [22, "reshape"],
]);
/** `ActivationFunctionType`, `Padding` and `TensorType`. */
const ACTIVATION_NONE = 0;
const ACTIVATION_RELU6 = 3;
const PADDING_SAME = 0;
const FLOAT16 = 1;

/** @throws Fault corrupt when it is none, or has operators that are not known here */
export function readLite(file: Uint8Array): LiteGraph {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 8 || view.getUint32(4, true) !== TFL3) throw corrupt("no TFL3");
  const model = new Table(view, view.getUint32(0, true));
  const kinds = model.tables(1).map(kindOf);
  const [graph] = model.tables(2);
  if (graph === undefined) throw corrupt("no graph");
  const buffers = model.tables(4);
  const tensors = graph.tables(0);
  const constant = (tensor: number): Float32Array => {
    const of = tensors[tensor]!;
    if (of.byte(1) !== FLOAT16) throw corrupt(`${of.text(3)} is not of 16 bits`);
    const bytes = buffers[of.integer(2)]!.bytes(0);
    return new Float32Array(new Float16Array(bytes.slice().buffer));
  };
  return {
    tensors: tensors.map((of) => ({ name: of.text(3), shape: of.integers(0) })),
    operators: graph.tables(3).map((of) => operatorOf(of, kinds[of.integer(0)]!)),
    constant,
  };
}

/** "TFL3" as a number, little endian. */
const TFL3 = 0x33_4c_46_54;

/** Newer files write the number twice, as it outgrew a byte. */
function kindOf(code: Table): LiteKind {
  const number = Math.max(code.byte(0), code.integer(3));
  const kind = KINDS.get(number);
  if (kind === undefined) throw corrupt(`operator ${number} is not known`);
  return kind;
}

function operatorOf(of: Table, kind: LiteKind): LiteOperator {
  const [output] = of.integers(2);
  const told = { kind, inputs: of.integers(1), output: output! };
  const options = of.table(4);
  const isDepthwise = kind === "convolve depthwise";
  if (options === undefined || !(isDepthwise || kind === "convolve")) {
    const activation = kind === "add" && options ? activationOf(options.byte(0)) : "none";
    return { ...told, stride: 1, isSame: true, activation };
  }
  const stride = options.integer(1);
  return {
    ...told,
    stride,
    isSame: options.byte(0) === PADDING_SAME && options.integer(2) === stride,
    activation: activationOf(options.byte(isDepthwise ? 4 : 3)),
  };
}

function activationOf(number: number): LiteOperator["activation"] {
  if (number === ACTIVATION_NONE) return "none";
  return number === ACTIVATION_RELU6 ? "relu6" : "other";
}

/** One table of the file; fields by their number in the schema. */
class Table {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  byte(field: number): number {
    const at = this.#place(field);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  integer(field: number): number {
    const at = this.#place(field);
    return at === undefined ? 0 : this.#view.getInt32(at, true);
  }

  integers(field: number): number[] {
    return this.#list(field).map((at) => this.#view.getInt32(at, true));
  }

  table(field: number): Table | undefined {
    const at = this.#place(field);
    return at === undefined ? undefined : this.#tableAt(at);
  }

  tables(field: number): Table[] {
    return this.#list(field).map((at) => this.#tableAt(at));
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  bytes(field: number): Uint8Array {
    const { buffer, byteOffset } = this.#view;
    const place = this.#place(field);
    if (place === undefined) return new Uint8Array(0);
    const at = this.#forward(place);
    return new Uint8Array(buffer, byteOffset + at + 4, this.#view.getUint32(at, true));
  }

  /** Where the entries of a list of 32-bit numbers lie. */
  #list(field: number): number[] {
    const place = this.#place(field);
    if (place === undefined) return [];
    const at = this.#forward(place);
    const length = this.#view.getUint32(at, true);
    return Array.from({ length }, (_, index) => at + 4 + 4 * index);
  }

  #tableAt(place: number): Table {
    return new Table(this.#view, this.#forward(place));
  }

  #forward(place: number): number {
    return place + this.#view.getUint32(place, true);
  }

  #place(field: number): number | undefined {
    const fields = this.#at - this.#view.getInt32(this.#at, true);
    const at = 4 + 2 * field;
    if (at >= this.#view.getUint16(fields, true)) return undefined;
    const distance = this.#view.getUint16(fields + at, true);
    return distance === 0 ? undefined : this.#at + distance;
  }
}

function corrupt(state: string): Fault {
  return new Fault("corrupt", `Cannot read the second detector's file: ${state}`);
}
