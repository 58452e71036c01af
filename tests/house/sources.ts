/**
 * The TypeScript sources of this checkout with their texts, read once per test file.
 * @module
 */
import { checkoutFiles, readText } from "./checkout.ts";
import { isTest } from "./source_place.ts";

/** Every .ts and .tsx file by its path. */
export function allSources(): Map<string, string> {
  return new Map(
    checkoutFiles()
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => [path, readText(path)]),
  );
}

/** Those that are the program: no tests, no scripts. */
export function programSources(): Map<string, string> {
  return new Map(
    [...allSources()].filter(([path]) => !isTest(path) && !path.startsWith("scripts/")),
  );
}

/** A small tree, for trying a check on: paths and texts. */
export function tree(files: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(files));
}
