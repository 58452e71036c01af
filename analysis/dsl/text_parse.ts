/**
 * Reads the text form, line by line, and never throws. A damaged line costs that
 * line and is reported; what a later version wrote is kept (`Extras`).
 * @module
 */
import { LINE_CHARS_MAX, LineFields, tokensOf } from "./line.ts";
import type { Entry } from "./text.ts";
import {
  commentPart,
  FRAME_WORDS,
  framePart,
  headerPart,
  laterPart,
  type LineReader,
  type Part,
  refuseAstray,
} from "./text_part.ts";

/** A line that could not be read. */
export interface Problem {
  /** Counts from 1. */
  readonly line: number;
  /** Why, without a period and without the line's own text. */
  readonly reason: string;
}

export interface ParsedText {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** More lines under one FRAME are damage: a crowded picture of ours has some hundred. */
const PART_LINES_MAX = 16_384;

/** First words that a later version may know. */
const WORD = /^[A-Z][A-Z0-9_]*$/;

/** What a line is, before its fields are read. */
interface Sighted {
  /** As it stands in the text, without its end. */
  readonly line: string;
  readonly text: string;
  readonly indented: boolean;
  readonly hash: boolean;
  readonly word: string;
}

/** Reads a whole text. Ends of line may be LF or CRLF. */
export function parseText(text: string): ParsedText {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const reader = new TextReader((problem) => problems.push(problem));
  for (const line of text.split("\n")) {
    const entry = reader.push(line);
    if (entry) entries.push(entry);
  }
  const last = reader.end();
  if (last) entries.push(last);
  return { entries, problems };
}

/** Reads one line after the other, for texts that come in pieces or never end. */
export class TextReader {
  readonly #onProblem: (problem: Problem) => void;
  #part: Part | undefined;
  #partLine = 0;
  #line = 0;

  constructor(onProblem: (problem: Problem) => void) {
    this.#onProblem = onProblem;
  }

  /** Takes one line without its LF; gives the part that ended before it, if one did. */
  push(line: string): Entry | undefined {
    this.#line++;
    const sighted = sight(this.#line === 1 ? line.replace(/^\ufeff/, "") : line);
    if (sighted.text === "") return undefined;
    const opened = partThatOpens(sighted, this.#part !== undefined);
    const ended = opened ? this.end() : undefined;
    if (opened) {
      this.#part = opened;
      this.#partLine = this.#line;
    }
    this.#take(sighted);
    // A part whose first line is damaged has no beginning.
    if (opened?.keeper.written.length === 0) this.#part = undefined;
    return ended;
  }

  /** The part at the end of the text. */
  end(): Entry | undefined {
    const part = this.#part;
    this.#part = undefined;
    if (!part) return undefined;
    const { entry, lacks } = part.close();
    if (lacks !== undefined && part.keeper.lost === 0) {
      const reason = `the ${part.kind} that begins here has no ${lacks} line`;
      this.#onProblem({ line: this.#partLine, reason });
    }
    return entry;
  }

  #take(sighted: Sighted): void {
    const { line, word, hash } = sighted;
    const part = this.#part;
    const read = part ? part.reader(word, hash) : refuseAstray;
    if (line.length > LINE_CHARS_MAX) this.#lose("it is too long");
    else if (part && part.keeper.written.length >= PART_LINES_MAX) {
      this.#lose(`it is beyond ${PART_LINES_MAX} lines of one ${part.kind}`);
    } else if (read) this.#read(sighted, read);
    else if (hash || WORD.test(word)) part?.keeper.unknown(line);
    else this.#lose("it begins with no word of this language");
  }

  #read({ line, text, hash, word }: Sighted, read: LineReader): void {
    const tokens = tokensOf(hash ? text.slice(1) : text);
    if (!tokens) return this.#lose("its quotes do not end");
    const fields = new LineFields(tokens.slice(1));
    read(fields);
    if (fields.reason !== undefined) this.#lose(fields.reason);
    else if (fields.later) this.#part?.keeper.unknown(line);
    else this.#part?.keeper.known(line, { word, rest: fields.rest() });
  }

  #lose(reason: string): void {
    this.#part?.keeper.lose();
    this.#onProblem({ line: this.#line, reason });
  }
}

function sight(withEnd: string): Sighted {
  const line = withEnd.endsWith("\r") ? withEnd.slice(0, -1) : withEnd;
  let start = 0;
  let end = line.length;
  while (start < end && isBlank(line, start)) start++;
  while (end > start && isBlank(line, end - 1)) end--;
  const text = line.slice(start, end);
  const hash = text.startsWith("#");
  const word = /^#? *([^ ]*)/.exec(text)![1]!;
  return { line, text, indented: start > 0, hash, word };
}

function isBlank(line: string, index: number): boolean {
  return line[index] === " " || line[index] === "\t";
}

/** The part that begins with this line, if one does. */
function partThatOpens(sighted: Sighted, isOpen: boolean): Part | undefined {
  const { indented, hash, word } = sighted;
  if (hash && word === "streamware-dsl") return headerPart();
  if (hash) return isOpen ? undefined : commentPart();
  if (word === "FRAME") return framePart();
  const known = FRAME_WORDS.includes(word) || !WORD.test(word);
  return indented || known ? undefined : laterPart();
}
