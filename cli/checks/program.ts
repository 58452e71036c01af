/**
 * Does the program run, and what does it say?
 * @module
 */
import { durationWords } from "../terminal_text.ts";
import type { Check } from "./check.ts";

export const check: Check = {
  name: "program",
  timeoutMs: 5_000,
  run: ({ program, places }) => {
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
