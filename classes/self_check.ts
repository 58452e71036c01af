/**
 * Shows the known picture to all detectors of a classifier before anything that they say
 * is believed. Decides nothing about what is done with one that fails.
 * @module
 */
import type { ObjectClass } from "../analysis/dsl/class_line.ts";
import type { Classifier, ClassifyFailure } from "./classifier.ts";
import type { TrackCrop } from "./track_crop.ts";
import type { DetectorFacts } from "./detector_facts.ts";
import { KNOWN_LABEL, knownPicture } from "./known_picture.ts";
import type { ClassLabel } from "./label.ts";

/** A picture, and what has to be said of it. */
export interface KnownPicture {
  readonly crop: TrackCrop;
  readonly class: ObjectClass;
  readonly scoreMin: number;
}

export type SelfTest =
  | {
    readonly kind: "passed";
    readonly by: Pick<DetectorFacts, "model" | "runtime">;
    readonly label: ClassLabel;
    readonly loadMs: number;
    readonly cropMs: number;
  }
  /** It runs, and does not see what is there. */
  | { readonly kind: "wrong"; readonly label: ClassLabel; readonly words: string }
  | {
    readonly kind: "failed";
    readonly reason: ClassifyFailure;
    readonly words: string;
  };

/** Twice, as the first time is slower: code is compiled and weights are laid out. */
const TIMES = 2;

/**
 * Has a classifier look at a picture that it has to know. Times are milliseconds. Throws
 * nothing: a failure is a result.
 */
export async function testClassifier(
  classifier: Pick<Classifier, "classify">,
  more: { readonly signal?: AbortSignal; readonly known?: KnownPicture } = {},
): Promise<SelfTest> {
  const { known = { crop: knownPicture(), ...KNOWN_LABEL } } = more;
  const crops = new Array<TrackCrop>(TIMES).fill(known.crop);
  const jobs = [{ track: 0, crops, isThorough: true }];
  const labels: ClassLabel[] = [];
  const outcome = await classifier.classify(
    jobs,
    ({ label }) => void labels.push(label),
    more,
  );
  if (outcome.kind === "failed") return outcome;
  for (const label of labels) {
    const wrong = wrongWords(label, known);
    if (wrong === undefined) continue;
    return { kind: "wrong", label, words: `Cannot use the detector: ${wrong}` };
  }
  return { kind: "passed", label: labels[0]!, by: outcome.by, ...outcome.cost };
}

/** "it says unknown (0.10) of …"; undefined when the label is right, and sure enough. */
export function wrongWords(
  label: ClassLabel,
  known: Omit<KnownPicture, "crop">,
): string | undefined {
  if (label.class === known.class && label.score >= known.scoreMin) return undefined;
  const said = `${label.class} (${label.score.toFixed(2)})`;
  const wanted = `${known.class} (at least ${known.scoreMin})`;
  return `it says ${said} of a picture of ${wanted}`;
}
