/**
 * What a track was taken for: the words that everything else in the house uses for it.
 * Says nothing of how it was found out: `vote.ts`.
 * @module
 */

/** What can be told apart. Which of the detector's names each holds: `vote.ts`. */
export const OBJECT_CLASSES = ["person", "vehicle", "bike", "animal"] as const;
export type KnownClass = (typeof OBJECT_CLASSES)[number];
export type ObjectClass = KnownClass | "unknown";

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

/** A label of at least this is `sure`; below, it is "probably a …". */
export const SURE_SCORE = 0.6;

export function isSure(label: ClassLabel): boolean {
  return label.class !== "unknown" && label.score >= SURE_SCORE;
}

/** The detector that gave a label, for headers and old labels: name and packing. */
export const MODEL_NAME = "ssdlite-mobilenet-v2-coco";
