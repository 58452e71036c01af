/**
 * What others on this machine may do with the settings file and should not: read a
 * password that stands in it, or write it.
 * @module
 */
import type { Problem } from "./problems.ts";
import { holdsPassword } from "./shown_text.ts";
import { hasReference } from "./references.ts";
import type { Tree } from "./tree.ts";

/** Warnings about a file's mode. */
export function exposureWarnings(
  tree: Tree,
  file: { readonly path: string; readonly mode: number },
): readonly Problem[] {
  const octal = (file.mode & 0o777).toString(8).padStart(3, "0");
  const remedy = `chmod 640 ${file.path}`;
  const warnings: Problem[] = [];
  if ((file.mode & 0o002) !== 0) {
    const words = `anyone may write this file, and it names programs (mode ${octal}): ` +
      remedy;
    warnings.push({ at: undefined, path: "", words });
  }
  if ((file.mode & 0o004) === 0) return warnings;
  for (const { source, isSecret, at, path } of tree.marks.values()) {
    if (source === undefined) continue;
    const isInline = isSecret ? !hasReference(source) : holdsPassword(source);
    if (!isInline) continue;
    const words = `a secret stands in a file that anyone may read (mode ${octal}): ` +
      `${remedy}, or write it to a file of its own and put \${file:PATH} here`;
    warnings.push({ at, path, words });
  }
  return warnings;
}
