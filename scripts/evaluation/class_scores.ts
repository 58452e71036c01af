/**
 * Counts how labels agree with what is true: precision and recall by class, confusion,
 * and labels of nothing. Counts only; tables are `class_report.ts`.
 * @module
 */
import type { ObjectClass } from "../../analysis/dsl/class_line.ts";
import type { ClassLabel } from "../../classes/label.ts";
import type { Sample, TrueClass } from "./class_samples.ts";

/** A sample, and what was said of it. */
export interface Labelled {
  readonly sample: Sample;
  /** Longer side of the largest box that was looked at, pixels. */
  readonly sizePx: number;
  /** After the first crop, and after all of them. */
  readonly first: ClassLabel;
  readonly all: ClassLabel;
}

export interface ClassScore {
  readonly truth: TrueClass;
  readonly right: number;
  readonly unknown: number;
  /** Taken for another class. */
  readonly wrong: number;
  /** Of another class, or of nothing that moved, and taken for this one. */
  readonly invented: number;
  /** 0 … 1; NaN where there is nothing to divide by. */
  readonly precision: number;
  readonly recall: number;
}

export type Pick = (labelled: Labelled) => ClassLabel;

/** @param labelled of objects: background and false motion are counted apart */
export function classScore(
  labelled: readonly Labelled[],
  truth: TrueClass,
  pick: Pick,
): ClassScore {
  const of = labelled.filter(({ sample }) => sample.truth === truth);
  const said = of.map((one) => pick(one).class);
  const right = said.filter((label) => label === truth).length;
  const unknown = said.filter((label) => label === "unknown").length;
  const invented =
    labelled.filter((one) => one.sample.truth !== truth && pick(one).class === truth)
      .length;
  return {
    ...{ truth, right, unknown, wrong: of.length - right - unknown, invented },
    precision: right / (right + invented),
    recall: right / of.length,
  };
}

/** How many of nothing got a label, of how many. */
export function falseLabels(
  labelled: readonly Labelled[],
  pick: Pick,
): readonly [labels: number, of: number] {
  const nothing = labelled.filter(({ sample }) => sample.truth === "nothing");
  return [
    nothing.filter((one) => pick(one).class !== "unknown").length,
    nothing.length,
  ];
}

/** Counts by what is true and by what was said. */
export function confusion(
  labelled: readonly Labelled[],
  pick: Pick,
): ReadonlyMap<TrueClass, ReadonlyMap<ObjectClass, number>> {
  const table = new Map<TrueClass, Map<ObjectClass, number>>();
  for (const one of labelled) {
    const row = table.get(one.sample.truth) ?? new Map<ObjectClass, number>();
    const said = pick(one).class;
    table.set(one.sample.truth, row.set(said, (row.get(said) ?? 0) + 1));
  }
  return table;
}

/** Upper bounds of the longer side, pixels; the last has none. */
export const SIZE_BOUNDS = [24, 32, 48, 64, 96, Infinity] as const;

/** Samples by the first bound that their size is below. */
export function bySize(
  labelled: readonly Labelled[],
): ReadonlyMap<number, readonly Labelled[]> {
  return new Map(SIZE_BOUNDS.map((bound, at) => [
    bound,
    labelled.filter(({ sizePx }) =>
      sizePx < bound && (at === 0 || sizePx >= SIZE_BOUNDS[at - 1]!)
    ),
  ]));
}

/**
 * The half of the tracks on which rules were chosen (even ids), or the other one. Pieces
 * of one track are in one half.
 */
export function isChosenOn({ id }: Sample): boolean {
  return Number.parseInt(id.replace(/^\D+/, ""), 10) % 2 === 0;
}
