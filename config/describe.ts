/**
 * Says in words what a setting takes, for the reference and the example.
 * Reads no file and judges no value.
 * @module
 */
import { stringify } from "yaml";
import type { List, Outline, Value } from "./outline.ts";

/** "a whole number from 64 to 3840", "text, secret", "a list of 1 or more: text". */
export function takesWords(outline: Outline): string {
  switch (outline.kind) {
    case "section":
    case "named":
      return "lines of `name: value`";
    case "list":
      return listWords(outline);
    case "value":
      return valueWords(outline);
  }
}

/** "0.2 to 60", "One of off, auto"; undefined for what has no bounds worth telling. */
export function boundsWords(outline: Outline): string | undefined {
  if (outline.kind !== "value") return undefined;
  switch (outline.holds) {
    case "number":
    case "whole":
      return `${outline.least} to ${outline.most}`;
    case "choice":
      return `One of ${outline.choices.join(", ")}`;
    case "switch":
    case "text":
      return undefined;
  }
}

/** A value as the file has it, on one line. */
export function inlineYaml(value: unknown): string {
  return stringify(value, {
    collectionStyle: "flow",
    flowCollectionPadding: false,
    lineWidth: 0,
  }).trimEnd();
}

/** Greedy, so that formatting the result changes nothing. */
export function wrapped(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function listWords({ inner, least, most }: List): string {
  if (inner.kind === "list") return `a list of ${least} to ${most} corners \`[x, y]\``;
  return least > 0 ? `a list of texts, at least ${least}` : "a list of texts";
}

function valueWords({ holds, isSecret, choices, least, most }: Value): string {
  switch (holds) {
    case "number":
    case "whole":
      return `a ${holds === "whole" ? "whole " : ""}number from ${least} to ${most}`;
    case "switch":
      return "`true` or `false`";
    case "choice":
      return either(choices.map((choice) => `\`${choice}\``));
    case "text":
      return isSecret ? "text that is kept secret" : "text";
  }
}

function either(words: readonly string[]): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
