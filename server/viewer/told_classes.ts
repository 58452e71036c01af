/**
 * Which rows are of which class: for choosing among them. Pure.
 * @module
 */
import { OBJECT_CLASSES, type ObjectClass } from "../../analysis/dsl/class_line.ts";
import type { ToldEpisode } from "./told.ts";

/**
 * How many rows there are of each class; classes without any are left out.
 * @param chosen stands there without any too, so that the choice can be taken back
 */
export function countsOf(
  rows: readonly ToldEpisode[],
  chosen?: ObjectClass,
): readonly (readonly [ObjectClass, number])[] {
  return OBJECT_CLASSES.flatMap((kind) => {
    const count = rowsOf(rows, kind).length;
    return count === 0 && kind !== chosen ? [] : [[kind, count] as const];
  });
}

/** The rows of a class; all of them without one. What was not looked at is of none. */
export function rowsOf(
  rows: readonly ToldEpisode[],
  kind: ObjectClass | undefined,
): readonly ToldEpisode[] {
  if (kind === undefined) return rows;
  return rows.filter(({ classified }) => classified?.class === kind);
}
