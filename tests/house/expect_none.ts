/**
 * Fails with what was found wrong, so that the first offence is the first line of the
 * report.
 * @module
 */
import assert from "node:assert/strict";

/** Fails unless nothing is wrong. */
export function expectNone(wrong: readonly string[]): void {
  if (wrong.length > 0) assert.fail(wrong.join("\n"));
}
