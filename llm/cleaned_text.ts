/**
 * A model's text made fit for people: what is invisible, steers terminals or is only
 * wrapping comes off. The text stays hostile: who shows it escapes it for where it goes.
 * Pure.
 * @module
 */
import { TEXT_CHARS_MAX } from "./narration.ts";

/** What comes after this is not read: at most two sentences are kept anyway. */
const READ_CHARS_MAX = 4_000;

const SENTENCES_MAX = 2;

/**
 * Nothing of it is seen: bidi and zero-width characters, tags and selectors in which
 * text can hide, private use, halves of pairs, code points that mean nothing (yet).
 */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
/** More than two marks on a letter climb over the lines above and below. */
const MARKS = /(\p{M}{2})\p{M}+/gu;
const CONTROLS_AND_SPACE = /[\p{Cc}\p{Z}\s]+/gu;

/** What a model thinks aloud is no answer. */
const THOUGHTS = /<think(?:ing)?>.*?(?:<\/think(?:ing)?>|$)/gisu;
const FENCES = /`{3,}(?:[a-z]{1,10}(?=\s))?/giu;
const TICKS = /`/gu;
const EMPHASIS = /\*+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;
const LINE_MARK = /^(?:(?:#{1,6}|[-•>]|\d{1,2}[.)])\s+)+/u;
/** What an answer calls itself; "Here is a man:" calls nothing so. */
const CALLED = "(?:caption|answer|description|response|sentence|output|result|summary)";
const LABEL = new RegExp(
  "^(?:(?:(?:sure|certainly|okay|ok)[,.!:]*\\s+)?(?:" +
    `here(?:['’]s| is)\\s+(?:(?:an?|the|my|your|one)\\s+)?(?:[\\p{L}-]{1,15}\\s+){0,3}${CALLED}(?:\\s+[\\p{L}]{1,15}){0,5}\\s*:|` +
    "here(?:['’]s| is)\\s+what\\s+[\\p{L} ]{1,40}:|" +
    `(?:(?:assistant|(?:short |one[- ]sentence )?${CALLED})\\s*:))\\s*)+`,
  "iu",
);
/** Opening quote and the one that closes it. */
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["„", "“"],
  ["‘", "’"],
  ["«", "»"],
];

/** A period after one of these ends no sentence; after "No" none if a number follows. */
const ABBREVIATED =
  "(?<!(?<!\\p{L})(?:dr|mr|mrs|ms|prof|st|approx|vs|e\\.g|i\\.e)(?=\\.(?!\\.)))" +
  "(?!(?<=(?<!\\p{L})no)\\. \\d)";

/** Where a sentence ends: its mark, closing quotes and brackets, then space or the end. */
const SENTENCE_END = new RegExp(
  `${ABBREVIATED}[.!?…。！？]+["'”’»)\\]]*(?=\\s|$)|[。！？]+`,
  "giu",
);

/**
 * Plain text in one line, at most `TEXT_CHARS_MAX` and two sentences. Cleaning it again
 * changes nothing.
 */
export function cleaned(text: string): string {
  let now = text.slice(0, READ_CHARS_MAX);
  // Taking off one wrapping can bare another; each round shortens, so it ends.
  for (let before = ""; before !== now;) {
    before = now;
    now = cleanedOnce(now);
  }
  return now;
}

/** @returns the text up to its last sentence end; undefined when it has none */
export function toLastSentenceEnd(text: string): string | undefined {
  const last = [...text.matchAll(SENTENCE_END)].at(-1);
  return last && text.slice(0, last.index + last[0].length);
}

function cleanedOnce(text: string): string {
  const plain = text.replace(INVISIBLE, "").replace(MARKS, "$1")
    .replace(CONTROLS_AND_SPACE, " ")
    .replace(THOUGHTS, " ").replace(FENCES, " ").replace(TICKS, "")
    .replace(EMPHASIS, "")
    .replace(CONTROLS_AND_SPACE, " ").trim()
    .replace(LINE_MARK, "").replace(LABEL, "");
  return capped(firstSentences(unquoted(plain.trim()))).trim();
}

function unquoted(text: string): string {
  for (const [open, close] of QUOTES) {
    const inside = text.slice(open.length, -close.length);
    if (text.length > 1 && text.startsWith(open) && text.endsWith(close)) {
      if (!inside.includes(open)) return inside.trim();
    }
  }
  return text;
}

function firstSentences(text: string): string {
  const end = [...text.matchAll(SENTENCE_END)].at(SENTENCES_MAX - 1);
  return end ? text.slice(0, end.index + end[0].length) : text;
}

/** Cut at a word, never within a pair of code units. */
function capped(text: string): string {
  if (text.length <= TEXT_CHARS_MAX) return text;
  const cut = text.slice(0, TEXT_CHARS_MAX + 1);
  const space = cut.lastIndexOf(" ");
  return (space > 0 ? cut.slice(0, space) : text.slice(0, TEXT_CHARS_MAX))
    .replace(/[\ud800-\udbff]$/u, "");
}
