/**
 * The label of a track from the scores of its crops: the mean decides, as one crop alone
 * may be a fluke. What no class is sure enough of is unknown, never a guess.
 * @module
 */
import { KNOWN_CLASSES, type KnownClass, SURE } from "../analysis/dsl/class_line.ts";
import type { NameScores } from "./detector_facts.ts";
import type { DetectorFacts } from "./detector_facts.ts";
import type { ClassLabel } from "./label.ts";

/**
 * Somebody on a bike is both: a bike from so much of the threshold on (.32 of .4), if it
 * is half as likely as a person.
 */
const RIDER_OF_THRESHOLD = 0.8;
const RIDER_PART = 0.5;

/** How scores are read. */
type Reading = Pick<DetectorFacts, "names" | "threshold">;

/** A narrower word has to be so much likelier than the next of its class. */
const DETAIL_MARGIN = 0.3;

/** Means over crops, by class. */
export type ClassMeans = Readonly<Record<KnownClass, number>>;

/** @param crops the scores of each crop of one track, by who `facts` are of */
export function vote(crops: readonly NameScores[], facts: Reading): ClassLabel {
  const count = crops.length;
  if (count === 0) return { class: "unknown", score: 0, crops: 0 };
  const means = classMeans(crops, facts);
  const likeliest = isRider(means, facts) ? "bike" : likeliestOf(means);
  const score = means[likeliest];
  const least = likeliest === "bike" ? riderScore(facts) : facts.threshold;
  if (score < least) return { class: "unknown", score, crops: count };
  const detail = detailOf(likeliest, crops, facts);
  const told = { class: likeliest, score, crops: count };
  return detail === undefined ? told : { ...told, detail };
}

/** Of each class the mean over the crops of its best name in each. */
export function classMeans(crops: readonly NameScores[], facts: Reading): ClassMeans {
  const of = (known: KnownClass) =>
    crops.length === 0
      ? 0
      : mean(crops.map((scores) => classScore(scores, known, facts)));
  return {
    person: of("person"),
    vehicle: of("vehicle"),
    bike: of("bike"),
    animal: of("animal"),
  };
}

/** Whether a person is seen, and enough of a bike with them. */
export function isRider(means: ClassMeans, facts: Reading): boolean {
  return likeliestOf(means) === "person" && means.bike >= riderScore(facts) &&
    means.bike > RIDER_PART * means.person;
}

/** In thousandths, as scores are. */
function riderScore({ threshold }: Reading): number {
  return Math.round(1_000 * RIDER_OF_THRESHOLD * threshold) / 1_000;
}

function likeliestOf(means: ClassMeans): KnownClass {
  return KNOWN_CLASSES.reduce((best, known) => means[known] > means[best] ? known : best);
}

/** The narrower word, where it has more to say than the class has and no rival. */
function detailOf(
  known: KnownClass,
  crops: readonly NameScores[],
  { names }: Reading,
): string | undefined {
  const [best, next] = names
    .map((its, at) => ({ its, score: mean(crops.map((scores) => scores[at]!)) }))
    .filter(({ its }) => its.class === known)
    .sort((a, b) => b.score - a.score);
  if (best === undefined || best.its.name === known) return undefined;
  const isClear = best.score - (next?.score ?? 0) >= DETAIL_MARGIN;
  const isTold = isClear && best.score >= SURE && best.its.isTold !== false;
  return isTold ? best.its.name : undefined;
}

/** The best of a class's names. */
function classScore(
  scores: NameScores,
  known: KnownClass,
  { names }: Reading,
): number {
  return names.reduce(
    (best, { class: its }, at) => its === known ? Math.max(best, scores[at]!) : best,
    0,
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
