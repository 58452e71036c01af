import assert from "node:assert/strict";
import { foldedConvolution, withBias } from "./folded.ts";
import { readGraph } from "./tfjs_graph.ts";

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

/** A graph model of these nodes and weights, as its files. */
function graphOf(nodes: readonly unknown[], weights: readonly Weight[]) {
  const manifest = {
    paths: ["shard"],
    weights: weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" })),
  };
  const json = { modelTopology: { node: nodes }, weightsManifest: [manifest] };
  const numbers = new Float32Array(weights.flatMap((weight) => weight.numbers));
  return readGraph(
    new Map([
      ["model.json", new TextEncoder().encode(JSON.stringify(json))],
      ["shard", new Uint8Array(numbers.buffer)],
    ]),
  );
}

const CONVOLUTION = {
  name: "conv",
  op: "Conv2D",
  input: ["picture", "filter"],
  attr: {
    strides: { list: { i: ["1", "2", "2", "1"] } },
    padding: { s: [83, 65, 77, 69] },
  },
};
const FILTER = { name: "filter", shape: [1, 1, 2, 2], numbers: [1, 2, 3, 4] };

function near(numbers: Float32Array, wanted: readonly number[]): void {
  assert.equal(numbers.length, wanted.length);
  wanted.forEach((number, at) => assert.ok(Math.abs(numbers[at]! - number) < 1e-6));
}

Deno.test("foldedConvolution() folds a batch norm by its definition", () => {
  const graph = graphOf([
    CONVOLUTION,
    {
      name: "norm",
      op: "FusedBatchNorm",
      input: ["conv", "gamma", "beta", "mean", "variance"],
      attr: { epsilon: { f: 0.75 } },
    },
  ], [
    FILTER,
    { name: "gamma", shape: [2], numbers: [2, 3] },
    { name: "beta", shape: [2], numbers: [10, 20] },
    { name: "mean", shape: [2], numbers: [1, 2] },
    { name: "variance", shape: [2], numbers: [0.25, 3.25] },
  ]);
  const folded = foldedConvolution(graph, "norm")!;
  assert.deepEqual(
    [folded.from, folded.kind, folded.size, folded.stride, folded.inputs],
    ["picture", "conv", 1, 2, 2],
  );
  // Scales are 2 / sqrt(.25 + .75) = 2 and 3 / sqrt(3.25 + .75) = 1.5, by output.
  near(folded.filter, [2, 3, 6, 6]);
  near(folded.bias, [10 - 1 * 2, 20 - 2 * 1.5]);
});

Deno.test("foldedConvolution() folds scales and shifts, whichever side the constant is on", () => {
  const graph = graphOf([
    CONVOLUTION,
    { name: "scaled", op: "Mul", input: ["two", "conv"] },
    { name: "shifted", op: "BiasAdd", input: ["scaled", "one"] },
    { name: "picked", op: "Relu6", input: ["shifted"] },
  ], [
    FILTER,
    { name: "two", shape: [2], numbers: [2, 2] },
    { name: "one", shape: [2], numbers: [1, -1] },
  ]);
  const folded = foldedConvolution(graph, "shifted")!;
  near(folded.filter, [2, 4, 6, 8]);
  near(folded.bias, [1, -1]);
  near(withBias(folded, { shape: [2], numbers: new Float32Array([5, 5]) }).bias, [6, 4]);
  assert.equal(foldedConvolution(graph, "picked"), undefined);
  assert.equal(foldedConvolution(graph, "picture"), undefined);
});

Deno.test("foldedConvolution() refuses a padding that the network does not compute", () => {
  const attr = { ...CONVOLUTION.attr, padding: { s: btoa("VALID") } };
  const graph = graphOf([{ ...CONVOLUTION, attr }], [FILTER]);
  assert.throws(() => foldedConvolution(graph, "conv"), /Cannot fold conv/);
});
