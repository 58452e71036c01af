/**
 * Shows the known picture to a classifier before anything that it says is believed.
 * Decides nothing about what is done with one that fails.
 * @module
 */
import type { Classifier, ClassifyFailure } from "./classifier.ts";
import { KNOWN_LABEL, knownPicture } from "./known_picture.ts";
import type { ClassLabel } from "./label.ts";

export type SelfTest =
  | {
    readonly kind: "passed";
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

export async function testClassifier(
  classifier: Pick<Classifier, "classify">,
  more: { readonly signal?: AbortSignal } = {},
): Promise<SelfTest> {
  const picture = knownPicture();
  const jobs = [{ track: 0, crops: new Array(TIMES).fill(picture) }];
  const labels: ClassLabel[] = [];
  const outcome = await classifier.classify(
    jobs,
    ({ label }) => void labels.push(label),
    more,
  );
  if (outcome.kind === "failed") return outcome;
  const label = labels.at(-1)!;
  if (label.class === KNOWN_LABEL.class && label.score >= KNOWN_LABEL.scoreMin) {
    return { kind: "passed", label, ...outcome.cost };
  }
  const said = `${label.class} (${label.score.toFixed(2)})`;
  const wanted = `${KNOWN_LABEL.class} (at least ${KNOWN_LABEL.scoreMin})`;
  const words = `Cannot use the detector: it says ${said} of a picture of ${wanted}`;
  return { kind: "wrong", label, words };
}
