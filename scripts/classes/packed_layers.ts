/**
 * Walks the graph of SSDLite MobileNetV2 back from its outputs and writes it as the few
 * kinds of layers that `classes/network.ts` runs, with the wanted classes only. What it
 * does not know stops the build; no layer is guessed.
 * @module
 */
import { Fault } from "../../base/fault.ts";
import { DETECTOR_NAMES, type DetectorName } from "../../classes/detector_names.ts";
import type { Layer, PackedModel, Weights } from "../../classes/packed_model.ts";
import { type FoldedConvolution, foldedConvolution, withBias } from "./folded.ts";
import type { Constant, Graph } from "./tfjs_graph.ts";

/** Numbers of the classes in COCO's list of 90, 0 being the background. */
const COCO_NUMBER: Readonly<Record<DetectorName, number>> = {
  person: 1,
  bicycle: 2,
  car: 3,
  motorcycle: 4,
  bus: 6,
  truck: 8,
  bird: 16,
  cat: 17,
  dog: 18,
  horse: 19,
  sheep: 20,
  cow: 21,
  bear: 23,
};
const COCO_COUNT = 91;
const PICTURE_SIDE = 300;

/** Nodes of the graph: the picture in -1 … 1, and the two outputs. */
const PICTURE = "Preprocessor/sub";
const BOXES = "concat";
const LOGITS = "concat_1";

export function packedLayers(graph: Graph): PackedModel {
  const walk = new Walk(graph);
  const [boxes, logits] = [BOXES, LOGITS].map((name) => walk.maps(name));
  const head = {
    format: 1,
    names: DETECTOR_NAMES,
    pictureSide: PICTURE_SIDE,
    layers: walk.layers,
    boxes: boxes!,
    logits: logits!,
  } as const;
  return { head, weights: walk.weights };
}

class Walk {
  readonly layers: Layer[] = [];
  readonly weights: (Weights | undefined)[] = [];
  readonly #graph: Graph;
  /** Tensors by the node that gives them. */
  readonly #tensors = new Map([[PICTURE, 0]]);

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** The tensors that an output is joined from: reshaped, which moves no number. */
  maps(output: string): number[] {
    const parts = this.#node(output).inputs.slice(0, -1);
    return parts.map((part) => this.#tensor(this.#node(part).inputs[0]!));
  }

  #tensor(name: string): number {
    const known = this.#tensors.get(name);
    if (known !== undefined) return known;
    const made = this.#make(name);
    this.#tensors.set(name, made);
    return made;
  }

  #make(name: string): number {
    const node = this.#node(name);
    if (node.op === "Relu6") {
      const under = foldedConvolution(this.#graph, node.inputs[0]!);
      if (under === undefined) throw unknownNode(name, "Relu6 of no convolution");
      return this.#convolve(under, true);
    }
    const folded = foldedConvolution(this.#graph, name);
    if (folded !== undefined) {
      const isScores = name.includes("/ClassPredictor/");
      return this.#convolve(isScores ? wantedOnly(folded) : folded, false);
    }
    if (node.op === "Add" || node.op === "AddN") return this.#add(name);
    throw unknownNode(name, node.op);
  }

  /** A sum of two tensors, or one with a constant bias, which goes into a convolution. */
  #add(name: string): number {
    const { inputs } = this.#node(name);
    const isConstant = (input: string) => this.#graph.constants.has(input);
    const bias =
      inputs.filter(isConstant).map((input) => this.#graph.constants.get(input)!)[0];
    const tensors = inputs.filter((input) => !isConstant(input));
    const terms = tensors.length === 1 ? this.#node(tensors[0]!).inputs : tensors;
    const [from, and, ...more] = bias === undefined
      ? terms.map((term) => this.#tensor(term))
      : this.#biased(terms, bias);
    if (from === undefined || and === undefined || more.length > 0) {
      throw unknownNode(name, `a sum of ${terms.length}`);
    }
    return this.#push({ kind: "add", from, and }, undefined);
  }

  /** The bias goes into the first of the terms that is a convolution. */
  #biased(terms: readonly string[], bias: Constant): number[] {
    const at = terms.findIndex((term) => foldedConvolution(this.#graph, term));
    if (at < 0) throw unknownNode(terms.join(), "a bias of no convolution");
    return terms.map((term, index) =>
      index === at
        ? this.#convolve(withBias(foldedConvolution(this.#graph, term)!, bias), false)
        : this.#tensor(term)
    );
  }

  #convolve(folded: FoldedConvolution, relu6: boolean): number {
    const { kind, size, stride, inputs, filter, bias } = folded;
    const from = this.#tensor(folded.from);
    const layer = { kind, from, size, stride, inputs, outputs: bias.length, relu6 };
    return this.#push(layer, { filter, bias });
  }

  #push(layer: Layer, weights: Weights | undefined): number {
    this.weights.push(weights);
    return this.layers.push(layer);
  }

  #node(name: string) {
    const node = this.#graph.nodes.get(name);
    if (node === undefined) throw unknownNode(name, "it is not there");
    return node;
  }
}

/** The convolution without the channels of classes that nobody asks for. */
function wantedOnly(folded: FoldedConvolution): FoldedConvolution {
  const channels = folded.bias.length;
  const numbers = DETECTOR_NAMES.map((name) => COCO_NUMBER[name]);
  const kept = Array.from(
    { length: channels / COCO_COUNT },
    (_, anchor) => numbers.map((number) => anchor * COCO_COUNT + number),
  ).flat();
  const rows = folded.filter.length / channels;
  const filter = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    kept.forEach((channel, at) => {
      filter[row * kept.length + at] = folded.filter[row * channels + channel]!;
    });
  }
  const bias = new Float32Array(kept.map((channel) => folded.bias[channel]!));
  return { ...folded, filter, bias };
}

function unknownNode(name: string, state: string): Fault {
  return new Fault("corrupt", `Cannot pack node ${name} of the detector: ${state}`);
}
