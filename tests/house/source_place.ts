/**
 * Where a source file lies in this repository, as rules ask for it.
 * @module
 */
import { ROOT } from "./checkout.ts";

/** The path below the root of what the linter calls a file: a path or a file: URL. */
export function placeOfFile(filename: string): string {
  const path = filename.startsWith("file://") ? new URL(filename).pathname : filename;
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path.replace(/^\.\//, "");
}

/** True for tests and what only tests use: a suite is run over several twins. */
export function isTest(path: string): boolean {
  return path.startsWith("tests/") || isTestFile(path) || path.endsWith("_suite.ts");
}

/** True for a file of tests, wherever it lies. */
export function isTestFile(path: string): boolean {
  return /_test\.tsx?$/.test(path);
}

/** True when `path` begins with one of `places`: folders end in "/", files do not. */
export function isWithin(path: string, places: readonly string[]): boolean {
  return places.some((place) => path.startsWith(place));
}

/** The path below the root that a relative specifier in `from` means. */
export function resolveImport(from: string, specifier: string): string {
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}
