/**
 * The detector as a whole: from a crop to the scores of what moved in it. Loads the built
 * files; keeps no picture. For the child's process only: `child.ts`.
 * @module
 */
import { ssdAnchors } from "./anchors.ts";
import { MODEL_FILE, readBuilt, RUNTIME_FILE } from "./built_files.ts";
import type { TrackCrop } from "./classifier.ts";
import { type Box, type View, viewWithin, WIDEST_VIEW } from "./crop_area.ts";
import { agreeingScores, type NameScores } from "./decode.ts";
import { SURE } from "../analysis/dsl/class_line.ts";
import { Network } from "./network.ts";
import { readModel } from "./packed_model.ts";
import { placementOf, resample } from "./resample.ts";
import { TensorMachine } from "./tensor_machine.ts";

/**
 * Loads and prepares the network, 0.1 s.
 * @throws Fault unavailable when a file is missing, corrupt when it is another
 */
export async function loadDetector(folder?: URL): Promise<Detector> {
  const model = readModel(await readBuilt(MODEL_FILE, folder));
  const machine = new TensorMachine(await readBuilt(RUNTIME_FILE, folder));
  return new Detector(new Network(machine, model), model.head.pictureSide);
}

export class Detector {
  readonly #network: Network;
  readonly #side: number;
  readonly #rgb: Uint8ClampedArray;
  readonly #anchors = ssdAnchors();

  constructor(network: Network, pictureSide: number) {
    this.#network = network;
    this.#side = pictureSide;
    this.#rgb = new Uint8ClampedArray(3 * pictureSide ** 2);
  }

  /** Looks closely, and at more around it where that says too little. */
  look(crop: TrackCrop): NameScores {
    const close = this.#lookThrough(CLOSE_VIEW, crop);
    if (Math.max(...close) >= ENOUGH_SCORE) return close;
    const wide = this.#lookThrough(WIDEST_VIEW, crop);
    return close.map((score, at) => Math.max(score, wide[at]!));
  }

  #lookThrough(view: View, crop: TrackCrop): NameScores {
    const { area, motion, format } = crop;
    const shown = viewWithin(motion, area, view);
    resample(crop, inPixels(shown, { area, format }), {
      rgb: this.#rgb,
      side: this.#side,
    });
    return agreeingScores({
      raw: this.#network.run(this.#rgb),
      anchors: this.#anchors,
      side: this.#side,
      placement: placementOf(shown, this.#side),
      shown,
      motion,
    });
  }
}

/** .4 of the longer side on each side of it. Measured: docs/design/classes.md. */
const CLOSE_VIEW: View = { sides: 1.8, leastPx: 96 };
/** A close look that gives as much is sure: the wider one would cost and add nothing. */
const ENOUGH_SCORE = SURE;

/** The part of the crop's own pixels that shows a part of the frame. */
function inPixels(shown: Box, { area, format }: Pick<TrackCrop, "area" | "format">): Box {
  const [across, down] = [format.width / area.w, format.height / area.h];
  return {
    x: (shown.x - area.x) * across,
    y: (shown.y - area.y) * down,
    w: shown.w * across,
    h: shown.h * down,
  };
}
