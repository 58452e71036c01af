/**
 * The tables of `scripts/evaluate classes --smaller N`, as text. Labels nothing.
 * @module
 */
import type { ClassLabel } from "../../classes/label.ts";
import { table } from "./class_report.ts";
import type { TrueClass } from "./class_samples.ts";
import { isChosenOn, type Labelled, SIZE_BOUNDS } from "./class_scores.ts";

/** One sample's label from three kinds of crops. */
export interface FullSizeLabels {
  readonly analysed: Labelled;
  readonly full: Labelled;
  /** As the program does it: full where the crop is small and shows the same. */
  readonly rule: Labelled;
  /** Of each crop, how alike the two are. */
  readonly alike: readonly number[];
}

const KINDS = ["analysed", "full", "rule"] as const;

/** Right labels by clip and by size, wrong ones, and labels of nothing. */
export function formatFullSize(all: readonly FullSizeLabels[]): string {
  const objects = all.filter(({ rule }) => rule.sample.truth !== "nothing");
  const nothing = all.filter(({ rule }) => rule.sample.truth === "nothing");
  const half = (isChosen: boolean) =>
    objects.filter(({ rule }) => isChosenOn(rule.sample) === isChosen);
  const alike = all.flatMap((labels) => labels.alike).sort((a, b) => a - b);
  return [
    table(["right of", "class", "samples", ...KINDS], [
      ...rightRows("all", objects),
      ...rightRows("even tracks", half(true)),
      ...rightRows("odd tracks", half(false)),
      ...grouped(objects, ({ sample }) => `${clipOf(sample.clip)}, ${sample.source}`)
        .flatMap(([name, group]) => rightRows(name, group)),
      ...SIZE_BOUNDS.flatMap((bound, at) =>
        rightRows(
          Number.isFinite(bound) ? `< ${bound} px` : "more",
          objects.filter(({ rule: { sizePx } }) =>
            sizePx < bound && (at === 0 || sizePx >= SIZE_BOUNDS[at - 1]!)
          ),
        )
      ),
    ]),
    table(["wrong", "", "samples", ...KINDS], [
      row(
        ["objects", ""],
        objects,
        ({ sample }, said) => said !== "unknown" && said !== sample.truth,
      ),
      ...grouped(nothing, ({ sample }) => `${sample.source}, ${clipOf(sample.clip)}`)
        .map(([name, group]) => row([name, ""], group, (_, said) => said !== "unknown")),
    ]),
    `likeness of both crops: least ${alike[0]?.toFixed(2)}, ` +
    [0.01, 0.05, 0.5].map((part) =>
      `p${100 * part} ${alike[Math.floor(part * alike.length)]?.toFixed(2)}`
    ).join(", "),
  ].join("\n\n");
}

function rightRows(name: string, group: readonly FullSizeLabels[]): string[][] {
  return (["person", "vehicle", "bike"] as const).flatMap((truth: TrueClass) => {
    const of = group.filter(({ rule }) => rule.sample.truth === truth);
    return of.length === 0 ? [] : [row([name, truth], of, (_, said) => said === truth)];
  });
}

function row(
  names: readonly string[],
  group: readonly FullSizeLabels[],
  counts: (of: Labelled, said: ClassLabel["class"]) => boolean,
): string[] {
  const numbers = KINDS.map((kind) =>
    group.filter((labels) => counts(labels[kind], labels[kind].all.class)).length
  );
  return [...names, ...[group.length, ...numbers].map(String)];
}

function grouped(
  all: readonly FullSizeLabels[],
  nameOf: (labelled: Labelled) => string,
): [string, FullSizeLabels[]][] {
  return [...Map.groupBy(all, ({ rule }) => nameOf(rule))];
}

function clipOf(path: string): string {
  return path.split("/")[1]!.replace(/\.\w+$/, "");
}
