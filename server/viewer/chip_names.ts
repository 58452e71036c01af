/**
 * What stands on a box beside its number: the name of what it is, where that is known.
 * Pure and bounded; the words are `messages/classes_en.ts`.
 * @module
 */
import {
  type Classified,
  classifiedBy,
  type ClassLine,
} from "../../analysis/dsl/class_line.ts";
import { classWords } from "../../messages/classes_en.ts";

/** By track; what nobody can tell has none. */
export type ChipNames = ReadonlyMap<number, string>;

export const NO_NAMES: ChipNames = new Map();

/** More than are ever in one picture; one more forgets the one that was named first. */
const NAMES_MAX = 512;

/** With what was said of tracks since; what is unknown now loses its name. */
export function learnNames(
  was: ChipNames,
  lines: readonly ClassLine[] | undefined,
): ChipNames {
  return lines === undefined
    ? was
    : named(was, lines.map((line) => [line.blob, classifiedBy(line)]));
}

/** With what sentences know of tracks that have no name yet, the oldest first. */
export function recallNames(
  was: ChipNames,
  narrations: readonly {
    readonly track: number;
    readonly classified?: Classified;
  }[],
): ChipNames {
  const known = narrations.flatMap(({ track, classified }) =>
    classified ? [[track, classified] as const] : []
  );
  return new Map([...named(NO_NAMES, known), ...was]);
}

function named(
  was: ChipNames,
  known: readonly (readonly [track: number, classified: Classified])[],
): ChipNames {
  const names = new Map(was);
  for (const [track, classified] of known) {
    names.delete(track);
    const name = classWords.chip(classified);
    if (name !== undefined) names.set(track, name);
  }
  return new Map([...names].slice(-NAMES_MAX));
}
