/**
 * Reads a graph model of TensorFlow.js (model.json and its shards) as nodes and
 * constants. Knows nothing of what the graph computes.
 * @module
 */
import { Fault } from "../../base/fault.ts";

/** One node, with the attributes that matter for a picture network. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** Of a convolution, along the picture; 1 for any other node. */
  readonly stride: number;
  /** Of a convolution: "SAME"; "" for any other node. */
  readonly padding: string;
  /** Of a batch norm; 0 for any other node. */
  readonly epsilon: number;
}

export interface Constant {
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly constants: ReadonlyMap<string, Constant>;
}

/** As in model.json, the parts that are read. */
interface ModelJson {
  readonly modelTopology: { readonly node: readonly NodeJson[] };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightJson[];
  }[];
}

interface NodeJson {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: {
    readonly strides?: { readonly list: { readonly i: readonly string[] } };
    readonly padding?: { readonly s: EncodedText };
    readonly epsilon?: { readonly f: number };
  };
}

/** Converters wrote text in base64, or as its bytes. */
type EncodedText = string | readonly number[];

interface WeightJson {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: unknown;
}

/** @param files by name: "model.json" and the shards that it names */
export function readGraph(files: ReadonlyMap<string, Uint8Array>): Graph {
  const fileOf = (name: string): Uint8Array => {
    const found = files.get(name);
    if (found === undefined) {
      throw new Fault("corrupt", `Cannot read the detector's graph: no ${name}`);
    }
    return found;
  };
  const text = new TextDecoder().decode(fileOf("model.json"));
  const json = JSON.parse(text) as ModelJson;
  const nodes = json.modelTopology.node.map(readNode);
  const constants = new Map<string, Constant>();
  for (const { paths, weights } of json.weightsManifest) {
    readConstants(joined(paths.map(fileOf)), weights, constants);
  }
  return { nodes: new Map(nodes.map((node) => [node.name, node])), constants };
}

function readNode({ name, op, input = [], attr = {} }: NodeJson): GraphNode {
  return {
    name,
    op,
    inputs: input,
    stride: Number(attr.strides?.list.i[1] ?? 1),
    padding: attr.padding === undefined ? "" : decoded(attr.padding.s),
    epsilon: attr.epsilon?.f ?? 0,
  };
}

function decoded(text: EncodedText): string {
  return typeof text === "string" ? atob(text) : String.fromCharCode(...text);
}

const BYTES_EACH = 4;

/** Whole numbers (shapes, axes) take their place, and nobody asks for them. */
function readConstants(
  bytes: Uint8Array<ArrayBuffer>,
  weights: readonly WeightJson[],
  into: Map<string, Constant>,
): void {
  let at = 0;
  for (const { name, shape, dtype, quantization } of weights) {
    if (quantization !== undefined || !["float32", "int32"].includes(dtype)) {
      throw new Fault("corrupt", `Cannot read the weights of ${name}: kind ${dtype}`);
    }
    const end = at + BYTES_EACH * shape.reduce((product, side) => product * side, 1);
    const numbers = dtype === "int32"
      ? new Float32Array(0)
      : new Float32Array(bytes.slice(at, end).buffer);
    into.set(name, { shape, numbers });
    at = end;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
