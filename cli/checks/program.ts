/**
 * Does the program run, and what does it say?
 * @module
 */
import { durationWords } from "../terminal_text.ts";
import { MayNotAsk, NobodyAnswers } from "../control_client.ts";
import { type Check, faultFinding, type FindingLevel } from "./check.ts";

export const check: Check = {
  name: "program",
  timeoutMs: 5_000,
  run: ({ program, silence, places }) => {
    if (silence) return Promise.resolve([faultFinding(silence, levelOf(silence))]);
    if (!program) {
      const words = `no program answers at ${places.controlSocket}`;
      const toDo = "streamware service status; or start it: streamware run";
      return Promise.resolve([{ level: "note", words, toDo }]);
    }
    const up = durationWords(program.utcMs - program.startedUtcMs);
    const words = `${program.programVersion} runs since ${up}, ${program.status}: ` +
      program.why;
    const level = program.status === "well" ? "good" : "warning";
    const toDo = program.status === "well" ? {} : { toDo: "streamware status" };
    return Promise.resolve([{ level, words, ...toDo, facts: { pid: program.pid } }]);
  },
};

/** One that hangs is broken; one of another version says nothing of how it is. */
function levelOf(silence: Error): FindingLevel {
  if (silence instanceof MayNotAsk) return "note";
  return silence instanceof NobodyAnswers ? "broken" : "warning";
}
