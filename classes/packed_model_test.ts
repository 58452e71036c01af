import assert from "node:assert/strict";
import { Fault } from "../base/fault.ts";
import { type PackedModel, readModel, writeModel } from "./packed_model.ts";

const MODEL: PackedModel = {
  head: {
    ...{ format: 1, names: ["cat"], pictureSide: 4, boxes: [2], logits: [1] },
    layers: [
      {
        ...{ kind: "conv", from: 0, size: 1, stride: 1, inputs: 3, outputs: 2 },
        relu6: true,
      },
      { kind: "add", from: 1, and: 1 },
    ],
  },
  weights: [
    {
      filter: new Float16Array([1, 0.5, -2, 0.25, 8, 0]),
      bias: new Float32Array([0.1, 7]),
    },
    undefined,
  ],
};

Deno.test("readModel() reads what writeModel() wrote", () => {
  assert.deepEqual(readModel(writeModel(MODEL)), MODEL);
});

function checkRefused(file: Uint8Array, words: RegExp): void {
  assert.throws(() => readModel(file), (thrown: unknown) => {
    assert.ok(thrown instanceof Fault && thrown.kind === "corrupt");
    assert.match(thrown.message, words);
    return true;
  });
}

Deno.test("readModel() refuses a file that is cut, longer, or something else", () => {
  const file = writeModel(MODEL);
  checkRefused(file.subarray(0, 3), /no whole head/);
  checkRefused(file.subarray(0, 40), /no whole head/);
  checkRefused(file.subarray(0, file.length - 1), /1 bytes too early/);
  checkRefused(new Uint8Array([...file, 0]), /1 bytes are left over/);
  checkRefused(new Uint8Array([2, 0, 0, 0, 0x7b, 0x7d]), /another format/);
  checkRefused(new Uint8Array([1, 0, 0, 0, 0x7b]), /Cannot read the detector's model/);
});
