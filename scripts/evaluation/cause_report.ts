/**
 * Scores of causes as tables: how each is told, and what was said instead. Pure.
 * @module
 */
import type { EffectKind } from "../../capture/scene/effects.ts";
import type { BaseWindow } from "./cause_bases.ts";
import type { SceneScore } from "./cause_scores.ts";

/** One scene and its score. */
export interface CauseReport extends SceneScore {
  /** Undefined: no effect, and nothing may be said. */
  readonly kind: EffectKind | undefined;
  readonly seed: number;
  readonly window: BaseWindow;
}

/** The goals: parts of the scenes, of the scenes, of the things. */
export const GOALS = { right: 0.9, quiet: 0.95, found: 0.95 } as const;

export function truthOf({ kind }: CauseReport): string {
  return kind?.truth ?? "clean";
}

/** The figures of some scenes together, parts of 1. */
export interface CauseFigures {
  readonly scenes: number;
  readonly right: number;
  readonly said: number;
  /** Scenes without a report that the effect brought about. */
  readonly quiet: number;
  /** Scenes without any report that matches nothing real, the base's own included. */
  readonly quietAtAll: number;
  /** Of the things found without the effect, those found with it. */
  readonly found: number;
  readonly foundWith: number;
  readonly foundWithout: number;
  readonly objects: number;
}

export function figuresOf(reports: readonly CauseReport[]): CauseFigures {
  const sum = (of: (report: CauseReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const part = (is: (report: CauseReport) => boolean) =>
    sum((report) => is(report) ? 1 : 0) / Math.max(1, reports.length);
  const foundWithout = sum((report) => report.foundWithout);
  return {
    scenes: reports.length,
    right: part(({ right }) => right),
    said: part(({ said }) => said),
    quiet: part(({ falseByEffect }) => falseByEffect === 0),
    quietAtAll: part(({ falseAtAll }) => falseAtAll === 0),
    found: foundWithout === 0 ? 1 : sum((report) => report.foundStill) / foundWithout,
    foundWith: sum((report) => report.foundWith),
    foundWithout,
    objects: sum((report) => report.objects),
  };
}

/** Two tables in Markdown: the figures, and rows of truth against columns of names. */
export function formatCauses(reports: readonly CauseReport[]): string {
  const truths = [...new Set(reports.map(truthOf))];
  const rows = [...truths, "all"].map((truth) => {
    const ours = reports.filter((one) =>
      truth === "all" ? truthOf(one) !== "clean" : truthOf(one) === truth
    );
    return [truth, ...cellsOf(figuresOf(ours))];
  });
  const head = ["truth", "scenes", "named right", "said", "no false episode"];
  const more = ["… nor the base's", "objects found still", "found with/without/all"];
  return [
    table([[...head, ...more], ...rows]),
    "",
    table(matrixOf(reports, truths)),
  ].join("\n");
}

function cellsOf(figures: CauseFigures): string[] {
  const percent = (part: number) => `${(100 * part).toFixed(0)} %`;
  const { right, quiet, found } = figures;
  return [
    String(figures.scenes),
    `${percent(right)}${right < GOALS.right ? "" : " ok"}`,
    percent(figures.said),
    `${percent(quiet)}${quiet < GOALS.quiet ? "" : " ok"}`,
    percent(figures.quietAtAll),
    `${percent(found)}${found < GOALS.found ? "" : " ok"}`,
    `${figures.foundWith}/${figures.foundWithout}/${figures.objects}`,
  ];
}

function matrixOf(
  reports: readonly CauseReport[],
  truths: readonly string[],
): string[][] {
  const columns = [
    ...new Set([...truths, ...reports.map(({ named }) => named)]),
  ].filter((name) => name !== "clean" && name !== "none");
  const names = [...columns, "none"];
  return [
    ["truth \\ named", ...names],
    ...truths.map((truth) => [
      truth,
      ...names.map((name) => {
        const count = reports.filter((one) =>
          truthOf(one) === truth && one.named === name
        ).length;
        return count === 0 ? "" : String(count);
      }),
    ]),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...rest] = rows;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(head!), rule, ...rest.map(line)].join("\n");
}

/** One scene in a line or more, for those who tune. */
export function formatScene(report: CauseReport): string {
  const { right, falseByEffect, falseAtAll, foundStill, foundWithout, objects } = report;
  const marks = [
    right ? "named" : report.said ? "OUTWEIGHED" : "NOT NAMED",
    falseByEffect === 0 ? "quiet" : `FALSE x${falseByEffect}`,
    foundStill === foundWithout ? "found" : "LOST",
  ];
  const counts =
    `${foundStill}/${foundWithout} of ${objects}, false at all ${falseAtAll}`;
  const head = `${truthOf(report)} seed ${report.seed} over ${report.window.name}: ` +
    `${marks.join(", ")} (top ${report.named}; ${counts})`;
  return [head, ...report.words.map((words) => `    ${words}`)].join("\n");
}
