/**
 * Turns what the declaration says of wrong values into problems of a file, each at its
 * line. Finds nothing wrong itself.
 * @module
 */
import type { z } from "zod";
import { hasReference } from "./references.ts";
import { issueWords } from "./issue_words.ts";
import { fileName, outlineAt } from "./outline.ts";
import type { Problem } from "./problems.ts";
import { type Mark, markKey, type Tree } from "./tree.ts";
import { shownValue } from "./value_words.ts";

/** Problems of the issues that the reader of the text has not told already. */
export function issueProblems(
  issues: readonly z.core.$ZodIssue[],
  tree: Tree,
): readonly Problem[] {
  const inPixels = new Set<string>();
  return issues.flatMap((issue) => {
    if (isTold(issue.path, tree)) return [];
    const { mark, missing } = nearestMark(issue.path, tree);
    const points = pointsOf(issue);
    if (points === undefined) return [problemOf(issue, { mark, missing })];
    const key = markKey(points);
    if (inPixels.has(key)) return [];
    inPixels.add(key);
    const words = "must be 0..1 of the picture, are pixels: 320 of a width of 640 is 0.5";
    const zone = tree.marks.get(key);
    return [{ at: mark.at, path: zone?.path ?? mark.path, words }];
  });
}

interface Near {
  readonly mark: Mark;
  /** Names below the mark that stand nowhere in the file. */
  readonly missing: readonly PropertyKey[];
}

function problemOf(issue: z.core.$ZodIssue, { mark, missing }: Near): Problem {
  const path = [mark.path, ...missing.map((name) => fileName(String(name)))]
    .filter((part) => part !== "").join(".");
  const at = mark.path === "" ? undefined : mark.at;
  if (issue.input === undefined) return { at, path, words: missingWords(path) };
  const words = `${issueWords(issue)}${isWords(issue, mark)}${percentWords(issue)}`;
  return { at, path, words };
}

function missingWords(path: string): string {
  if (path === "cameras") {
    return "is missing: give each camera a name below it, and below that its url:";
  }
  return "is missing";
}

/** Of a part of the picture that was given in percent. */
function percentWords(issue: z.core.$ZodIssue): string {
  const input = Number(issue.input);
  const isPercent = issue.code === "too_big" && issue.maximum === 1 && input <= 100;
  const isSize = fileName(String(issue.path.at(-1))).startsWith("min_size");
  return isPercent && isSize ? `: ${input} % of the picture is ${input / 100}` : "";
}

/** ": is 100", for what may be shown. */
function isWords({ path, input, code }: z.core.$ZodIssue, mark: Mark): string {
  const isScalar = ["string", "number", "boolean"].includes(typeof input);
  if (!isScalar || input === "" || code === "unrecognized_keys") return "";
  const outline = outlineAt(path);
  if (outline?.kind === "value" && outline.isSecret) return "";
  if (mark.source !== undefined && hasReference(mark.source)) return "";
  return `, is ${shownValue(input)}`;
}

/** The path of a zone's points when the issue is of a number that must be pixels. */
function pointsOf(issue: z.core.$ZodIssue): readonly PropertyKey[] | undefined {
  if (issue.code !== "too_big" || !(Number(issue.input) >= 2)) return undefined;
  const end = issue.path.lastIndexOf("points");
  return end < 0 ? undefined : issue.path.slice(0, end + 1);
}

function isTold(path: readonly PropertyKey[], { wrong }: Tree): boolean {
  return path.some((_, index) => wrong.has(markKey(path.slice(0, index + 1)))) ||
    wrong.has(markKey([]));
}

/** Where the value stands, or what it is missing from. */
function nearestMark(path: readonly PropertyKey[], { marks }: Tree): Near {
  for (let length = path.length; length > 0; length--) {
    const mark = marks.get(markKey(path.slice(0, length)));
    if (mark !== undefined) return { mark, missing: path.slice(length) };
  }
  return { mark: { at: 0, path: "", isSecret: false }, missing: path };
}
