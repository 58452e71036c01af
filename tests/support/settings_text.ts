/**
 * Loads settings from a text, and gives what is wrong with one as lines.
 * @module
 */
import assert from "node:assert/strict";
import type { FlagValues } from "../../config/flags.ts";
import { type Loaded, loadSettings } from "../../config/load.ts";
import { ConfigFault, problemLine } from "../../config/problems.ts";

/** A whole file: one camera. */
export const CAMERA = "cameras:\n  front:\n    url: scene:street\n";

export function load(text: string, flags: FlagValues = {}): Loaded {
  return loadSettings({ path: "/nowhere/s.yaml", text, flags, env: () => undefined });
}

/** All problems of a text, each as "line:column path: words". */
export function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigFault, String(thrown));
    return thrown.problems.map(problemLine);
  }
  return [];
}

/** The problem of one line below a good camera. */
export function problemOf(line: string): string {
  const found = problemsOf(`${CAMERA}${line}\n`);
  assert.equal(found.length, 1, `${line}: ${found.join(" | ")}`);
  return found[0]!;
}
