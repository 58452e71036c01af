/**
 * A model of the user's own as a detector: loaded, fitted to its description, and shown
 * its known picture before anything else that it says is believed. For the child's process
 * only: `child.ts`.
 * @module
 */
import { assert } from "../base/assert.ts";
import { Fault, wordsOf } from "../base/fault.ts";
import { sha256 } from "./built_files.ts";
import type { TrackCrop } from "./track_crop.ts";
import type { NameScores } from "./detector_facts.ts";
import type { Detector } from "./detector.ts";
import type { DetectorFacts } from "./detector_facts.ts";
import { findRuntime } from "./find_runtime.ts";
import { Looks } from "./looks.ts";
import type { ModelSession } from "./model_session.ts";
import { OnnxSession } from "./onnx_session.ts";
import { MODEL_FILE, type OwnModel, readOwnModel } from "./own_model.ts";
import { outputNames, ownScores } from "./own_outputs.ts";
import { ownKnownPicture } from "./own_picture.ts";
import { type KnownPicture, wrongWords } from "./self_check.ts";
import { vote } from "./vote.ts";

/**
 * Loads the model of a folder, and shows it its known picture.
 * @throws Fault unavailable when the model or the runtime is missing, corrupt when the
 *   model is damaged, config when it does not fit its description or fails the picture
 */
export async function loadOwnDetector(folder: string): Promise<Detector> {
  const model = readOwnModel(folder);
  const known = ownKnownPicture(model);
  const bytes = await modelBytes(model);
  const session = new OnnxSession(findRuntime(folder), bytes);
  const detector = fittedDetector(model, session);
  checkKnown(detector, known);
  return detector;
}

/**
 * The model as a detector.
 * @throws Fault config when it is not as its description says
 */
export function fittedDetector(model: OwnModel, session: ModelSession): Detector {
  checkFit(model, session);
  return new OwnDetector(model, session);
}

/** @throws Fault config when it does not say what the picture shows */
export function checkKnown(detector: Detector, known: KnownPicture): void {
  const wrong = wrongWords(vote([detector.look(known.crop)], detector.facts), known);
  if (wrong === undefined) return;
  throw new Fault("config", `Cannot use the model ${detector.facts.model}: ${wrong}`);
}

/** Three colours a pixel. */
const CHANNELS = 3;

class OwnDetector implements Detector {
  readonly facts: DetectorFacts;
  readonly #model: OwnModel;
  readonly #session: ModelSession;
  readonly #looks: Looks;
  readonly #picture: Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

  constructor(model: OwnModel, session: ModelSession) {
    const { names, threshold, input: { size } } = model;
    this.facts = { model: model.model, runtime: session.runtime, names, threshold };
    this.#model = model;
    this.#session = session;
    this.#looks = new Looks(size);
    const length = CHANNELS * size ** 2;
    this.#picture = session.input.type === "uint8"
      ? new Uint8Array(length)
      : new Float32Array(length);
  }

  look(crop: TrackCrop): NameScores {
    const [model, picture] = [this.#model, this.#picture];
    const shape = shapeOf(model);
    const outputs = outputNames(model.output);
    return this.#looks.at(crop, (shown) => {
      fillPicture(shown.rgb, model.input, { picture });
      return ownScores(this.#session.run(picture, { shape, outputs }), model, shown);
    });
  }
}

/** The square as the model wants it: order of colours, layout, range. */
export function fillPicture(
  rgb: Uint8ClampedArray,
  { channels, layout, mean, std }: OwnModel["input"],
  { picture }: { readonly picture: Float32Array | Uint8Array },
): void {
  assert(picture.length === rgb.length, "a picture has the numbers of its square");
  const pixels = rgb.length / CHANNELS;
  const [means, stds] = [mean, std].map((one) =>
    typeof one === "number" ? [one, one, one] : one
  );
  for (let channel = 0; channel < CHANNELS; channel++) {
    const from = channels === "RGB" ? channel : CHANNELS - 1 - channel;
    const [less, by] = [means![channel]!, stds![channel]!];
    const [first, step] = layout === "NCHW" ? [channel * pixels, 1] : [channel, CHANNELS];
    for (let pixel = 0; pixel < pixels; pixel++) {
      picture[first + pixel * step] = (rgb[CHANNELS * pixel + from]! - less) / by;
    }
  }
}

function shapeOf({ input: { size, layout } }: OwnModel): readonly number[] {
  return layout === "NCHW" ? [1, CHANNELS, size, size] : [1, size, size, CHANNELS];
}

function checkFit(model: OwnModel, { input, outputNames: names }: ModelSession): void {
  const wrong = (state: string) =>
    new Fault("config", `Cannot use the model ${model.model}: ${state}`);
  const shape = shapeOf(model);
  const fits = input.shape.length === shape.length &&
    input.shape.every((side, at) => side === shape[at] || side < 0);
  if (!fits) {
    const is = input.shape.map((side) => side < 0 ? "any" : side).join(" x ");
    throw wrong(
      `it takes ${is}, and ${model.input.layout} of that size is ${shape.join(" x ")}`,
    );
  }
  if (model.input.name !== undefined && model.input.name !== input.name) {
    throw wrong(`its input is ${input.name}, not ${model.input.name}`);
  }
  const isPlain = [model.input.mean, model.input.std].every((one, at) =>
    [one].flat().every((number) => number === at)
  );
  if (input.type === "uint8" && !isPlain) {
    throw wrong("it takes bytes: mean has to be 0 and std 1");
  }
  for (const name of outputNames(model.output)) {
    if (names.includes(name)) continue;
    throw wrong(`it has no output ${name}, only ${names.join(", ")}`);
  }
}

async function modelBytes(model: OwnModel): Promise<Uint8Array<ArrayBuffer>> {
  const path = `${model.folder}/${MODEL_FILE}`;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(path);
  } catch (cause) {
    const isAway = cause instanceof Deno.errors.NotFound;
    const state = isAway ? "it is not there" : wordsOf(cause);
    throw new Fault("unavailable", `Cannot read ${path}: ${state}`, { cause });
  }
  if (model.sha256 === undefined) return bytes;
  if (await sha256(bytes) === model.sha256.toLowerCase()) return bytes;
  throw new Fault(
    "corrupt",
    `Cannot use ${path}: its checksum is not the one in model.json`,
  );
}
