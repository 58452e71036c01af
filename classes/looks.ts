/**
 * How any detector looks at a crop: closely, and once more at more around it where that
 * says too little. Makes the square it sees; what is in it is for the detector to say.
 * @module
 */
import { SURE } from "../analysis/dsl/class_line.ts";
import { type Box, type View, viewWithin, WIDEST_VIEW } from "./crop_area.ts";
import type { NameScores } from "./detector_facts.ts";
import { type Placement, placementOf, resample } from "./resample.ts";
import type { TrackCrop } from "./track_crop.ts";

/** What a detector is shown. */
export interface Shown {
  /** Three bytes a pixel of the square; its own until the next look. */
  readonly rgb: Uint8ClampedArray;
  /** Side of the square, pixels. */
  readonly side: number;
  /** Where the frame's pixels lie in the square. */
  readonly placement: Placement;
  /** What of the frame the square shows; boxes are cut to it. */
  readonly shown: Box;
  /** Where it moved, in pixels of the frame. */
  readonly motion: Box;
}

export class Looks {
  readonly #side: number;
  readonly #rgb: Uint8ClampedArray;

  /** @param side of the square that the detector sees, pixels */
  constructor(side: number) {
    this.#side = side;
    this.#rgb = new Uint8ClampedArray(3 * side ** 2);
  }

  /** Of each name the better of both looks. */
  at(crop: TrackCrop, scoresOf: (shown: Shown) => NameScores): NameScores {
    const close = scoresOf(this.#show(crop, CLOSE_VIEW));
    if (Math.max(...close) >= ENOUGH_SCORE) return close;
    const wide = scoresOf(this.#show(crop, WIDEST_VIEW));
    return close.map((score, at) => Math.max(score, wide[at]!));
  }

  #show(crop: TrackCrop, view: View): Shown {
    const { area, motion, format } = crop;
    const [rgb, side] = [this.#rgb, this.#side];
    const shown = viewWithin(motion, area, inPixelsOf(crop, view));
    resample(crop, inPixels(shown, { area, format }), { rgb, side });
    return { rgb, side, placement: placementOf(shown, side), shown, motion };
  }
}

/** .4 of the longer side on each side of it. Measured: docs/design/classes.md. */
const CLOSE_VIEW: View = { sides: 1.8, leastPx: 96 };
/** A close look that gives as much is sure: the wider one would cost and add nothing. */
const ENOUGH_SCORE = SURE;

/** Fewer of a crop's own pixels show too little, also where they are of a larger picture. */
function inPixelsOf(
  { area, format }: Pick<TrackCrop, "area" | "format">,
  view: View,
): View {
  return { ...view, leastPx: view.leastPx * area.w / format.width };
}

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
