/**
 * What became of each clip, as a table in Markdown and as an exit code. Pure.
 * @module
 */
import { reaches } from "./reference.ts";

/** One line of the table. `words` stands for `value` where a number says too little. */
export interface Figure {
  readonly clip: string;
  readonly figure: string;
  readonly value: number;
  readonly words?: string;
  readonly original?: number;
  readonly method?: number;
  readonly goal?: number;
  readonly floor?: number;
  readonly better: "higher" | "lower";
}

/** What became of a clip: scored, not there, or not analysed. */
export type ClipReport =
  | {
    readonly kind: "scored";
    readonly clip: string;
    readonly seconds: number;
    readonly figures: readonly Figure[];
  }
  | { readonly kind: "missing"; readonly clip: string }
  | { readonly kind: "failed"; readonly clip: string; readonly words: string };

const HEAD = ["clip", "figure", "ours", "goal", "reached", "original", "method"];

export function formatTable(reports: readonly ClipReport[]): string {
  const rows = reports.flatMap((report) => {
    if (report.kind !== "scored") return [];
    return report.figures.map((figure, index) => [
      index === 0 ? report.clip.replace(/^.*\//, "") : "",
      ...cellsOf(figure),
    ]);
  });
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]!.length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [
    line(HEAD),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
    "",
    ...reports.map(closingLine),
  ].join("\n");
}

function cellsOf(figure: Figure): string[] {
  const { value, words, goal, original, method } = figure;
  const numbers = [original, method].map(formatNumber);
  return [
    figure.figure,
    words ?? formatNumber(value),
    formatNumber(goal),
    reachedWords(figure),
    ...numbers,
  ];
}

function reachedWords({ value, goal, floor, better }: Figure): string {
  if (floor !== undefined && !reaches(value, { bar: floor, better })) return "BROKEN";
  if (goal === undefined) return "";
  return reaches(value, { bar: goal, better }) ? "yes" : "no";
}

function formatNumber(value: number | undefined): string {
  if (value === undefined) return "";
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

function closingLine(report: ClipReport): string {
  switch (report.kind) {
    case "scored":
      return `${report.clip}: ${report.seconds.toFixed(1)} s`;
    case "missing":
      return `${report.clip}: MISSING, not scored`;
    case "failed":
      return `${report.clip}: FAILED, not scored: ${report.words}`;
  }
}

/** 1: something is broken; 3: something is missing; 0: neither. */
export function exitCodeOf(reports: readonly ClipReport[]): number {
  if (reports.some(isBroken)) return 1;
  return reports.some((report) => report.kind === "missing") ? 3 : 0;
}

function isBroken(report: ClipReport): boolean {
  if (report.kind !== "scored") return report.kind === "failed";
  return report.figures.some(({ value, floor, better }) =>
    floor !== undefined && !reaches(value, { bar: floor, better })
  );
}
