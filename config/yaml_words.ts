/**
 * What is wrong with text that is no YAML, in words for people who do not know YAML.
 * The parser's own words are not used: they may hold what stands in the file.
 * @module
 */
import type { ErrorCode } from "yaml";

const QUOTES = 'put it in quotes: "…"';

const WORDS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: `a value that begins with * is an alias; for text ${QUOTES}`,
  BAD_ALIAS: `a value that begins with * is an alias; for text ${QUOTES}`,
  BAD_COLLECTION_TYPE: `a value that begins with ! is a tag; for text ${QUOTES}`,
  BAD_DIRECTIVE: `a line that begins with % is a directive; for text ${QUOTES}`,
  BAD_DQ_ESCAPE: "in \"…\" a backslash begins an escape: write \\\\, or use '…'",
  BAD_INDENT: "is indented differently from the lines it belongs to, or a bracket is " +
    "not closed",
  BAD_PROP_ORDER: `a value that begins with & or ! is special; for text ${QUOTES}`,
  BAD_SCALAR_START: `a value cannot begin with this character: ${QUOTES}`,
  BLOCK_AS_IMPLICIT_KEY:
    'there is a second ": " in this line, or the next line is indented too far; ' +
    `for text ${QUOTES}`,
  BLOCK_IN_FLOW: "is not allowed between brackets: close them first",
  DUPLICATE_KEY: "is there twice",
  IMPOSSIBLE: "is not understood here",
  KEY_OVER_1024_CHARS: "is too long for a name",
  MISSING_CHAR: "something is missing: a colon and a space behind a name, a comma, or " +
    "the quote that closes a text",
  MULTILINE_IMPLICIT_KEY: "a name and its colon must stand on one line",
  MULTIPLE_ANCHORS: `a value that begins with & is an anchor; for text ${QUOTES}`,
  MULTIPLE_DOCS: "a line of --- begins a second document: there may be one only",
  MULTIPLE_TAGS: `a value that begins with ! is a tag; for text ${QUOTES}`,
  NON_STRING_KEY: "a name must be text",
  RESOURCE_EXHAUSTION: "is nested too deeply",
  TAB_AS_INDENT: "a tab is not allowed for indenting: use spaces",
  TAG_RESOLVE_FAILED: `a value that begins with ! is a tag; for text ${QUOTES}`,
  UNEXPECTED_TOKEN: "is not expected here: a quote, bracket or indent before it is " +
    `wrong; for text with special characters ${QUOTES}`,
};

/** What is wrong and what would be right, without anything from the file. */
export function yamlWords(code: ErrorCode): string {
  return WORDS[code] ?? "is not understood";
}
