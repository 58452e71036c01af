/**
 * Runs one rule over a piece of source, as if it lay at a path of this repository.
 * @module
 */
import assert from "node:assert/strict";

/** A rule, and what it is tried on. */
export interface Trial {
  readonly rule: Deno.lint.Rule;
  readonly path: string;
  readonly source: string;
}

/** Fails unless the rule underlines exactly `underlined`, in order. */
export function checkRule(trial: Trial, underlined: readonly string[]): void {
  const plugin = { name: "tried", rules: { rule: trial.rule } };
  const found = Deno.lint.runPlugin(plugin, trial.path, trial.source);
  assert.deepEqual(
    found.map(({ range }) => trial.source.slice(...range)).sort(),
    [...underlined].sort(),
    trial.source,
  );
}
