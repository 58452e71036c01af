/**
 * Findings of `streamware doctor` as lines for a terminal. Pure.
 * @module
 */
import type { Checked } from "./check_runner.ts";
import type { Finding, FindingLevel } from "./checks/check.ts";
import { type Colour, headed, type Paint } from "./terminal_text.ts";

const COLOURS: Readonly<Record<FindingLevel, Colour>> = {
  good: "green",
  note: "dim",
  warning: "yellow",
  broken: "red",
};

/** One or more lines a finding, the level first, so that they can be searched. */
export function checkedLines({ name, findings }: Checked, paint: Paint): string[] {
  return findings.flatMap((finding) => findingLines(name, finding, paint));
}

function findingLines(name: string, finding: Finding, paint: Paint): string[] {
  const { level, words, toDo } = finding;
  const head = `${level.padEnd(8)} ${name.padEnd(12)} `;
  // Problems of a settings file come one a line.
  const [first = "", ...more] = words.split("\n");
  const [line = "", ...rest] = headed(head, first);
  const indent = " ".repeat(head.length);
  return [
    paint(COLOURS[level], level) + line.slice(level.length),
    ...rest,
    ...more.flatMap((one) => headed(indent, one.trimStart())),
    ...(toDo ? headed(`${indent}-> `, toDo) : []),
  ];
}

/** How many are wrong, in words. */
export function closingLine(all: readonly Checked[]): string {
  const count = (level: FindingLevel) =>
    all.flatMap(({ findings }) => findings).filter((one) => one.level === level).length;
  const [broken, warnings] = [count("broken"), count("warning")];
  if (broken === 0 && warnings === 0) return "Nothing is wrong.";
  const parts = [
    ...(broken > 0 ? [broken === 1 ? "1 is broken" : `${broken} are broken`] : []),
    ...(warnings > 0 ? [warnings === 1 ? "1 warning" : `${warnings} warnings`] : []),
  ];
  return `${parts.join(", ")}: begin at the top.`;
}
