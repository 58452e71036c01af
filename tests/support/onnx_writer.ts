/**
 * Writes small ONNX models for tests: nodes, weights, one input, some outputs. Only what
 * they need of the format (onnx.proto, IR version 8, opset 13); checks nothing.
 * @module
 */

/** A tensor that the model holds. */
export interface Weight {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
}

/** One operation, its inputs and outputs by name. */
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** An input or output of the model. */
export interface Port {
  readonly name: string;
  readonly type: OnnxType;
  readonly dims: readonly number[];
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly weights: readonly Weight[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** `TensorProto.DataType`. */
const TYPES = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const;
export type OnnxType = keyof typeof TYPES;
/** For the attribute `to` of a Cast. */
export const FLOAT32 = TYPES.float32;

const IR_VERSION = 8;
const OPSET = 13;
/** `AttributeProto.AttributeType`. */
const INT = 2;
const INTS = 7;

type Bytes = Uint8Array<ArrayBuffer>;

/** The model's file. */
export function onnxFile({ nodes, weights, inputs, outputs }: Graph): Bytes {
  const graph = joined([
    ...nodes.map((node) => part(1, nodeBytes(node))),
    text(2, "test"),
    ...weights.map((weight) => part(5, weightBytes(weight))),
    ...inputs.map((port) => part(11, portBytes(port))),
    ...outputs.map((port) => part(12, portBytes(port))),
  ]);
  const opset = joined([text(1, ""), whole(2, OPSET)]);
  return joined([whole(1, IR_VERSION), part(7, graph), part(8, opset)]);
}

function nodeBytes({ op, inputs, output, attributes = {} }: Node): Bytes {
  return joined([
    ...inputs.map((name) => text(1, name)),
    ...[text(2, output), text(3, output), text(4, op)],
    ...Object.entries(attributes).map(([name, value]) =>
      part(5, attributeBytes(name, value))
    ),
  ]);
}

function attributeBytes(name: string, value: number | readonly number[]): Bytes {
  return typeof value === "number"
    ? joined([text(1, name), whole(3, value), whole(20, INT)])
    : joined([text(1, name), ...value.map((one) => whole(8, one)), whole(20, INTS)]);
}

function weightBytes({ name, dims, values }: Weight): Bytes {
  const type = values instanceof Float32Array ? TYPES.float32 : TYPES.int64;
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const sides = dims.map((dim) => whole(1, dim));
  return joined([...sides, whole(2, type), text(8, name), part(9, raw)]);
}

/** A side of -1 is one that may be of any length. */
function portBytes({ name, type, dims }: Port): Bytes {
  const sides = dims.map((dim) => part(1, dim < 0 ? text(2, "any") : whole(1, dim)));
  const tensor = joined([whole(1, TYPES[type]), part(2, joined(sides))]);
  return joined([text(1, name), part(2, part(1, tensor))]);
}

function text(field: number, value: string): Bytes {
  return part(field, new TextEncoder().encode(value));
}

/** A field with a length: text, bytes, a message. */
function part(field: number, bytes: Bytes): Bytes {
  return joined([varint(field << 3 | 2), varint(bytes.length), bytes]);
}

function whole(field: number, value: number): Bytes {
  return joined([varint(field << 3), varint(value)]);
}

/** Seven bits a byte, the lowest first; negative ones take ten bytes. */
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(left & 127n);
    left >>= 7n;
    bytes.push(left > 0n ? low | 128 : low);
  } while (left > 0n);
  return new Uint8Array(bytes);
}

function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}
