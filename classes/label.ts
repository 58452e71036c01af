/**
 * What the detector makes of one track. The words are those of the `CLASS` line.
 * Says nothing of how it was found out: `vote.ts`.
 * @module
 */
import type { ObjectClass } from "../analysis/dsl/class_line.ts";

/** What the crops of one track that were looked at say together. */
export interface ClassLabel {
  readonly class: ObjectClass;
  /** 0 … 1, mean over the crops; of what is unknown, that of the likeliest class. */
  readonly score: number;
  /** Crops that were looked at. */
  readonly crops: number;
  /** A narrower word, "truck" of a vehicle, where the crops agree on it too. */
  readonly detail?: string;
}

/** The detectors that gave a label, for headers and old labels: names and rules. */
export const MODEL_NAME = "ssdlite-mobilenet-v2-coco+ssd-mobilenet-v2-oid/2";
