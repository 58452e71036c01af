/**
 * What scripts/test prints, for somebody at two in the morning: what failed comes
 * first, each with the beginning of its words, then the output of the stages that failed,
 * and the count is the last line. Pure.
 * @module
 */
import type { Failure, Outcome } from "./outcome.ts";

/** One line for a stage that is over. */
export function stageLine(outcome: Outcome): string {
  const failed = outcome.failures.length;
  const mark = failed === 0 ? "ok    " : "FAILED";
  const counts = outcome.cases.length === 0 && failed === 0
    ? ""
    : `  ${countWords({ ...outcome, failed })}`;
  return `${mark} ${outcome.stage}${counts}  (${outcome.seconds.toFixed(1)} s)`;
}

/** All that follows the last stage. */
export function finalReport(
  outcomes: readonly Outcome[],
  others: readonly Failure[] = [],
): string {
  const failures = [...outcomes.flatMap((outcome) => outcome.failures), ...others];
  const lines: string[] = [];
  if (failures.length > 0) {
    lines.push("", "What failed:");
    for (const { what, why, more = [] } of failures) {
      lines.push(`  ${what}`, `    ${why}`, ...more.map((line) => `      ${line}`));
    }
    for (const outcome of outcomes) {
      if (outcome.failures.length === 0) continue;
      lines.push("", `---- output of ${outcome.stage}`, lastPart(outcome.output));
    }
  }
  const passed = sum(outcomes.map((outcome) => outcome.passed));
  const skipped = sum(outcomes.map((outcome) => outcome.skipped));
  // Nothing tested is a failure, however quietly it went.
  const nothing = passed + failures.length === 0 ? 1 : 0;
  lines.push("", countWords({ passed, failed: failures.length + nothing, skipped }));
  return lines.join("\n");
}

/** "12 passed, 0 failed", and ", 3 skipped" when any was. */
function countWords(
  of: { readonly passed: number; readonly failed: number; readonly skipped: number },
): string {
  const rest = of.skipped > 0 ? `, ${of.skipped} skipped` : "";
  return `${of.passed} passed, ${of.failed} failed${rest}`;
}

/** Output of a stage kept in the report; more than that nobody reads. */
const OUTPUT_CHARS_MAX = 20_000;

function lastPart(output: string): string {
  const text = output.trim();
  if (text.length <= OUTPUT_CHARS_MAX) return text;
  const left = text.length - OUTPUT_CHARS_MAX;
  return `(${left} characters left out)\n${text.slice(-OUTPUT_CHARS_MAX)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
