/**
 * The packed detector's file: a head that lists its layers, then their weights. Read and
 * written here, so that both sides agree; what a layer computes is `network.ts`.
 *
 * Layout: u32 (little endian) length of the head, the head in JSON, and for each
 * convolution its filter (f16, height x width x inputs x outputs, for a depthwise one
 * height x width x channels) and its bias (f32), one behind the other.
 * @module
 */
import { Fault, wordsOf } from "../base/fault.ts";

/** A convolution with "same" padding, square filter, and its bias. */
export interface Convolution {
  readonly kind: "conv" | "depthwise";
  /** Number of the tensor it reads: 0 is the picture, n what layer n - 1 gave. */
  readonly from: number;
  readonly size: number;
  readonly stride: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Clamped to 0 … 6 afterwards. */
  readonly relu6: boolean;
}

/** The sum of two tensors of one shape. */
export interface Addition {
  readonly kind: "add";
  readonly from: number;
  readonly and: number;
}

export type Layer = Convolution | Addition;

export interface ModelHead {
  readonly format: 1;
  /** Names of what is scored, in order. */
  readonly names: readonly string[];
  /** Side of the square picture, pixels. */
  readonly pictureSide: number;
  readonly layers: readonly Layer[];
  /** Tensors with four numbers an anchor, one map after the other. */
  readonly boxes: readonly number[];
  /** Tensors with a logit for each name an anchor, in the same order. */
  readonly logits: readonly number[];
}

/** The weights of one convolution; as they were read, a filter has 16 bits. */
export interface Weights {
  readonly filter: Float32Array | Float16Array;
  readonly bias: Float32Array;
}

export interface PackedModel {
  readonly head: ModelHead;
  /** One for each layer, `undefined` for an addition. */
  readonly weights: readonly (Weights | undefined)[];
}

/** Numbers in the filter of a convolution. */
export function filterLength(layer: Convolution): number {
  const each = layer.kind === "depthwise" ? 1 : layer.inputs;
  return layer.size * layer.size * each * layer.outputs;
}

/** The bytes of the built file: the head's length, the head, filters in 16 and biases in 32 bits. */
export function writeModel(model: PackedModel): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify(model.head));
  const parts: Uint8Array<ArrayBuffer>[] = [new Uint8Array(4), head];
  new DataView(parts[0]!.buffer).setUint32(0, head.length, true);
  for (const one of model.weights) {
    if (one === undefined) continue;
    parts.push(new Uint8Array(new Float16Array(one.filter).buffer));
    parts.push(new Uint8Array(new Float32Array(one.bias).buffer));
  }
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** @throws Fault corrupt when the file is not one of `writeModel` */
export function readModel(file: Uint8Array): PackedModel {
  const head = readHead(file);
  const bytes = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 4 + bytes.getUint32(0, true);
  const take = (bytesLong: number): ArrayBuffer => {
    const end = at + bytesLong;
    if (end > file.length) throw corrupt(`it ends ${end - file.length} bytes too early`);
    const raw = file.slice(at, end).buffer;
    at = end;
    return raw as ArrayBuffer;
  };
  const weights = head.layers.map((layer) =>
    layer.kind === "add" ? undefined : {
      filter: new Float16Array(take(2 * filterLength(layer))),
      bias: new Float32Array(take(4 * layer.outputs)),
    }
  );
  if (at !== file.length) throw corrupt(`${file.length - at} bytes are left over`);
  return { head, weights };
}

/** The checksum is the true door; this only finds a file that is something else. */
function readHead(file: Uint8Array): ModelHead {
  const length = file.length < 4
    ? Infinity
    : new DataView(file.buffer, file.byteOffset, 4).getUint32(0, true);
  if (4 + length > file.length) throw corrupt("it has no whole head");
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length)));
  } catch (cause) {
    throw corrupt(wordsOf(cause));
  }
  const found = head as ModelHead | null;
  if (found?.format !== 1 || !Array.isArray(found.layers)) {
    throw corrupt("its head is of another format");
  }
  return found;
}

function corrupt(state: string): Fault {
  return new Fault("corrupt", `Cannot read the detector's model: ${state}`, {
    hint: "rm -r classes/dist && scripts/setup",
  });
}
