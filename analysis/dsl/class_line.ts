/**
 * What a moving thing is, as a small detector says: the words of the `CLASS` line. How it
 * is found out is `classes/`.
 * @module
 */

/** What can be told apart. */
export const KNOWN_CLASSES = ["person", "vehicle", "bike", "animal"] as const;
export type KnownClass = (typeof KNOWN_CLASSES)[number];

export const OBJECT_CLASSES = [...KNOWN_CLASSES, "unknown"] as const;
export type ObjectClass = (typeof OBJECT_CLASSES)[number];

/** Why nothing could be said, where it is not the pictures' fault. */
export const CLASS_REASONS = [
  "no_crop",
  "no_model",
  "failed",
  "late",
  "full",
  "spared",
  "still",
] as const;
export type ClassReason = (typeof CLASS_REASONS)[number];

/** From this score on a class is said at all. Source: docs/design/classes.md. */
export const PROBABLE = 0.4;
/** And from this one on without "probably". */
export const SURE = 0.6;

/** One judgement of one track; a later one replaces it. */
export interface ClassLine {
  readonly blob: number;
  readonly class: ObjectClass;
  /** 0..1, 2 decimals; of `unknown`: the best that any class reached. */
  readonly score: number;
  /** How many pictures of it were looked at; absent in lines of the original. */
  readonly crops?: number;
  /** Which vehicle, bike or animal, where that is sure enough by itself: `truck`, `dog`. */
  readonly detail?: string;
  /** Only of `unknown`. */
  readonly why?: ClassReason;
}

/** What is known of a track, as its episodes carry it. */
export interface Classified {
  readonly state: Exclude<ClassState, "off">;
  /** All absent while it is `waiting`. */
  readonly class?: ObjectClass;
  readonly score?: number;
  readonly detail?: string;
  /** Of `unknown`, as in its line. */
  readonly why?: ClassReason;
}

export const CLASS_STATES = ["off", "waiting", "sure", "probable", "unknown"] as const;
/** How much is known of what a track is; `off`: nobody looks. */
export type ClassState = (typeof CLASS_STATES)[number];

/** Of a track that nobody looked at yet, `waiting`. */
export function classifiedBy(line: ClassLine | undefined): Classified {
  if (line === undefined) return { state: "waiting" };
  const { class: word, score, detail, why } = line;
  return {
    ...{ state: stateOf(line), class: word, score },
    ...(detail === undefined ? {} : { detail }),
    ...(why === undefined ? {} : { why }),
  };
}

function stateOf({ class: word, score }: ClassLine): Classified["state"] {
  if (word === "unknown") return "unknown";
  return score >= SURE ? "sure" : "probable";
}
