/**
 * Whether an answer is our question come back, or notes for machines, instead of a
 * sentence about the picture. Pure.
 * @module
 */
import type { Prompt } from "./prompt.ts";

/** More than a prompt has: what comes after it is not read. */
const READ_CHARS_MAX = 4_000;

/** A line of the DSL, a field of one or a value of one: no sentence has it. */
const DSL_WORDS = new RegExp(
  "\\bBLOB\\b|\\b(?:FRAME|TRACK|EVENT|EDGE|CAUSE|DELTA)\\b(?=[ :=]*(?:\\d|id\\b|type\\b|blob\\b))|" +
    "\\b(?:id|blob|dir|pos|size|vel|vel_s|speed|speed_s|motion_pct|pts_us|type|coast) ?= ?[\\d(A-Z]|" +
    "\\bblob (?:id\\b|\\d)|\\b0\\.\\d{3}|\\b(?:pos|position|size|at) \\(?0\\.\\d",
  "u",
);

/** So many words that stand in the prompt in a row, and nothing else, are it. */
const WHOLE_WORDS = 4;
/** So many words in a row of the prompt are no chance. */
const RUN_WORDS = 5;
/** When half of an answer stood in the prompt it is no answer. */
const RUN_PART = 0.5;

/** Whether an answer gives back the question, or speaks in its DSL. */
export function isEcho(text: string, prompt: Prompt): boolean {
  const read = text.slice(0, READ_CHARS_MAX);
  if (DSL_WORDS.test(read)) return true;
  const said = wordsOf(read);
  const asked = wordsOf(`${prompt.system}\n${prompt.user}`);
  if (said.length < WHOLE_WORDS) return false;
  if (` ${asked.join(" ")} `.includes(` ${said.join(" ")} `)) return true;
  const [runs, known] = [runsOf(said), runsOf(asked)];
  if (runs.size === 0) return false;
  const shared = [...runs].filter((run) => known.has(run));
  return shared.length >= RUN_PART * runs.size;
}

function runsOf(words: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  for (let at = 0; at + RUN_WORDS <= words.length; at++) {
    runs.add(words.slice(at, at + RUN_WORDS).join(" "));
  }
  return runs;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
