/**
 * The detector that the program brings along, as a whole: from a crop to the scores of
 * what moved in it. Loads the built files; keeps no picture. For the child's process only:
 * `child.ts`. A model of the user's own is `own_detector.ts`.
 * @module
 */
import { ssdAnchors } from "./anchors.ts";
import { MODEL_FILE, readBuilt, RUNTIME_FILE } from "./built_files.ts";
import type { TrackCrop } from "./classifier.ts";
import { agreeingScores, type NameScores } from "./decode.ts";
import { BUILT_IN, type DetectorFacts } from "./detector_facts.ts";
import { Looks } from "./looks.ts";
import { Network } from "./network.ts";
import { readModel } from "./packed_model.ts";
import { TensorMachine } from "./tensor_machine.ts";

/** Whoever can say what is in a crop. */
export interface Detector {
  readonly facts: DetectorFacts;
  /** Of `facts.names`, in their order. */
  look(crop: TrackCrop): NameScores;
}

/**
 * Loads and prepares the network, 0.1 s.
 * @throws Fault unavailable when a file is missing, corrupt when it is another
 */
export async function loadDetector(folder?: URL): Promise<Detector> {
  const model = readModel(await readBuilt(MODEL_FILE, folder));
  const machine = new TensorMachine(await readBuilt(RUNTIME_FILE, folder));
  return new BuiltInDetector(new Network(machine, model), model.head.pictureSide);
}

class BuiltInDetector implements Detector {
  readonly facts = BUILT_IN;
  readonly #network: Network;
  readonly #looks: Looks;
  readonly #anchors = ssdAnchors();

  constructor(network: Network, pictureSide: number) {
    this.#network = network;
    this.#looks = new Looks(pictureSide);
  }

  look(crop: TrackCrop): NameScores {
    const anchors = this.#anchors;
    return this.#looks.at(crop, (shown) => {
      const raw = this.#network.run(shown.rgb);
      return agreeingScores({ ...shown, raw, anchors });
    });
  }
}
