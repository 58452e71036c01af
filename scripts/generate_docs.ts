/**
 * Writes the pages of docs/ref/ that are made from code.
 * Run: `deno run -A scripts/generate_docs.ts`
 * @module
 */
import { effectsReference } from "../capture/scene/effects_reference.ts";
import { settingsReference } from "../config/reference.ts";

/** Pages by their path below the root. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/ref/settings.md", settingsReference()],
    ["docs/ref/scene-effects.md", effectsReference()],
  ]);
}

if (import.meta.main) {
  for (const [path, text] of generatedPages()) {
    await Deno.writeTextFile(new URL(`../${path}`, import.meta.url), text);
  }
}
