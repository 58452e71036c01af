/**
 * Real footage for tests. It lies beside the repository and is never part of it:
 * where it is absent, tests that need it are ignored.
 * @module
 */

/** Where footage is looked for. */
export const FOOTAGE = new URL("../../../shared/footage", import.meta.url).pathname;

/** The full path of a file of the footage, or undefined when it is not here. */
export function footage(path: string): string | undefined {
  const place = `${FOOTAGE}/${path}`;
  try {
    return Deno.statSync(place).isFile ? place : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
