/**
 * How this program starts itself as the classifier's child: from a checkout or as the one
 * file. Starts nothing.
 * @module
 */

/** The hidden subcommand: `cli/classify_crops.ts`. */
export const CLASSIFY_CROPS = "classify-crops";

/** Its flag for the folder of a model of the user's own. */
export const MODEL_FOLDER = "--model-folder";

/**
 * The command line of the child, for `Classifier`.
 * @param modelFolder of a model of the user's own; without, the built-in one looks
 */
export function classifierCommand(modelFolder?: string): string[] {
  const args = modelFolder === undefined ? [] : [MODEL_FOLDER, modelFolder];
  if (Deno.build.standalone) return [Deno.execPath(), CLASSIFY_CROPS, ...args];
  const flags = ["run", "--quiet", "--allow-all", "--no-check", "--no-prompt"];
  const main = `${checkoutRoot()}main.ts`;
  return [Deno.execPath(), ...flags, main, CLASSIFY_CROPS, ...args];
}

/** Of the checkout that this file is in, with a slash at its end. */
function checkoutRoot(): string {
  const here = decodeURIComponent(new URL(import.meta.url).pathname);
  return here.slice(0, here.lastIndexOf("/classes/") + 1);
}
