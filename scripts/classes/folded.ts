/**
 * Folds what follows a convolution and is linear (bias, scale, batch norm) into its
 * weights: one layer then does what five nodes did. Ioffe and Szegedy 2015: a batch norm
 * is gamma (x - mean) / sqrt(variance + epsilon) + beta.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import type { Constant, Graph, GraphNode } from "./tfjs_graph.ts";

/** A convolution with all that was folded into it. The last axis of `filter` is its channels. */
export interface FoldedConvolution {
  readonly kind: "conv" | "depthwise";
  /** Name of the node whose tensor it reads. */
  readonly from: string;
  readonly size: number;
  readonly stride: number;
  readonly inputs: number;
  readonly filter: Float32Array;
  readonly bias: Float32Array;
}

/** The convolution under node `name`; undefined when the node is not linear in one. */
export function foldedConvolution(
  graph: Graph,
  name: string,
): FoldedConvolution | undefined {
  const node = graph.nodes.get(name);
  if (node === undefined) return undefined;
  if (node.op === "Conv2D" || node.op === "DepthwiseConv2dNative") {
    return bareConvolution(graph, node);
  }
  const affine = affineOf(graph, node);
  if (affine === undefined) return undefined;
  const under = foldedConvolution(graph, affine.from);
  if (under === undefined) return undefined;
  const channels = under.bias.length;
  const filter = under.filter.map((weight, at) => weight * affine.scale(at % channels));
  const bias = under.bias.map((was, channel) =>
    was * affine.scale(channel) + affine.shift(channel)
  );
  return { ...under, filter, bias };
}

/** The convolution with `numbers` added to its bias. */
export function withBias(
  under: FoldedConvolution,
  { numbers }: Constant,
): FoldedConvolution {
  return { ...under, bias: under.bias.map((was, channel) => was + numbers[channel]!) };
}

function bareConvolution(graph: Graph, node: GraphNode): FoldedConvolution {
  const [from, filterName] = node.inputs;
  const filter = graph.constants.get(filterName!);
  const [size, across, inputs, outputs] = filter?.shape ?? [];
  const isDepthwise = node.op !== "Conv2D";
  const isKnown = node.padding === "SAME" && size === across &&
    (!isDepthwise || outputs === 1);
  if (filter === undefined || !isKnown) {
    throw new Fault("corrupt", `Cannot fold ${node.name}: ${filter?.shape}`);
  }
  return {
    kind: isDepthwise ? "depthwise" : "conv",
    from: from!,
    size: size!,
    stride: node.stride,
    inputs: inputs!,
    filter: filter.numbers,
    bias: new Float32Array(isDepthwise ? inputs! : outputs!),
  };
}

/** `scale * x + shift`, by channel. */
interface Affine {
  readonly from: string;
  scale(channel: number): number;
  shift(channel: number): number;
}

function affineOf({ constants }: Graph, node: GraphNode): Affine | undefined {
  const of = (at: number) => constants.get(node.inputs[at] ?? "")?.numbers;
  if (node.op === "FusedBatchNorm") {
    const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((at) => of(at)!);
    const scale = (channel: number) =>
      gamma![channel]! / Math.sqrt(variance![channel]! + node.epsilon);
    return {
      from: node.inputs[0]!,
      scale,
      shift: (channel) => beta![channel]! - mean![channel]! * scale(channel),
    };
  }
  if (!["Add", "BiasAdd", "Mul"].includes(node.op)) return undefined;
  // The constant may be either of the two.
  const at = of(0) === undefined ? 1 : 0;
  const numbers = of(at);
  if (numbers === undefined) return undefined;
  const from = node.inputs[1 - at]!;
  return node.op === "Mul"
    ? { from, scale: (channel) => numbers[channel]!, shift: () => 0 }
    : { from, scale: () => 1, shift: (channel) => numbers[channel]! };
}
