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
}

/** Of the detector that the program brings along. */
export const BUILT_IN: DetectorFacts = {
  model: MODEL_NAME,
  runtime: "XNNPACK in WebAssembly",
  names: DETECTOR_NAMES.map((name) => ({ name, class: CLASS_OF_NAME[name] })),
  threshold: PROBABLE,
};
