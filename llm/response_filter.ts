/**
 * Whether a model's answer is told or kept quiet, and why. Pure; what was told lately
 * and what was asked are arguments.
 * @module
 */
import { cleaned, toLastSentenceEnd } from "./cleaned_text.ts";
import { isEcho } from "./echo.ts";
import type { QuietReason, Verdict } from "./narration.ts";
import { saysNothing } from "./nothing_said.ts";
import type { Prompt } from "./prompt.ts";
import { saysTheSame } from "./same_sense.ts";

export interface Answer {
  readonly text: string;
  /** False: it was cut off, by its length or by us. */
  readonly isWhole: boolean;
}

export interface FilterOptions {
  readonly prompt: Prompt;
  /** Texts told lately for this camera by a model. */
  readonly recent: readonly string[];
}

export interface Judged {
  /** Cleaned, whatever the verdict. */
  readonly text: string;
  readonly verdict: Verdict;
}

/**
 * The cleaned text, and whether it is told. Never throws, whatever the model wrote.
 */
export function judgeAnswer(answer: Answer, options: FilterOptions): Judged {
  const whole = cleaned(answer.text);
  if (isEcho(answer.text, options.prompt)) return quiet(whole, "echo");
  if (!hasLetters(whole)) return quiet(whole, "empty");
  const text = answer.isWhole ? whole : toLastSentenceEnd(whole);
  if (text === undefined) return quiet(whole, "unfinished");
  if (isForMachines(text) || isStuck(answer.text) || saysNothing(text)) {
    return quiet(text, "boilerplate");
  }
  if (options.recent.some((told) => saysTheSame(told, text))) {
    return quiet(text, "repeated");
  }
  return { text, verdict: { kind: "speak" } };
}

function quiet(text: string, reason: QuietReason): Judged {
  return { text, verdict: { kind: "quiet", reason } };
}

function hasLetters(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** JSON was not asked for; read aloud it is noise. */
function isForMachines(text: string): boolean {
  return /^[{[]/u.test(text);
}

/** Who is stuck is so from early on. */
const STUCK_CHARS_MAX = 1_000;

/** The same words three times in a row: a small model that does not get on. */
function isStuck(text: string): boolean {
  const read = text.slice(0, STUCK_CHARS_MAX);
  return /(?<!\p{L})(\p{L}[\p{L} ]{1,60}?)(?:[\s,.;]+\1(?!\p{L})){2}/iu.test(read);
}
