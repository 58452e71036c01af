/**
 * The WebAssembly of TensorFlow.js' XNNPACK backend, without its JavaScript: the three
 * operations that the detector is made of, on tensors in its memory. Knows nothing of
 * the detector. One instance is for one process that ends soon: nothing is given back.
 *
 * Signatures: tfjs-backend-wasm 4.22.0, `src/cc/kernels/*.cc` and `src/cc/backend.cc`.
 * @module
 */
import { assert } from "../base/assert.ts";
import { Fault } from "../base/fault.ts";
import type { Convolution } from "./packed_model.ts";

/** A tensor of 32-bit floats in the machine's memory. */
export interface Tensor {
  readonly id: number;
  /** Of its first byte in the memory. */
  readonly at: number;
  readonly length: number;
}

/** A convolution with "same" padding over a square map, and where its weights lie. */
export interface Convolving extends Pick<Convolution, "size" | "stride" | "relu6"> {
  readonly kind: "conv" | "depthwise";
  readonly side: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly filter: Tensor;
  readonly bias: Tensor;
}

type Numbers = (...numbers: number[]) => number;

interface Exports {
  readonly memory: WebAssembly.Memory;
  __wasm_call_ctors(): void;
  init(): void;
  malloc(bytes: number): number;
  register_tensor(id: number, length: number, at: number): void;
  readonly FusedConv2D: Numbers;
  readonly FusedDepthwiseConv2D: Numbers;
  readonly Add: Numbers;
}

export class TensorMachine {
  readonly #exports: Exports;
  #ids = 0;

  /** @throws Fault unavailable when this processor's WebAssembly has no SIMD */
  constructor(wasm: Uint8Array<ArrayBuffer>) {
    if (!WebAssembly.validate(wasm)) {
      throw new Fault("unavailable", "Cannot run the detector: WebAssembly without SIMD");
    }
    const module = new WebAssembly.Module(wasm);
    const outside = importsOf(() => this.#exports.memory);
    const { exports } = new WebAssembly.Instance(module, outside);
    this.#exports = exports as unknown as Exports;
    this.#exports.__wasm_call_ctors();
    this.#exports.init();
  }

  /** A new tensor; over the memory of `place` when given, which has to be as long. */
  tensor(length: number, place?: Tensor): Tensor {
    assert(place === undefined || place.length >= length, "a place is long enough");
    const at = place?.at ?? this.#exports.malloc(4 * length);
    if (at === 0) {
      throw new Fault("unavailable", "Cannot run the detector: there is no memory left");
    }
    const id = ++this.#ids; // 0 means "none" to it
    this.#exports.register_tensor(id, length, at);
    return { id, at: at >>> 0, length };
  }

  /** A new tensor that holds `numbers`. */
  tensorOf(numbers: Float32Array | Float16Array): Tensor {
    const tensor = this.tensor(numbers.length);
    this.view(tensor).set(numbers);
    return tensor;
  }

  /** The tensor's numbers as they are now; good until anything else is called. */
  view({ at, length }: Tensor): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#exports.memory.buffer as ArrayBuffer, at, length);
  }

  convolve(by: Convolving, from: Tensor, to: Tensor): void {
    const run = by.kind === "conv"
      ? this.#exports.FusedConv2D
      : this.#exports.FusedDepthwiseConv2D;
    const [batch, dilation, none] = [1, 1, 0];
    run(
      ...[from.id, batch, by.side, by.side],
      ...[by.filter.id, by.size, by.size, by.bias.id],
      ...[none, none, none, none, SAME_PADDING],
      ...[dilation, dilation, by.stride, by.stride, by.inputs, by.outputs],
      ...[by.relu6 ? RELU6 : LINEAR, none, none, to.id],
    );
  }

  /** `to` = `a` + `b`. */
  add([a, b]: readonly [Tensor, Tensor], to: Tensor): void {
    const shape = this.#lengthAt(a.length);
    this.#exports.Add(a.id, shape, 1, b.id, shape, 1, FLOAT32, to.id);
  }

  readonly #shapes = new Map<number, number>();

  /** Where a shape of one dimension lies, as C++ wants it: one 32-bit number. */
  #lengthAt(length: number): number {
    const known = this.#shapes.get(length);
    if (known !== undefined) return known;
    const at = this.#exports.malloc(4) >>> 0;
    new DataView(this.#exports.memory.buffer).setInt32(at, length, true);
    this.#shapes.set(length, at);
    return at;
  }
}

const SAME_PADDING = 1;
/** `FusableActivation` and `CppDType` of its TypeScript. */
const LINEAR = 0;
const RELU6 = 2;
const FLOAT32 = 0;

const PAGE_BYTES = 65_536;
/** The detector takes 60 MB: more is a fault, and is refused instead of taken. */
const HEAP_BYTES_MAX = 256 * 1024 * 1024;

/** What the module asks of the world: memory, and a place for last words. */
function importsOf(memoryOf: () => WebAssembly.Memory): WebAssembly.Imports {
  const abort = () => {
    throw new Fault("unavailable", "Cannot run the detector: it gave up (memory?)");
  };
  const grow = (wanted: number): number => {
    const memory = memoryOf();
    const missing = (wanted >>> 0) - memory.buffer.byteLength;
    if (wanted >>> 0 > HEAP_BYTES_MAX) return 0;
    try {
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return 1;
    } catch {
      return 0; // it then says itself that there is none
    }
  };
  return {
    env: {
      abort,
      emscripten_get_heap_max: () => HEAP_BYTES_MAX,
      emscripten_memcpy_big: (to: number, from: number, bytes: number) =>
        void new Uint8Array(memoryOf().buffer)
          .copyWithin(to >>> 0, from >>> 0, (from + bytes) >>> 0),
      emscripten_resize_heap: grow,
    },
    wasi_snapshot_preview1: {
      // It prints nothing but complaints, which `abort` follows.
      fd_write: () => 0,
      fd_seek: () => 0,
      fd_close: () => 0,
    },
  };
}
