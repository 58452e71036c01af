/**
 * Runs a packed detector: layers one after the other, each into memory that is free by
 * then, that of another network too. Picture in, raw boxes and logits out; what they mean is `decode.ts`.
 * @module
 */
import type { ModelHead, PackedModel } from "./packed_model.ts";
import type { Convolving, Tensor, TensorMachine } from "./tensor_machine.ts";

/** As the network gives them: by anchor, maps one behind the other. */
export interface RawOutput {
  /** Four numbers an anchor. */
  readonly boxes: Float32Array;
  /** A number a name, an anchor; a sigmoid makes a score of it. */
  readonly logits: Float32Array;
}

type Step = () => void;

export class Network {
  readonly #machine: TensorMachine;
  readonly #steps: readonly Step[];
  readonly #picture: Tensor;
  readonly #boxes: readonly Tensor[];
  readonly #logits: readonly Tensor[];

  /** @param pool of the same machine; networks that share one run one after the other */
  constructor(
    machine: TensorMachine,
    model: PackedModel,
    pool = new TensorPool(machine),
  ) {
    const { head } = model;
    this.#machine = machine;
    const plan = planOf(machine, model, { pool });
    this.#steps = plan.steps;
    this.#picture = plan.tensors[0]!;
    this.#boxes = head.boxes.map((at) => plan.tensors[at]!);
    this.#logits = head.logits.map((at) => plan.tensors[at]!);
  }

  /** @param rgb 300 x 300 pixels, three bytes each */
  run(rgb: Uint8ClampedArray): RawOutput {
    const picture = this.#machine.view(this.#picture);
    for (let at = 0; at < picture.length; at++) picture[at] = rgb[at]! / 127.5 - 1;
    for (const step of this.#steps) step();
    return { boxes: this.#joined(this.#boxes), logits: this.#joined(this.#logits) };
  }

  #joined(tensors: readonly Tensor[]): Float32Array {
    const whole = new Float32Array(tensors.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const tensor of tensors) {
      whole.set(this.#machine.view(tensor), at);
      at += tensor.length;
    }
    return whole;
  }
}

interface Plan {
  readonly steps: readonly Step[];
  /** By their number in the model's head. */
  readonly tensors: readonly Tensor[];
}

const CHANNELS = 3;

function planOf(
  machine: TensorMachine,
  { head, weights }: PackedModel,
  { pool }: { readonly pool: TensorPool },
): Plan {
  const lastUse = lastUses(head);
  const sides = [head.pictureSide];
  const tensors = [pool.take(head.pictureSide ** 2 * CHANNELS)];
  const steps: Step[] = [];
  head.layers.forEach((layer, index) => {
    const from = tensors[layer.from]!;
    const side = sides[layer.from]!;
    if (layer.kind === "add") {
      const both = [from, tensors[layer.and]!] as const;
      const to = pool.take(from.length);
      steps.push(() => machine.add(both, to));
      tensors.push(to);
      sides.push(side);
    } else {
      const { filter, bias } = weights[index]!;
      const by: Convolving = {
        ...layer,
        side,
        filter: machine.tensorOf(filter),
        bias: machine.tensorOf(bias),
      };
      const sideAfter = Math.ceil(side / layer.stride);
      const to = pool.take(sideAfter ** 2 * layer.outputs);
      steps.push(() => machine.convolve(by, from, to));
      tensors.push(to);
      sides.push(sideAfter);
    }
    for (const [at, last] of lastUse.entries()) {
      if (last === index) pool.giveBack(tensors[at]!);
    }
  });
  return { steps, tensors };
}

/** For each tensor the last layer that reads it; those that are read at the end: none. */
function lastUses({ layers, boxes, logits }: ModelHead): number[] {
  const last = new Array<number>(layers.length + 1).fill(-1);
  layers.forEach((layer, index) => {
    last[layer.from] = index;
    if (layer.kind === "add") last[layer.and] = index;
  });
  for (const at of [...boxes, ...logits]) last[at] = -1;
  return last;
}

/** Memory for tensors that are no longer needed is for later ones. */
export class TensorPool {
  readonly #machine: TensorMachine;
  /** With the length that its memory has, which its last tensor may not have filled. */
  readonly #free: Tensor[] = [];
  readonly #places = new Map<number, Tensor>();

  constructor(machine: TensorMachine) {
    this.#machine = machine;
  }

  take(length: number): Tensor {
    const fitting = this.#free.filter((place) => place.length >= length)
      .sort((a, b) => a.length - b.length)[0];
    if (fitting === undefined) {
      const place = this.#machine.tensor(length);
      this.#places.set(place.at, place);
      return place;
    }
    this.#free.splice(this.#free.indexOf(fitting), 1);
    return this.#machine.tensor(length, fitting);
  }

  giveBack(tensor: Tensor): void {
    this.#free.push(this.#places.get(tensor.at)!);
  }
}
