/**
 * The label of a track from the scores of its crops: the mean decides, as one crop alone
 * may be a fluke. What no class is sure enough of is unknown, never a guess.
 * @module
 */
import { KNOWN_CLASSES, type KnownClass, SURE } from "../analysis/dsl/class_line.ts";
import type { NameScores } from "./decode.ts";
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

/** @param crops the scores of each crop of one track, by who `facts` are of */
export function vote(crops: readonly NameScores[], facts: Reading): ClassLabel {
  const count = crops.length;
  if (count === 0) return { class: "unknown", score: 0, crops: 0 };
  const { likeliest, score } = likeliestOf(crops, facts);
  const least = likeliest === "bike" ? riderScore(facts) : facts.threshold;
  if (score < least) return { class: "unknown", score, crops: count };
  const detail = detailOf(likeliest, crops, facts);
  const told = { class: likeliest, score, crops: count };
  return detail === undefined ? told : { ...told, detail };
}

/** In thousandths, as scores are. */
function riderScore({ threshold }: Reading): number {
  return Math.round(1_000 * RIDER_OF_THRESHOLD * threshold) / 1_000;
}

function likeliestOf(
  crops: readonly NameScores[],
  facts: Reading,
): { likeliest: KnownClass; score: number } {
  const means = new Map(KNOWN_CLASSES.map((known) => [
    known,
    mean(crops.map((scores) => classScore(scores, known, facts))),
  ]));
  const of = (known: KnownClass) => means.get(known)!;
  const likeliest = KNOWN_CLASSES.reduce((best, known) =>
    of(known) > of(best) ? known : best
  );
  const isRider = likeliest === "person" && of("bike") >= riderScore(facts) &&
    of("bike") > RIDER_PART * of("person");

  if (isRider) return { likeliest: "bike", score: of("bike") };
  return { likeliest, score: of(likeliest) };
}

/** The narrower word, where it has more to say than the class has. */
function detailOf(
  known: KnownClass,
  crops: readonly NameScores[],
  { names }: Reading,
): string | undefined {
  const means = names.map(({ name, class: its }, at) => ({
    name,
    score: its === known ? mean(crops.map((scores) => scores[at]!)) : 0,
  }));
  const best = means.reduce((a, b) => b.score > a.score ? b : a);
  return best.score >= SURE && best.name !== known ? best.name : undefined;
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
