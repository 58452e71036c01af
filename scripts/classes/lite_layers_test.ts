import assert from "node:assert/strict";
import { liteLayers } from "./lite_layers.ts";
import type { LiteGraph, LiteOperator } from "./tflite_file.ts";

const WANTED = { names: [["car", 2], ["dog", 0]], count: 3, pictureSide: 8 } as const;

/** Constants are told by name; `numbers` of one is 0, 1, 2 … */
function graphOf(
  tensors: readonly (readonly [name: string, shape: readonly number[]])[],
  operators: readonly (Partial<LiteOperator> & Pick<LiteOperator, "kind" | "output">)[],
): LiteGraph {
  const length = (at: number) => tensors[at]![1].reduce((all, side) => all * side, 1);
  return {
    tensors: tensors.map(([name, shape]) => ({ name, shape })),
    operators: operators.map((one) => ({
      ...{ inputs: [], stride: 1, isSame: true, activation: "none" as const },
      ...one,
    })),
    constant: (at) => Float32Array.from({ length: length(at) }, (_, index) => index),
  };
}

const TENSORS = [
  ["picture", [1, 8, 8, 2]],
  ["filter", [3, 1, 1, 2]],
  ["bias", [3]],
  ["filter in 32 bits", [3, 1, 1, 2]],
  ["bias in 32 bits", [3]],
  ["BoxPredictor_0/ClassPredictor/BiasAdd;shared", [1, 8, 8, 3]],
  ["logits", [1, 64, 3]],
  ["shared;BoxPredictor_0/ClassPredictor/BiasAdd", [1, 8, 8, 3]],
] as const;

const CONSTANTS = [
  { kind: "to 32 bits", inputs: [1], output: 3 },
  { kind: "to 32 bits", inputs: [2], output: 4 },
] as const;

Deno.test("liteLayers() keeps the channels of wanted names, outputs last", () => {
  const model = liteLayers(
    graphOf(TENSORS, [
      ...CONSTANTS,
      { kind: "convolve", inputs: [0, 3, 4], output: 5, activation: "relu6" },
      { kind: "concatenate", inputs: [5], output: 6 },
    ]),
    WANTED,
  );
  assert.deepEqual(model.head.names, ["car", "dog"]);
  assert.deepEqual(model.head.logits, [1]);
  const [layer] = model.head.layers;
  assert.deepEqual(layer, {
    ...{ kind: "conv", from: 0, size: 1, stride: 1, inputs: 2, outputs: 2 },
    relu6: true,
  });
  // Outputs by inputs are [0 1] [2 3] [4 5]; of the first input the third and the first.
  assert.deepEqual([...model.weights[0]!.filter], [4, 0, 5, 1]);
  assert.deepEqual([...model.weights[0]!.bias], [2, 0]);
});

Deno.test("liteLayers() keeps all of a layer that only shares a constant with the scores", () => {
  const convolve = { kind: "convolve", inputs: [0, 3, 4], output: 7 } as const;
  const model = liteLayers(graphOf(TENSORS, [...CONSTANTS, convolve]), WANTED);
  assert.deepEqual([...model.weights[0]!.filter], [0, 2, 4, 1, 3, 5]);
});

Deno.test("liteLayers() refuses what the network does not compute", () => {
  const convolve = { kind: "convolve", inputs: [0, 3, 4], output: 5 } as const;
  for (const other of [{ isSame: false }, { activation: "other" }] as const) {
    const graph = graphOf(TENSORS, [...CONSTANTS, { ...convolve, ...other }]);
    assert.throws(() => liteLayers(graph, WANTED), /Cannot pack BoxPredictor_0/);
  }
  const bare = graphOf(TENSORS, [convolve]);
  assert.throws(() => liteLayers(bare, WANTED), /unknown kind of "convolve"/);
  const sum = { kind: "add", inputs: [0, 5], output: 7 } as const;
  assert.throws(() => liteLayers(graphOf(TENSORS, [sum]), WANTED), /nothing gives it/);
});
