/**
 * A choice among what was told: all of it, or what is of one class. Says nothing where
 * nobody tells what things are; which rows are of which class is `told_classes.ts`.
 * @module
 */
import { useState } from "preact/hooks";
import type { ObjectClass } from "../../analysis/dsl/class_line.ts";
import { classWords as words } from "../../messages/classes_en.ts";
import type { ToldEpisode } from "./told.ts";
import { countsOf, rowsOf } from "./told_classes.ts";

export interface KindChoiceProps {
  readonly rows: readonly ToldEpisode[];
  /** The chosen class; undefined: all. */
  readonly kind: ObjectClass | undefined;
  readonly onChoose: (kind: ObjectClass | undefined) => void;
}

/** The chosen class, and the rows of it. */
export function useKind(everyRow: readonly ToldEpisode[]) {
  const [kind, setKind] = useState<ObjectClass>();
  return { kind, setKind, rows: rowsOf(everyRow, kind) } as const;
}

/** A button each for all and for every class that there is, and what is said of none. */
export function KindChoice({ rows, kind, onChoose }: KindChoiceProps) {
  const counts = countsOf(rows, kind);
  if (counts.length === 0) return null;
  const choice = (of: ObjectClass | undefined, text: string) => (
    <button
      type="button"
      aria-pressed={kind === of}
      onClick={() => onChoose(of)}
    >
      {text}
    </button>
  );
  return (
    <>
      <div class="kinds" role="group" aria-label={words.filter}>
        {choice(undefined, words.all)}
        {counts.map(([of, count]) => choice(of, words.kind(of, count)))}
      </div>
      {rows.length > 0 && rowsOf(rows, kind).length === 0 && (
        <p class="words-empty muted">{words.noneOfKind}</p>
      )}
    </>
  );
}
