/**
 * How this program starts itself as the classifier's child: from a checkout or as the one
 * file. Starts nothing.
 * @module
 */

/** The hidden subcommand: `cli/classify_crops.ts`. */
export const CLASSIFY_CROPS = "classify-crops";

/** The command line of the child, for `Classifier`. */
export function classifierCommand(): string[] {
  if (Deno.build.standalone) return [Deno.execPath(), CLASSIFY_CROPS];
  const { pathname } = new URL("../main.ts", import.meta.url);
  const flags = ["run", "--quiet", "--allow-all", "--no-check", "--no-prompt"];
  return [Deno.execPath(), ...flags, decodeURIComponent(pathname), CLASSIFY_CROPS];
}
