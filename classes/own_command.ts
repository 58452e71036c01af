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
  const flags = ["run", "--quiet", "--allow-all", "--no-check", "--no-prompt"];
  return [Deno.execPath(), ...flags, `${checkoutRoot()}main.ts`, CLASSIFY_CROPS];
}

/** Of the checkout that this file is in, with a slash at its end. */
function checkoutRoot(): string {
  const here = decodeURIComponent(new URL(import.meta.url).pathname);
  return here.slice(0, here.lastIndexOf("/classes/") + 1);
}
