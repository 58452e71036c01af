/**
 * What a moving thing is, as a small detector says: the words of the `CLASS` line. How it
 * is found out is `classes/`.
 * @module
 */

export const OBJECT_CLASSES = ["person", "vehicle", "bike", "animal", "unknown"] as const;
export type ObjectClass = (typeof OBJECT_CLASSES)[number];

/** Why nothing could be said, where it is not the pictures' fault. */
export const CLASS_REASONS = ["no_crop", "no_model", "failed", "late", "full"] as const;
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

export const CLASS_STATES = ["off", "waiting", "sure", "probable", "unknown"] as const;
/** How much is known of what a track is; `off`: nobody looks. */
export type ClassState = (typeof CLASS_STATES)[number];

/** How sure a judgement is; of a track that nobody looked at yet, `waiting`. */
export function classStateOf(line: ClassLine | undefined): ClassState {
  if (line === undefined) return "waiting";
  if (line.class === "unknown") return "unknown";
  return line.score >= SURE ? "sure" : "probable";
}
