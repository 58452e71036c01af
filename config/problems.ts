/**
 * What is wrong in a settings file, as people read it: line, column, path, words, and
 * the line itself. Finds nothing wrong: that is `tree.ts`, `rules.ts` and `load.ts`.
 * @module
 */
import { LineCounter } from "yaml";
import { Fault } from "../base/fault.ts";
import { OUTLINE, type Outline, type Part } from "./outline.ts";
import { nearest } from "./suggestions.ts";

export interface Problem {
  /** Where it begins in the text, in characters; undefined for the file as a whole. */
  readonly at: number | undefined;
  /** As in the file, "cameras.front.fps"; "" for the file as a whole. */
  readonly path: string;
  /** What is wrong and what would be right. */
  readonly words: string;
}

/** A problem where people look for it; undefined for the file as a whole. */
export interface PlacedProblem {
  /** From 1. */
  readonly line: number | undefined;
  /** From 1, in characters. */
  readonly column: number | undefined;
  readonly path: string;
  readonly words: string;
}

/** More are counted only: past this people begin with the first anyway. */
const PROBLEMS_SHOWN_MAX = 30;

/** Characters of a line that are shown. */
const LINE_SHOWN_MAX = 100;

/** A settings file that cannot be used, with each of its problems. */
export class ConfigFault extends Fault {
  /** In the order of the lines. */
  readonly problems: readonly PlacedProblem[];
  /** What is worth a word beside them; not in the message. */
  readonly warnings: readonly PlacedProblem[];

  constructor(
    file: string,
    { text, problems, warnings = [] }: {
      readonly text: string;
      readonly problems: readonly Problem[];
      readonly warnings?: readonly Problem[];
    },
  ) {
    const lines = linesOf(text);
    const ordered = [...problems].sort((a, b) => (a.at ?? -1) - (b.at ?? -1));
    const told = ordered.slice(0, PROBLEMS_SHOWN_MAX)
      .map((problem) => problemText(problem, { text, lines }));
    const left = problems.length - told.length;
    if (left > 0) told.push(`  and ${left} more`);
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super("config", `Cannot use ${file}: ${count}\n${told.join("\n")}`, {
      hint: `streamware config check ${file}`,
    });
    this.problems = ordered.map((problem) => placed(problem, lines));
    this.warnings = placedProblems(text, warnings);
  }
}

/** Problems, or warnings, with line and column. */
export function placedProblems(
  text: string,
  problems: readonly Problem[],
): readonly PlacedProblem[] {
  const lines = linesOf(text);
  return problems.map((problem) => placed(problem, lines));
}

/** "4:5 cameras.front: …". */
export function problemLine({ line, column, path, words }: PlacedProblem): string {
  const named = path === "" ? words : `${path}: ${words}`;
  return line === undefined ? named : `${line}:${column} ${named}`;
}

function problemText(
  problem: Problem,
  { text, lines }: { readonly text: string; readonly lines: LineCounter },
): string {
  const { line, column } = placed(problem, lines);
  const head = `  ${problemLine({ ...problem, line, column })}`;
  if (problem.at === undefined || line === undefined || column === undefined) return head;
  const source = text.slice(problem.at - column + 1).split("\n", 1)[0]!;
  const shown = withoutValues(source).slice(0, LINE_SHOWN_MAX);
  if (shown.trim() === "") return head;
  const number = String(line).padStart(6);
  const caret = " ".repeat(Math.min(column - 1, Math.max(shown.length - 1, 0)));
  return `${head}\n${number} | ${shown}\n       | ${caret}^`;
}

function placed({ at, path, words }: Problem, lines: LineCounter): PlacedProblem {
  if (at === undefined) return { line: undefined, column: undefined, path, words };
  const { line, col } = lines.linePos(at);
  return { line, column: col, path, words };
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}

/** A key on a line: at its beginning, behind a dash, or within braces. */
const KEY = /(^|[\s{,["'-])([A-Za-z_][\w-]*)["']?\s*:(?=\s|$)/g;

/** Behind a key: braces with a key of their own. */
const OPENS_SECTION = /^\s*\{\s*["']?[A-Za-z_][\w-]*["']?\s*:(?=\s|$)/;

/** In a value: where a name without its colon or space, and what belongs to it, begins. */
const HIDES_MORE = /:\S|[^\s{[]\s+["']?[A-Za-z_]|,\s*["']?[A-Za-z_]/;

/**
 * A line of a settings file without what could be a secret. A value is shown only when
 * its key is on the line, and is a setting that holds none: a mistyped `passwrd` is not,
 * and so hides it; a line of a value alone belongs to who knows which. Of a mistyped
 * setting that holds none a number or a switch is shown.
 */
export function withoutValues(line: string): string {
  // deno-lint-ignore no-control-regex -- a terminal would obey them
  const plain = line.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ").replace(/\s#.*$/, "");
  const keys = [...plain.matchAll(KEY)].map(({ 0: found, 1: before, 2: key, index }) => ({
    key: key!,
    start: index + before!.length,
    end: index + found.length,
  }));
  const [first] = keys;
  if (first === undefined || /[^\s{}[\],"'-]/.test(plain.slice(0, first.start))) {
    return "";
  }
  let shown = plain.slice(0, first.start);
  for (const [index, { key, start, end }] of keys.entries()) {
    const value = plain.slice(end, keys[index + 1]?.start);
    shown += plain.slice(start, end);
    if (SHOWN_KEYS.has(key) || isMistyped(key) && PLAIN_VALUE.test(value)) {
      const more = value.search(HIDES_MORE);
      if (more >= 0) return `${shown}${value.slice(0, more + 1)}…`;
    } else if (!OPENS_SECTION.test(plain.slice(end))) { // else the name of a camera
      if (plain.slice(end).trim() === "") return shown;
      return `${shown} ${key === "url" ? schemeOf(value) : ""}…`;
    }
    shown += value;
  }
  return shown.trimEnd();
}

/** A number or a switch, and nothing behind it. */
const PLAIN_VALUE = /^\s*([+-]?\d+(\.\d+)?|true|false)\s*$/;

/** Meant for a setting that anybody may see, and for none that holds a secret. */
function isMistyped(key: string): boolean {
  return SHOWN_KEYS.has(nearest(key, ALL_KEYS) ?? "");
}

/** "rtsp://", which is all that may be seen of a URL; "" for what is none. */
function schemeOf(text: string): string {
  return /^\s*["']?([a-z][a-z+.-]{0,11}:\/\/)/i.exec(text)?.[1] ?? "";
}

/** Sections, and settings that anybody may see: what is set from the file only is not. */
const SHOWN_KEYS: ReadonlySet<string> = keysOf(
  OUTLINE,
  ({ traits }) => traits?.door !== "file",
);

const ALL_KEYS: ReadonlySet<string> = keysOf(OUTLINE, () => true);

function keysOf(outline: Outline, isWanted: (part: Part) => boolean): Set<string> {
  const keys = new Set<string>();
  if (outline.kind === "named") return keysOf(outline.inner, isWanted);
  if (outline.kind !== "section") return keys;
  for (const part of outline.parts.values()) {
    if (isWanted(part)) keys.add(part.name);
    for (const key of keysOf(part.outline, isWanted)) keys.add(key);
  }
  return keys;
}
