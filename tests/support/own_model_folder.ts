/**
 * Folders with a model of somebody's own, for tests: a description that is right, and what
 * a test changes of it.
 * @module
 */
import { DETECTOR_NAMES } from "../../classes/detector_names.ts";
import { PACKED_PORTS } from "./packed_onnx.ts";

/** A description of the program's own detector as `packedOnnx` writes it. */
export const PACKED_DESCRIPTION = {
  name: "packed",
  version: "1",
  input: {
    ...{ name: PACKED_PORTS.input, size: 300, layout: "NCHW", channels: "RGB" },
    ...{ mean: 127.5, std: 127.5 },
  },
  output: {
    ...{ kind: "ssd", boxes: PACKED_PORTS.boxes, scores: PACKED_PORTS.scores },
    ...{ order: "yxyx", unit: "parts" },
  },
  names: [...DETECTOR_NAMES],
  classes: {
    ...{ person: "person", bicycle: "bike", motorcycle: "bike" },
    ...{ car: "vehicle", bus: "vehicle", truck: "vehicle" },
    ...{ bird: "animal", cat: "animal", dog: "animal", horse: "animal" },
    ...{ sheep: "animal", cow: "animal", bear: "animal" },
  },
};

export function describe(folder: string, description: unknown): void {
  const text = typeof description === "string"
    ? description
    : JSON.stringify(description);
  Deno.writeTextFileSync(`${folder}/model.json`, text);
}
