/**
 * The program's own detector as an ONNX model: the same layers and weights, so that both
 * runtimes have to say the same of a picture. For tests and measurements only.
 * @module
 */
import { ANCHOR_NUMBERS, ssdAnchors } from "../../classes/anchors.ts";
import type { Convolution, PackedModel, Weights } from "../../classes/packed_model.ts";
import { FLOAT32, type Node, onnxFile, type Weight } from "./onnx_writer.ts";

/** Names of its ports, for model.json. */
export const PACKED_PORTS = {
  input: "picture",
  boxes: "boxes",
  scores: "scores",
} as const;

/** What the box coder divides by: `classes/decode.ts`. */
const MIDDLE_SCALE = 10;
const SIZE_SCALE = 5;

/**
 * Takes 1 x 3 x 300 x 300 in -1 … 1, as floats, or 1 x 300 x 300 x 3 bytes; gives boxes
 * (top, left, bottom, right in parts of the picture) and a score for each name.
 */
export function packedOnnx(
  model: PackedModel,
  { input }: { readonly input: "float32" | "uint8" },
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
  graph.boxes(flat(head.boxes, ANCHOR_NUMBERS));
  const logits = flat(head.logits, head.names.length);
  graph.put("Sigmoid", [logits], {}, PACKED_PORTS.scores);
  const count = ssdAnchors().length / ANCHOR_NUMBERS;
  const dims = input === "float32" ? [1, 3, side, side] : [1, side, side, 3];
  return onnxFile({
    ...graph,
    inputs: [{ name: PACKED_PORTS.input, type: input, dims }],
    outputs: [
      { name: PACKED_PORTS.boxes, type: "float32", dims: [1, count, ANCHOR_NUMBERS] },
      { name: PACKED_PORTS.scores, type: "float32", dims: [1, count, head.names.length] },
    ],
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

  /** From distances to anchors to boxes. */
  boxes(from: string): void {
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
    const corners = [
      this.put("Sub", [middle, half]),
      this.put("Add", [middle, half]),
    ];
    this.put("Concat", corners, { axis: 2 }, PACKED_PORTS.boxes);
  }
}
