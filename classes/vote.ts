/**
 * The label of a track from the scores of its crops: the mean decides, as one crop alone
 * may be a fluke. What no class is sure enough of is unknown, never a guess.
 * @module
 */
import {
  KNOWN_CLASSES,
  type KnownClass,
  PROBABLE,
  SURE,
} from "../analysis/dsl/class_line.ts";
import type { NameScores } from "./decode.ts";
import { CLASS_OF_NAME, DETECTOR_NAMES, type DetectorName } from "./detector_names.ts";
import type { ClassLabel } from "./label.ts";

/** Somebody on a bike is both: a bike from here on, if it is half as likely as a person. */
const RIDER_SCORE = 0.32;
const RIDER_PART = 0.5;

/** @param crops the scores of each crop of one track */
export function vote(crops: readonly NameScores[]): ClassLabel {
  const count = crops.length;
  if (count === 0) return { class: "unknown", score: 0, crops: 0 };
  const { likeliest, score } = likeliestOf(crops);
  const least = likeliest === "bike" ? RIDER_SCORE : PROBABLE;
  if (score < least) return { class: "unknown", score, crops: count };
  const detail = detailOf(likeliest, crops);
  const told = { class: likeliest, score, crops: count };
  return detail === undefined ? told : { ...told, detail };
}

function likeliestOf(
  crops: readonly NameScores[],
): { likeliest: KnownClass; score: number } {
  const means = new Map(KNOWN_CLASSES.map((known) => [
    known,
    mean(crops.map((scores) => classScore(scores, known))),
  ]));
  const of = (known: KnownClass) => means.get(known)!;
  const likeliest = KNOWN_CLASSES.reduce((best, known) =>
    of(known) > of(best) ? known : best
  );
  const isRider = likeliest === "person" && of("bike") >= RIDER_SCORE &&
    of("bike") > RIDER_PART * of("person");

  if (isRider) return { likeliest: "bike", score: of("bike") };
  return { likeliest, score: of(likeliest) };
}

/** The narrower word, where it has more to say than the class has. */
function detailOf(
  known: KnownClass,
  crops: readonly NameScores[],
): DetectorName | undefined {
  const means = DETECTOR_NAMES.map((name, at) => ({
    name,
    score: CLASS_OF_NAME[name] === known ? mean(crops.map((scores) => scores[at]!)) : 0,
  }));
  const best = means.reduce((a, b) => b.score > a.score ? b : a);
  return best.score >= SURE && best.name !== known ? best.name : undefined;
}

/** The best of a class's names. */
function classScore(scores: NameScores, known: KnownClass): number {
  return DETECTOR_NAMES.reduce(
    (best, name, at) =>
      CLASS_OF_NAME[name] === known ? Math.max(best, scores[at]!) : best,
    0,
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
