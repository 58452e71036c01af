/**
 * Whether a model's answer is told or kept quiet, and why. Pure; what was told lately
 * and what was asked are arguments.
 * @module
 */
import { cleaned, toLastSentenceEnd } from "./cleaned_text.ts";
import type { QuietReason, Verdict } from "./narration.ts";
import type { Prompt } from "./prompt.ts";

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

export function judgeAnswer(answer: Answer, options: FilterOptions): Judged {
  const whole = cleaned(answer.text);
  if (isEcho(answer.text, options.prompt)) return quiet(whole, "echo");
  if (!hasLetters(whole)) return quiet(whole, "empty");
  const text = answer.isWhole ? whole : toLastSentenceEnd(whole);
  if (text === undefined) return quiet(whole, "unfinished");
  if (isBoilerplate(text)) return quiet(text, "boilerplate");
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

/** Answers that say nothing of the picture. */
const REFUSALS: readonly RegExp[] = [
  /\bas an? (?:ai|artificial|(?:large )?language|vision|text)\b/iu,
  /\bi(?:['’]m| am) (?:an ai|unable|not able|sorry|afraid|just an?)\b/iu,
  /\bi (?:can ?not|can['’]t|could ?not|couldn['’]t|do ?not|don['’]t|am unable to) (?:see|view|identify|determine|assist|help|describe|provide|process|have|access|tell)\b/iu,
  /\b(?:unable|not possible|impossible) to (?:see|view|identify|determine|assist|describe|tell)\b/iu,
  /^(?:i['’]?m )?sorry\b/iu,
  /^please (?:provide|upload|share|send)\b/iu,
  /\b(?:no|without an?) (?:image|picture|photo) (?:was |is |has been )?(?:provided|attached|given|visible)\b/iu,
  /\b(?:image|picture|photo|frame) (?:is|appears|seems)(?: to be)? (?:completely |entirely |too |very )?(?:blank|empty|black|dark|blurry|blurred|unclear)\b/iu,
];

/** Answers that say that nothing is there, unless they go on with what is. */
const NOTHINGS: readonly RegExp[] = [
  /^(?:nothing|none|n\/a|no|unknown|not applicable)[.!]?$/iu,
  /^nothing\b/iu,
  /^(?:there (?:is|are|was|were)|i see|the (?:image|picture|photo|scene) (?:shows|contains)) (?:no|nothing|not any)\b/iu,
  /^no (?:\p{L}+ ){0,3}(?:activity|movement|motion|objects?|persons?|people|changes?|action)\b/iu,
  /^the (?:image|picture|photo|scene|frame|area) (?:is|appears|seems)(?: to be)? (?:empty|still|quiet)\b/iu,
];

function isBoilerplate(text: string): boolean {
  if (REFUSALS.some((refusal) => refusal.test(text))) return true;
  const goesOn = /\b(?:but|except|other than|besides|apart from|however|only)\b/iu;
  return !goesOn.test(text) && NOTHINGS.some((nothing) => nothing.test(text));
}

/** A line of the DSL, or a field of one: no sentence has it. */
const DSL_WORDS =
  /\b(?:FRAME \d+ @|BLOB id=|TRACK blob=|EVENT type=|DELTA motion_pct=|motion_pct=|vel_s=|speed_s=|pos=\()/u;
/** So many words in a row of the prompt are no chance. */
const ECHO_WORDS = 5;
/** When half of an answer stood in the prompt it is no answer. */
const ECHO_PART = 0.5;

function isEcho(text: string, prompt: Prompt): boolean {
  if (DSL_WORDS.test(text)) return true;
  const said = wordsOf(text.slice(0, ECHO_CHARS_MAX));
  if (said.length < ECHO_WORDS) return false;
  const asked = runsOf(wordsOf(`${prompt.system}\n${prompt.user}`));
  const runs = [...runsOf(said)];
  const known = runs.filter((run) => asked.has(run));
  return known.length >= ECHO_PART * runs.length;
}

/** More than a prompt has: what comes after it is not read. */
const ECHO_CHARS_MAX = 4_000;

function runsOf(words: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  for (let at = 0; at + ECHO_WORDS <= words.length; at++) {
    runs.add(words.slice(at, at + ECHO_WORDS).join(" "));
  }
  return runs;
}

/** Words that change nothing of what a sentence means. */
const FILLERS = new Set(
  ("a an the is are was were be been being has have had it its this that there and of " +
    "in on at to with by while as image picture photo scene shows showing visible seen " +
    "can see appears seems").split(" "),
);

/** Where two sentences differ in one of these, they tell of different things. */
const CONTRASTS = new Set(
  ("no not left right up down in out into from toward towards away enters entering " +
    "leaves leaving comes coming goes going opens closes stands sits runs walks drives " +
    "one two three four five red green blue white black yellow orange brown grey gray " +
    "silver man woman child person people dog cat car van truck bicycle empty").split(
      " ",
    ),
);

/** Shared words of all words, from which on two sentences say the same. */
const SAME_PART = 0.8;

/** True when both mean the same, as far as their words tell. */
export function saysTheSame(one: string, other: string): boolean {
  const [a, b] = [meaningOf(one), meaningOf(other)];
  const shared = [...a].filter((word) => b.has(word));
  const all = new Set([...a, ...b]);
  if (all.size === 0 || shared.length < SAME_PART * all.size) return false;
  const differing = [...all].filter((word) => !(a.has(word) && b.has(word)));
  return !differing.some((word) => CONTRASTS.has(word) || /^\p{N}+$/u.test(word));
}

function meaningOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter((word) => !FILLERS.has(word)));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
