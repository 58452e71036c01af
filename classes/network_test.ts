import assert from "node:assert/strict";
import { readBuilt, RUNTIME_FILE } from "./built_files.ts";
import { Network } from "./network.ts";
import type { Convolution, PackedModel } from "./packed_model.ts";
import { filterLength } from "./packed_model.ts";
import { TensorMachine } from "./tensor_machine.ts";

/** Numbers that look random, the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

const SIDE = 9;
const LAYERS = [
  convolution("conv", { from: 0, size: 3, stride: 2, inputs: 3, outputs: 8 }, true),
  convolution("conv", { from: 1, size: 1, stride: 1, inputs: 8, outputs: 16 }, true),
  convolution(
    "depthwise",
    { from: 2, size: 3, stride: 1, inputs: 16, outputs: 16 },
    true,
  ),
  convolution("conv", { from: 3, size: 1, stride: 1, inputs: 16, outputs: 8 }, false),
  { kind: "add", from: 4, and: 1 },
  convolution("depthwise", { from: 5, size: 3, stride: 2, inputs: 8, outputs: 8 }, false),
] as const;

function convolution(
  kind: "conv" | "depthwise",
  shape: Omit<Convolution, "kind" | "relu6">,
  relu6: boolean,
): Convolution {
  return { kind, ...shape, relu6 };
}

function smallModel(): PackedModel {
  const next = numbersFrom(7);
  const filled = (length: number) => new Float32Array(length).map(() => next());
  return {
    head: {
      ...{ format: 1, names: ["cat"], pictureSide: SIDE, layers: LAYERS },
      ...{ boxes: [5, 6], logits: [6] },
    },
    weights: LAYERS.map((layer) =>
      layer.kind === "add"
        ? undefined
        : { filter: filled(filterLength(layer)), bias: filled(layer.outputs) }
    ),
  };
}

/** By the definition, with TensorFlow's "same" padding: more of it at the end. */
function slowly(model: PackedModel, picture: Float32Array): Float32Array[] {
  const tensors = [picture];
  const sides = [SIDE];
  model.head.layers.forEach((layer, index) => {
    const from = tensors[layer.from]!, side = sides[layer.from]!;
    if (layer.kind === "add") {
      tensors.push(from.map((number, at) => number + tensors[layer.and]![at]!));
      sides.push(side);
      return;
    }
    const { size, stride, inputs, outputs } = layer;
    const { filter, bias } = model.weights[index]!;
    const after = Math.ceil(side / stride);
    const before = Math.max((after - 1) * stride + size - side, 0) >> 1;
    const out = new Float32Array(after * after * outputs);
    for (let at = 0; at < out.length; at++) {
      const channel = at % outputs;
      const [y, x] = [Math.floor(at / outputs / after), Math.floor(at / outputs) % after];
      let sum = bias[channel]!;
      for (let tap = 0; tap < size * size; tap++) {
        const fromY = y * stride - before + Math.floor(tap / size);
        const fromX = x * stride - before + tap % size;
        if (Math.min(fromX, fromY) < 0 || Math.max(fromX, fromY) >= side) continue;
        const pixel = (fromY * side + fromX) * inputs;
        if (layer.kind === "depthwise") {
          sum += from[pixel + channel]! * filter[tap * outputs + channel]!;
          continue;
        }
        for (let input = 0; input < inputs; input++) {
          sum += from[pixel + input]! *
            filter[(tap * inputs + input) * outputs + channel]!;
        }
      }
      out[at] = layer.relu6 ? Math.min(6, Math.max(0, sum)) : sum;
    }
    tensors.push(out);
    sides.push(after);
  });
  return tensors;
}

Deno.test("Network computes what its layers are defined to, also the second time", async () => {
  const model = smallModel();
  const network = new Network(new TensorMachine(await readBuilt(RUNTIME_FILE)), model);
  for (const seed of [1, 2]) {
    const next = numbersFrom(seed);
    const rgb = new Uint8ClampedArray(SIDE * SIDE * 3).map(() => 255 * (next() + 0.5));
    const tensors = slowly(
      model,
      new Float32Array(rgb).map((light) => light / 127.5 - 1),
    );
    const { boxes, logits } = network.run(rgb);
    near(boxes, [...tensors[5]!, ...tensors[6]!]);
    near(logits, [...tensors[6]!]);
  }
});

function near(numbers: Float32Array, wanted: readonly number[]): void {
  assert.equal(numbers.length, wanted.length);
  const worst = Math.max(...wanted.map((number, at) => Math.abs(number - numbers[at]!)));
  assert.ok(worst < 1e-5, `off by ${worst}`);
}

Deno.test("TensorMachine refuses to grow without end", async () => {
  const machine = new TensorMachine(await readBuilt(RUNTIME_FILE));
  assert.throws(() => {
    for (let count = 0; count < 100; count++) machine.tensor(4_000_000);
  }, /no memory left|gave up/);
});
