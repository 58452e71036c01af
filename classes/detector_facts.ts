/**
 * What a detector says of itself before it looks at anything, so that its scores can be
 * read. Its scores are `decode.ts`', what they come to is `vote.ts`.
 * @module
 */
import { type KnownClass, PROBABLE } from "../analysis/dsl/class_line.ts";
import { CLASS_OF_NAME, DETECTOR_NAMES } from "./detector_names.ts";
import { MODEL_NAME } from "./label.ts";

/** One of the detector's own words, and the class that it belongs to. */
export interface NamedClass {
  readonly name: string;
  readonly class: KnownClass;
  /** False for a word that proved wrong where it was said: the class alone is told. */
  readonly isTold?: false;
}

export interface DetectorFacts {
  /** For headers and old labels: name and version. */
  readonly model: string;
  /** What computes it, for people. */
  readonly runtime: string;
  /** In the order of its scores. */
  readonly names: readonly NamedClass[];
  /** A mean over the crops from here on is a label. */
  readonly threshold: number;
  /** Whether it can be asked for a second opinion: that of `SECOND`. */
  readonly hasSecond?: true;
}

const RUNTIME = "XNNPACK in WebAssembly";

/** Of the detector that the program brings along. */
export const BUILT_IN: DetectorFacts = {
  model: MODEL_NAME,
  runtime: RUNTIME,
  names: DETECTOR_NAMES.map((name) => ({
    ...{ name, class: CLASS_OF_NAME[name] },
    // Both "buses" of the footage were none, and sure: a car from above, and a van.
    ...(name === "bus" ? { isTold: false } as const : {}),
  })),
  threshold: PROBABLE,
  hasSecond: true,
};

/** Of the other one, whose opinion is asked where that says unknown. */
export const SECOND: DetectorFacts = {
  model: MODEL_NAME,
  runtime: RUNTIME,
  names: [
    { name: "person", class: "person" },
    { name: "bicycle", class: "bike" },
    { name: "car", class: "vehicle" },
    { name: "vehicle", class: "vehicle" },
    { name: "cat", class: "animal" },
    { name: "dog", class: "animal" },
    { name: "cow", class: "animal" },
  ],
  threshold: PROBABLE,
};

/** Of a detector's names, in their order: the best score that agrees, 0 for none. */
export type NameScores = readonly number[];
