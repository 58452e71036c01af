/**
 * What is wrong with a value of the wrong kind, and what would be right: the mistakes
 * that people make again and again. Shows no value of a secret.
 * @module
 */
import { withoutCredentials } from "../base/secret.ts";
import type { Value } from "./outline.ts";
import { nearest } from "./suggestions.ts";

export type ScalarRead =
  | { readonly kind: "value"; readonly value: string | number | boolean }
  | { readonly kind: "wrong"; readonly words: string };

/** Characters of a value that are shown. */
const SHOWN_MAX = 40;

const YES = new Set(["yes", "on", "true", "y", "1"]);
const NO = new Set(["no", "off", "false", "n", "0"]);

/**
 * A value as the setting wants it, or why it is not. Bounds are not looked at.
 * @param source as it stands in the file: `0071`, which is 71
 */
export function readScalar(
  given: unknown,
  { wanted, source }: { readonly wanted: Value; readonly source: string },
): ScalarRead {
  if (typeof given === "bigint" || !isScalar(given)) return wrong("is no plain value");
  switch (wanted.holds) {
    case "number":
    case "whole":
      return typeof given === "number" ? { kind: "value", value: given } : wrong(
        typeof given === "string"
          ? numberWords(given, wanted)
          : `must be ${kindWords(wanted)}, is ${given}`,
      );
    case "switch":
      return typeof given === "boolean"
        ? { kind: "value", value: given }
        : wrong(`must be true or false${switchWords(String(given))}`);
    case "choice":
      return wanted.choices.includes(String(given))
        ? { kind: "value", value: String(given) }
        : wrong(choiceWords(given, wanted.choices));
    case "text":
      if (typeof given === "string") return { kind: "value", value: given };
      return wrong(
        wanted.isSecret
          ? `must be text, is a ${typeof given}: put it in quotes`
          : `must be text, is a ${typeof given}: put it in quotes: "${source}"`,
      );
  }
}

/** "a number", "a number of seconds", "true or false", "one of off, auto". */
export function kindWords(wanted: Value): string {
  switch (wanted.holds) {
    case "number":
      return wanted.isSeconds ? "a number of seconds" : "a number";
    case "whole":
      return "a whole number";
    case "switch":
      return "true or false";
    case "choice":
      return `one of ${wanted.choices.join(", ")}`;
    case "text":
      return "text";
  }
}

/** A value as it may be shown: short, on one line, no password of a URL. */
export function shownValue(value: unknown): string {
  const text = withoutCredentials(JSON.stringify(value) ?? String(value));
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function wrong(words: string): ScalarRead {
  return { kind: "wrong", words };
}

/** `"8766"`, `10s`, `0,5` and what is no number at all. */
function numberWords(given: string, wanted: Value): string {
  const must = `must be ${kindWords(wanted)}`;
  const text = given.trim();
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    return `${must}, is text: write ${text} without quotes`;
  }
  if (/^\d+,\d+$/.test(text)) return `${must}: write ${text.replace(",", ".")}`;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]{1,7}|%)$/i.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const meant = inUnitOf(wanted, { amount, unit });
    return `${must} without a unit${meant === undefined ? "" : `: write ${meant}`}`;
  }
  if (text.includes("${")) return `${must}: references are for text only`;
  return `${must}, is ${shownValue(given)}`;
}

/** Seconds of a unit of time, by its first letters. */
const SECONDS: readonly (readonly [unit: RegExp, seconds: number])[] = [
  [/^(ms|milli)/i, 0.001],
  [/^s/i, 1],
  [/^m/i, 60],
  [/^h/i, 3_600],
  [/^d/i, 86_400],
];

/** "300" of 5m for seconds, "0.12" of 12% for a part of 1; undefined: who knows. */
function inUnitOf(
  { isSeconds, most }: Value,
  { amount, unit }: { readonly amount: string; readonly unit: string },
): string | undefined {
  if (!isSeconds && !(unit === "%" && most === 1)) return amount;
  const factor = isSeconds ? SECONDS.find(([known]) => known.test(unit))?.[1] : 0.01;
  if (factor === undefined) return undefined;
  return String(Number((Number(amount) * factor).toFixed(6)));
}

function switchWords(given: string): string {
  const plain = given.toLowerCase();
  if (YES.has(plain)) return ": write true";
  if (NO.has(plain)) return ": write false";
  return `, is ${shownValue(given)}`;
}

function choiceWords(given: string | number | boolean, choices: readonly string[]) {
  const one = `must be one of ${choices.join(", ")}`;
  if (given === false && choices.includes("off")) return `${one}: write off`;
  const meant = nearest(String(given), choices);
  const words = `${one}, is ${shownValue(given)}`;
  return meant === undefined ? words : `${words}: did you mean ${meant}?`;
}
