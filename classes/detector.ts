/**
 * The detector that the program brings along, as a whole: from a crop to the scores of
 * what moved in it. Loads the built files; keeps no picture. For the child's process only:
 * `child.ts`. A model of the user's own is `own_detector.ts`.
 * @module
 */
import { ssdAnchors } from "./anchors.ts";
import { assert } from "../base/assert.ts";
import {
  type BuiltFile,
  MODEL_FILE,
  readBuilt,
  RUNTIME_FILE,
  SECOND_FILE,
} from "./built_files.ts";
import type { TrackCrop } from "./track_crop.ts";
import { agreeingScores } from "./decode.ts";
import type { NameScores } from "./detector_facts.ts";
import { BUILT_IN, type DetectorFacts, SECOND } from "./detector_facts.ts";
import { Looks } from "./looks.ts";
import { Network, TensorPool } from "./network.ts";
import { type ModelHead, readModel } from "./packed_model.ts";
import { TensorMachine } from "./tensor_machine.ts";

/** Whoever can say what is in a crop. */
export interface Detector {
  readonly facts: DetectorFacts;
  /** Of `facts.names`, in their order. */
  look(crop: TrackCrop): NameScores;
  /** Who gives the second opinion, loaded when it is asked for the first time. */
  second?(): Promise<Detector>;
}

/**
 * Loads and prepares the network, 0.1 s.
 * @throws Fault unavailable when a file is missing, corrupt when it is another; so does
 *   `second()`
 */
export async function loadDetector(folder?: URL): Promise<Detector> {
  const machine = new TensorMachine(await readBuilt(RUNTIME_FILE, folder));
  const pool = new TensorPool(machine);
  const load = async (file: BuiltFile, facts: DetectorFacts) => {
    const model = readModel(await readBuilt(file, folder));
    const network = new Network(machine, model, pool);
    return new BuiltInDetector(network, { facts, head: model.head });
  };
  const first = await load(MODEL_FILE, BUILT_IN);
  let second: BuiltInDetector | undefined;
  return {
    facts: first.facts,
    look: (crop) => first.look(crop),
    second: async () => second ??= await load(SECOND_FILE, SECOND),
  };
}

class BuiltInDetector implements Detector {
  readonly facts: DetectorFacts;
  readonly #network: Network;
  readonly #looks: Looks;
  readonly #anchors = ssdAnchors();

  constructor(
    network: Network,
    { facts, head }: { readonly facts: DetectorFacts; readonly head: ModelHead },
  ) {
    const [ours, its] = [facts.names.map(({ name }) => name), head.names];
    assert(`${ours}` === `${its}`, "a model scores the names that are read from it");
    this.facts = facts;
    this.#network = network;
    this.#looks = new Looks(head.pictureSide);
  }

  look(crop: TrackCrop): NameScores {
    const anchors = this.#anchors;
    return this.#looks.at(crop, (shown) => {
      const raw = this.#network.run(shown.rgb);
      return agreeingScores({ ...shown, raw, anchors });
    });
  }
}
