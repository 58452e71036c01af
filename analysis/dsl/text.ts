/**
 * What a DSL text is made of once read, and how it is written back unchanged.
 * Lines themselves are written by `text_format.ts` and read by `text_parse.ts`.
 * @module
 */
import type { Header, Observation } from "./observation.ts";
import { formatHeader, formatObservation } from "./text_format.ts";

/** One part of a text, in the order of the text. */
export type Entry =
  | { readonly kind: "header"; readonly header: Header; readonly extras: Extras }
  | {
    readonly kind: "frame";
    /** Without its DELTA line (`extras.without`) `motionPct` and `regions` are 0. */
    readonly observation: Observation;
    readonly extras: Extras;
    /** Lines of this frame that could not be read. */
    readonly linesLost: number;
  }
  /** A part that only a later version knows, or a comment: kept as it is. */
  | { readonly kind: "other"; readonly lines: readonly string[] };

/** What a later version, or a person, wrote beside what this version knows. */
export interface Extras {
  readonly fields: readonly ExtraField[];
  readonly lines: readonly ExtraLine[];
  /** Kinds of lines that should be there and are not: DELTA, units. */
  readonly without: readonly string[];
}

/** Fields that this version does not know, at the end of a line that it knows. */
export interface ExtraField {
  /** First word of the line: `BLOB`. */
  readonly kind: string;
  /** Which of the lines of this kind, from 0. */
  readonly index: number;
  readonly text: string;
}

/** A line that this version does not know. */
export interface ExtraLine {
  /** How many known lines stand before it in its frame or header. */
  readonly after: number;
  readonly text: string;
}

export const NO_EXTRAS: Extras = { fields: [], lines: [], without: [] };

/** The text of all entries: what was read comes out as it went in. */
export function formatText(entries: readonly Entry[]): string {
  return entries.map(formatEntry).join("");
}

export function formatEntry(entry: Entry): string {
  switch (entry.kind) {
    case "header":
      return withExtras(formatHeader(entry.header), entry.extras);
    case "frame":
      return withExtras(formatObservation(entry.observation), entry.extras);
    case "other":
      return entry.lines.map((line) => line + "\n").join("");
  }
}

function withExtras(text: string, extras: Extras): string {
  const { fields, lines, without } = extras;
  if (fields.length + lines.length + without.length === 0) return text;
  const known = knownLines(text, extras);
  const written: string[] = [];
  let next = 0;
  for (const [index, line] of known.entries()) {
    while (next < lines.length && lines[next]!.after <= index) {
      written.push(lines[next++]!.text);
    }
    written.push(line);
  }
  while (next < lines.length) written.push(lines[next++]!.text);
  return written.map((line) => line + "\n").join("");
}

function knownLines(text: string, extras: Extras): readonly string[] {
  const counts = new Map<string, number>();
  const tails = new Map(
    extras.fields.map((field) => [`${field.kind} ${field.index}`, field.text]),
  );
  const lines = text.split("\n").slice(0, -1);
  return lines.filter((line) => !extras.without.includes(kindOf(line))).map((line) => {
    const kind = kindOf(line);
    const index = counts.get(kind) ?? 0;
    counts.set(kind, index + 1);
    const tail = tails.get(`${kind} ${index}`);
    return tail === undefined ? line : `${line} ${tail}`;
  });
}

/** The word that says what a line is: `BLOB`, or `camera` in a header. */
function kindOf(line: string): string {
  return line.replace(/^[# ]+/, "").split(" ", 1)[0]!;
}
