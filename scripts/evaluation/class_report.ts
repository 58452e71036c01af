/**
 * The tables of `scripts/evaluate classes`, as text. Counts nothing itself.
 * @module
 */
import { OBJECT_CLASSES } from "../../analysis/dsl/class_line.ts";
import type { ClassLabel } from "../../classes/label.ts";
import type { TrueClass } from "./class_samples.ts";
import {
  bySize,
  type ClassScore,
  classScore,
  confusion,
  falseLabels,
  isChosenOn,
  type Labelled,
  type Pick,
} from "./class_scores.ts";

/** What the footage holds enough of to be judged. */
const MEASURED: readonly TrueClass[] = ["person", "vehicle"];

export const NOT_MEASURED = [
  "Not measured: animals (no footage), bicycles and motorcycles (one blurred cyclist),",
  "lorries and buses apart from cars, real infrared cameras, rain and fog at night,",
  "children, wheelchairs, pushchairs. Crops of full size: --smaller 3.",
].join("\n");

/** @param night the same samples as a poor infrared camera shows them; may be empty */
export function formatClasses(
  day: readonly Labelled[],
  night: readonly Labelled[],
): string {
  const objects = day.filter(isObject);
  const half = (chosen: boolean) =>
    objects.filter(({ sample }) => isChosenOn(sample) === chosen);
  const rows = [
    ...scoreRows("one crop", objects, first),
    ...scoreRows("three crops", objects, all),
    ...scoreRows("three, rules chosen on these", half(true), all),
    ...scoreRows("three, the other half", half(false), all),
    ...scoreRows("three, annotated boxes", objects.filter(isFrom("annotated")), all),
    ...scoreRows("three, our own tracks", objects.filter(isFrom("tracked")), all),
    ...scoreRows("three, infrared (simulated)", night.filter(isObject), all),
  ];
  return [
    table(["", "class", "right", "unknown", "wrong", "precision", "recall"], rows),
    table(["by clip", "source", "right", "unknown", "wrong"], clipRows(objects)),
    table(["by longer side", ...MEASURED], sizeRows(objects)),
    table(["true \\ said", ...OBJECT_CLASSES], confusionRows(day)),
    table(["labels of nothing", "one crop", "all crops"], nothingRows(day)),
    NOT_MEASURED,
  ].join("\n\n");
}

function isObject({ sample }: Labelled): boolean {
  return sample.truth !== "nothing";
}

function isFrom(source: Labelled["sample"]["source"]) {
  return ({ sample }: Labelled) => sample.source === source;
}

function scoreRows(name: string, labelled: readonly Labelled[], pick: Pick): string[][] {
  if (labelled.length === 0) return [];
  return MEASURED.map((truth) => {
    const score = classScore(labelled, truth, pick);
    const { right, unknown, wrong, precision, recall } = score;
    const counts = [right, unknown, wrong].map(String);
    return [name, truth, ...counts, precisionWords(score, precision), inPart(recall)];
  });
}

function precisionWords({ right, invented }: ClassScore, precision: number): string {
  return `${inPart(precision)} (${right}/${right + invented})`;
}

function clipRows(objects: readonly Labelled[]): string[][] {
  const groups = Map.groupBy(
    objects,
    ({ sample }) => `${sample.clip.split("/")[1]!}\t${sample.source}\t${sample.truth}`,
  );
  return [...groups].map(([name, group]) => {
    const [clip, source, truth] = name.split("\t") as [string, string, TrueClass];
    const { right, unknown, wrong } = classScore(group, truth, all);
    return [clip, `${source} ${truth}`, ...[right, unknown, wrong].map(String)];
  });
}

function sizeRows(objects: readonly Labelled[]): string[][] {
  return [...bySize(objects)].map(([bound, group]) => [
    Number.isFinite(bound) ? `< ${bound} px` : "more",
    ...MEASURED.map((truth) => {
      const { right, unknown, wrong } = classScore(group, truth, all);
      return `${right}/${right + unknown + wrong}`;
    }),
  ]);
}

function confusionRows(labelled: readonly Labelled[]): string[][] {
  return [...confusion(labelled, all)].map(([truth, row]) => [
    truth,
    ...OBJECT_CLASSES.map((said) => String(row.get(said) ?? 0)),
  ]);
}

function nothingRows(labelled: readonly Labelled[]): string[][] {
  const of = (group: readonly Labelled[], pick: Pick) =>
    falseLabels(group, pick).join("/");
  const groups = Map.groupBy(
    labelled.filter((one) => !isObject(one)),
    ({ sample }) => `${sample.source}, ${sample.clip.split("/")[1]}`,
  );
  return [...groups].map(([name, group]) => [name, of(group, first), of(group, all)]);
}

function inPart(part: number): string {
  return Number.isNaN(part) ? "-" : part.toFixed(3);
}

/** Rows of text, each column as wide as its widest cell. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines.map((line) =>
    line.map((cell, at) => cell.padEnd(widths[at]!)).join("  ").trimEnd()
  ).join("\n");
}

function all(labelled: Labelled): ClassLabel {
  return labelled.all;
}

function first(labelled: Labelled): ClassLabel {
  return labelled.first;
}
