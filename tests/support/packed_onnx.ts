/**
 * The program's own detector as an ONNX model: the same layers and weights, so that both
 * runtimes have to say the same of a picture. For tests and measurements only.
 * @module
 */
import { ANCHOR_NUMBERS, ssdAnchors } from "../../classes/anchors.ts";
import type {
  Convolution,
  ModelHead,
  PackedModel,
  Weights,
} from "../../classes/packed_model.ts";
import {
  FLOAT32,
  type Node,
  onnxFile,
  type OnnxType,
  type Port,
  type Weight,
} from "./onnx_writer.ts";

/** Names of its ports, for model.json. */
export const PACKED_PORTS = {
  input: "picture",
  boxes: "boxes",
  scores: "scores",
  labels: "labels",
  rows: "rows",
} as const;

export interface PackedForm {
  readonly input: "float32" | "uint8";
  /**
   * `ssd`: boxes, and a score for each name; `detections`: boxes, the best name of each as
   * int64, and its score; `yolox`: decoded rows.
   */
  readonly output?: "ssd" | "detections" | "yolox";
}

/** What the box coder divides by: `classes/decode.ts`. */
const MIDDLE_SCALE = 10;
const SIZE_SCALE = 5;

/**
 * Takes 1 x 3 x 300 x 300 in -1 … 1, as floats, or 1 x 300 x 300 x 3 bytes; gives boxes
 * (top, left, bottom, right in parts of the picture) and scores, or rows in pixels.
 */
export function packedOnnx(
  model: PackedModel,
  { input, output = "ssd" }: PackedForm,
): Uint8Array<ArrayBuffer> {
  const graph = new GraphOfLayers();
  const { head } = model;
  const side = head.pictureSide;
  const sides = [side];
  const tensors = [input === "float32" ? PACKED_PORTS.input : graph.picture()];
  head.layers.forEach((layer, at) => {
    const from = tensors[layer.from]!;
    const before = sides[layer.from]!;
    if (layer.kind === "add") {
      tensors.push(graph.put("Add", [from, tensors[layer.and]!]));
      sides.push(before);
      return;
    }
    const weights = model.weights[at]!;
    tensors.push(graph.convolution(layer, weights, { from, side: before }));
    sides.push(Math.ceil(before / layer.stride));
  });
  const flat = (maps: readonly number[], last: number) =>
    graph.put("Concat", maps.map((map) => graph.flat(tensors[map]!, last)), { axis: 1 });
  const boxes = graph.boxes(flat(head.boxes, ANCHOR_NUMBERS));
  const scores = graph.put("Sigmoid", [flat(head.logits, head.names.length)]);
  const outputs = graph.outputs(output, { ...boxes, scores }, head);
  const dims = input === "float32" ? [1, 3, side, side] : [1, side, side, 3];
  return onnxFile({
    ...graph,
    inputs: [{ name: PACKED_PORTS.input, type: input, dims }],
    outputs,
  });
}

class GraphOfLayers {
  readonly nodes: Node[] = [];
  readonly weights: Weight[] = [];

  /** @returns the name of what the operation gives */
  put(
    op: string,
    inputs: readonly string[],
    attributes: Node["attributes"] = {},
    output = `${op}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ op, inputs, output, attributes });
    return output;
  }

  number(value: number): string {
    return this.hold(new Float32Array([value]), []);
  }

  hold(values: Weight["values"], dims: readonly number[]): string {
    const name = `weight_${this.weights.length}`;
    this.weights.push({ name, dims, values });
    return name;
  }

  /** Bytes, a pixel after the other, to -1 … 1, a colour after the other. */
  picture(): string {
    const floats = this.put("Cast", [PACKED_PORTS.input], { to: FLOAT32 });
    const wide = this.put("Div", [floats, this.number(127.5)]);
    const around = this.put("Sub", [wide, this.number(1)]);
    return this.put("Transpose", [around], { perm: [0, 3, 1, 2] });
  }

  convolution(
    layer: Convolution,
    { filter, bias }: Weights,
    { from, side }: { readonly from: string; readonly side: number },
  ): string {
    const { size, stride, inputs, outputs, kind } = layer;
    const isDepthwise = kind === "depthwise";
    const each = isDepthwise ? 1 : inputs;
    const turned = new Float32Array(filter.length);
    const cells = size * size;
    for (let cell = 0; cell < cells; cell++) {
      for (let i = 0; i < each; i++) {
        for (let o = 0; o < outputs; o++) {
          turned[(o * each + i) * cells + cell] =
            filter[(cell * each + i) * outputs + o]!;
        }
      }
    }
    const missing = Math.max((Math.ceil(side / stride) - 1) * stride + size - side, 0);
    const [before, after] = [missing >> 1, missing - (missing >> 1)];
    const weights = [
      this.hold(turned, [outputs, each, size, size]),
      this.hold(new Float32Array(bias), [outputs]),
    ];
    const made = this.put("Conv", [from, ...weights], {
      kernel_shape: [size, size],
      strides: [stride, stride],
      pads: [before, before, after, after],
      group: isDepthwise ? outputs : 1,
    });
    if (!layer.relu6) return made;
    return this.put("Clip", [made, this.number(0), this.number(6)]);
  }

  /** One map: a row of `last` numbers for each anchor. */
  flat(from: string, last: number): string {
    const pixels = this.put("Transpose", [from], { perm: [0, 2, 3, 1] });
    const shape = this.hold(BigInt64Array.of(1n, -1n, BigInt(last)), [3]);
    return this.put("Reshape", [pixels, shape]);
  }

  /** From distances to anchors to middles and halves of boxes: down, then across. */
  boxes(from: string): { readonly middle: string; readonly half: string } {
    const anchors = ssdAnchors();
    const count = anchors.length / ANCHOR_NUMBERS;
    const pairs = (first: number, factor: number) => {
      const of = Float32Array.from(
        { length: 2 * count },
        (_, at) => anchors[(at >> 1) * ANCHOR_NUMBERS + first + (at & 1)]! * factor,
      );
      return this.hold(of, [1, count, 2]);
    };
    const numbers = (first: number) => {
      const bounds = [first, first + 2, 2].map((at) =>
        this.hold(BigInt64Array.of(BigInt(at)), [1])
      );
      return this.put("Slice", [from, ...bounds]);
    };
    const shift = this.put("Mul", [numbers(0), pairs(2, 1 / MIDDLE_SCALE)]);
    const middle = this.put("Add", [shift, pairs(0, 1)]);
    const grown = this.put("Exp", [
      this.put("Div", [numbers(2), this.number(SIZE_SCALE)]),
    ]);
    const half = this.put("Mul", [grown, pairs(2, 0.5)]);
    return { middle, half };
  }

  /** What the model answers, in the form that is asked for. */
  outputs(
    form: NonNullable<PackedForm["output"]>,
    of: { readonly middle: string; readonly half: string; readonly scores: string },
    { names: { length: names }, pictureSide }: ModelHead,
  ): Port[] {
    const { middle, half, scores } = of;
    const ports = PACKED_PORTS;
    const count = ssdAnchors().length / ANCHOR_NUMBERS;
    const port = (name: string, last: readonly number[], type: OnnxType = "float32") => (
      { name, type, dims: [1, count, ...last] }
    );
    if (form === "yolox") {
      const swapped = this.hold(BigInt64Array.of(1n, 0n), [2]);
      const inPixels = (pairs: string, factor: number) => {
        const across = this.put("Gather", [pairs, swapped], { axis: 2 });
        return this.put("Mul", [across, this.number(factor)]);
      };
      const anything = this.hold(new Float32Array(count).fill(1), [1, count, 1]);
      const box = [inPixels(middle, pictureSide), inPixels(half, 2 * pictureSide)];
      this.put("Concat", [...box, anything, scores], { axis: 2 }, ports.rows);
      return [port(ports.rows, [5 + names])];
    }
    const corners = ["Sub", "Add"].map((op) => this.put(op, [middle, half]));
    this.put("Concat", corners, { axis: 2 }, ports.boxes);
    const boxes = port(ports.boxes, [ANCHOR_NUMBERS]);
    if (form === "ssd") {
      this.put("Identity", [scores], {}, ports.scores);
      return [boxes, port(ports.scores, [names])];
    }
    this.put("ReduceMax", [scores], { axes: [2], keepdims: 0 }, ports.scores);
    this.put("ArgMax", [scores], { axis: 2, keepdims: 0 }, ports.labels);
    return [boxes, port(ports.scores, []), port(ports.labels, [], "int64")];
  }
}
