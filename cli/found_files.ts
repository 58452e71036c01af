/**
 * Looks at files that may not be there, or not be for us to see. Changes nothing.
 * @module
 */

/** The file itself, not what a link leads to; undefined when there is none. */
export function infoOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    if (thrown instanceof Deno.errors.NotADirectory) return undefined;
    throw thrown;
  }
}

/** Also when it is not for us to look at: then using it says so. */
export function isThere(path: string): boolean {
  try {
    return infoOf(path) !== undefined;
  } catch {
    return true;
  }
}

/** The text of a file; undefined when there is none, or none for us. */
export function textIn(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

/** What lies in a folder; nothing when there is none, or none for us. */
export function namesIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}
