/**
 * When the second detector is asked as well, and what both say together. Each is weak in
 * another way: the first knows lorries and is slow to say anything, the second sees cars
 * from above and small ones, and says a little of everything. Pure; asks nobody.
 * @module
 */
import type { Box } from "./crop_area.ts";
import type { NameScores } from "./detector_facts.ts";
import { BUILT_IN, SECOND } from "./detector_facts.ts";
import type { ClassLabel } from "./label.ts";
import { classMeans, isRider, vote } from "./vote.ts";

/**
 * What the second says is a label from this mean of both on: what the first gives no
 * credit at all, the second has to be sure of. Table: docs/design/classes.md.
 */
const BOTH_LEAST = 0.25;
/** What only the second sees is never sure: `SURE` of the `CLASS` line is .6. */
const SCORE_MOST = 0.59;
/**
 * A person is asked about too when wider than this part of the height: nobody on foot
 * was (.6 at most, 123 samples), somebody on a bike is (.85).
 */
const WIDE = 0.7;

/**
 * @param label what the first detector says
 * @param motions the motion boxes of the crops that it looked at
 */
export function isSecondWanted(label: ClassLabel, motions: readonly Box[]): boolean {
  if (motions.length === 0) return false;
  if (label.class === "unknown") return true;
  const widths = motions.reduce((sum, { w, h }) => sum + w / h, 0) / motions.length;
  return label.class === "person" && widths > WIDE;
}

/**
 * The label of a track from the scores of both detectors: what the first knows stands,
 * but for a rider whom the second sees; where it knows nothing, what the second says by
 * the same rules, if the mean of both is enough. The score is then the second's.
 * @param first by `BUILT_IN`
 * @param second of the same crops, by `SECOND`
 */
export function voteOfBoth(
  first: readonly NameScores[],
  second: readonly NameScores[],
): ClassLabel {
  const alone = vote(first, BUILT_IN);
  const [said, also] = [classMeans(first, BUILT_IN), classMeans(second, SECOND)];
  const other = vote(second, SECOND).class;
  if (other === "unknown") return alone;
  const isHeard = alone.class === "unknown"
    ? (said[other] + also[other]) / 2 >= BOTH_LEAST
    : isRider(also, SECOND);
  if (!isHeard) return alone;
  return { class: other, score: Math.min(also[other], SCORE_MOST), crops: alone.crops };
}
