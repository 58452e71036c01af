/**
 * Writes an SSD of TensorFlow Lite as the few kinds of layers that `classes/network.ts`
 * runs, with the wanted names only. Its batch norms are folded already. What it does not
 * know stops the build; no layer is guessed.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import type { Layer, PackedModel, Weights } from "../../classes/packed_model.ts";
import type { LiteGraph, LiteOperator } from "./tflite_file.ts";

export interface WantedNames {
  /** Our names, and the number of each among the file's classes. */
  readonly names: readonly (readonly [name: string, number: number])[];
  /** Classes that the file has, the background included. */
  readonly count: number;
  readonly pictureSide: number;
}

/** Numbers of a box. */
const BOX_NUMBERS = 4;

/**
 * The layers that lead to the wanted names, folded and in the packed format's order.
 * @throws Fault corrupt when the graph is none of those that the format holds
 */
export function liteLayers(graph: LiteGraph, wanted: WantedNames): PackedModel {
  const walk = new Walk(graph, wanted);
  for (const operator of graph.operators) walk.take(operator);
  const { layers, weights, boxes, logits } = walk;
  const names = wanted.names.map(([name]) => name);
  const head = { names, pictureSide: wanted.pictureSide, layers, boxes, logits };
  return { head: { format: 1, ...head }, weights };
}

class Walk {
  readonly layers: Layer[] = [];
  readonly weights: (Weights | undefined)[] = [];
  boxes: readonly number[] = [];
  logits: readonly number[] = [];
  readonly #graph: LiteGraph;
  readonly #wanted: WantedNames;
  /** Our tensors by the file's; the file's first is the picture. */
  readonly #tensors = new Map([[0, 0]]);
  /** Constants by the tensor that holds them in 32 bits. */
  readonly #constants = new Map<number, number>();

  constructor(graph: LiteGraph, wanted: WantedNames) {
    this.#graph = graph;
    this.#wanted = wanted;
  }

  take(operator: LiteOperator): void {
    const { kind, inputs, output } = operator;
    switch (kind) {
      case "to 32 bits":
        this.#constants.set(output, inputs[0]!);
        break;
      case "reshape": // moves no number
        this.#tensors.set(output, this.#tensor(inputs[0]!));
        break;
      case "concatenate":
        this.#end(operator);
        break;
      case "add":
        this.#add(operator);
        break;
      case "convolve":
      case "convolve depthwise":
        this.#convolve(operator);
    }
  }

  #end({ inputs, output }: LiteOperator): void {
    const maps = inputs.map((input) => this.#tensor(input));
    const isBoxes = this.#graph.tensors[output]!.shape.at(-1) === BOX_NUMBERS;
    if (isBoxes) this.boxes = maps;
    else this.logits = maps;
    this.#tensors.set(output, maps[0]!);
  }

  #add(operator: LiteOperator): void {
    const [from, and] = operator.inputs.map((input) => this.#tensor(input));
    if (operator.activation !== "none") throw this.#unknown(operator);
    this.#push(operator, { kind: "add", from: from!, and: and! }, undefined);
  }

  #convolve(operator: LiteOperator): void {
    const { kind, inputs: [from, filterOf, biasOf], stride, activation } = operator;
    const [filterAt, biasAt] = [filterOf, biasOf].map((of) => this.#constants.get(of!));
    if (!operator.isSame || activation === "other" || filterAt === undefined) {
      throw this.#unknown(operator);
    }
    const [outputs, size, across, inputs] = this.#graph.tensors[filterAt]!.shape;
    const isDepthwise = kind === "convolve depthwise";
    if (size !== across || isDepthwise && outputs !== 1) throw this.#unknown(operator);
    const whole = {
      // A depthwise filter has its channels last already.
      filter: isDepthwise
        ? this.#graph.constant(filterAt)
        : outputsLast(this.#graph.constant(filterAt), outputs!),
      bias: this.#graph.constant(biasAt!),
    };
    // Names of what shares a constant follow, separated by semicolons.
    const isScores = /^BoxPredictor_\d+\/ClassPredictor\//
      .test(this.#graph.tensors[operator.output]!.name);
    const weights = isScores ? wantedOnly(whole, this.#wanted) : whole;
    this.#push(operator, {
      ...{ kind: isDepthwise ? "depthwise" : "conv", from: this.#tensor(from!) },
      ...{ size: size!, stride, inputs: inputs!, outputs: weights.bias.length },
      relu6: activation === "relu6",
    }, weights);
  }

  #push({ output }: LiteOperator, layer: Layer, weights: Weights | undefined): void {
    this.weights.push(weights);
    this.#tensors.set(output, this.layers.push(layer));
  }

  #tensor(of: number): number {
    const known = this.#tensors.get(of);
    if (known !== undefined) return known;
    throw new Fault("corrupt", `Cannot pack tensor ${of}: nothing gives it`);
  }

  #unknown({ kind, output }: LiteOperator): Fault {
    const { name } = this.#graph.tensors[output]!;
    return new Fault("corrupt", `Cannot pack ${name}: an unknown kind of "${kind}"`);
  }
}

/** From outputs x height x width x inputs to height x width x inputs x outputs. */
function outputsLast(filter: Float32Array, outputs: number): Float32Array {
  const rows = filter.length / outputs;
  return filter.map((_, at) => filter[at % outputs * rows + Math.floor(at / outputs)]!);
}

/** The channels of names that are asked for, of every anchor. */
function wantedOnly({ filter, bias }: Weights, { names, count }: WantedNames): Weights {
  const kept = Array.from(
    { length: bias.length / count },
    (_, anchor) => names.map(([, number]) => anchor * count + number),
  ).flat();
  const rows = filter.length / bias.length;
  const left = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    kept.forEach((channel, at) => {
      left[row * kept.length + at] = filter[row * bias.length + channel]!;
    });
  }
  return { filter: left, bias: new Float32Array(kept.map((channel) => bias[channel]!)) };
}
