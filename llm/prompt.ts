/**
 * What a model is asked. ONE shape always: a system message, one user message with
 * facts and one picture; a server of today fails when the shape of prompts with pictures
 * changes from request to request. Pure.
 *
 * Plain text is asked for, no JSON schema: a cut answer is then still a sentence where
 * JSON would be broken, and its text can be bounded while it comes.
 * @module
 */

/** A question as a chat has it. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** What a model says when there is nothing to be said; the filter knows it. */
export const NOTHING = "NOTHING";

/**
 * Lines of facts in a prompt. Digits cost a token each: a line is some 60, so these and
 * a picture fit into a context of 4,096 tokens. A longer one is cut without a word.
 */
export const PROMPT_LINES_MAX = 16;

const SYSTEM = "You describe one picture from a fixed camera for its owner. " +
  "Answer with one short, plain English sentence: what is visible and what it is doing. " +
  "Say only what you can see in the picture. Do not guess names, intentions, or what " +
  "happened before or after. Do not repeat the facts, do not mention numbers, the " +
  `picture or the camera. If nothing is to be seen, answer only ${NOTHING}.`;

/** @param dsl lines about the track, oldest first */
export function promptOf(dsl: readonly string[]): Prompt {
  const facts = withoutMiddle(dsl).map((line) => line.trim()).join("\n");
  return {
    system: SYSTEM,
    user: "Facts measured from motion, without looking at the picture (positions and " +
      `sizes 0..1, x to the right, y down):\n${facts}\n` +
      (facts.includes("CLASS ")
        ? "The CLASS line is a detector's judgement: never be surer of what it is than " +
          "that line.\n"
        : "") +
      "What is in the picture, and what is it doing?",
  };
}

/** How it began and how it is now tell more than what was between. */
function withoutMiddle(lines: readonly string[]): readonly string[] {
  if (lines.length <= PROMPT_LINES_MAX) return lines;
  const half = PROMPT_LINES_MAX / 2;
  return [...lines.slice(0, half), ...lines.slice(-half)];
}
