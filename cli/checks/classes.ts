/**
 * Can it tell people from cars here: are model and runtime there, do they see what is in
 * a known picture, and how long does it take?
 * @module
 */
import { REMEDY } from "../../classes/built_files.ts";
import { Classifier } from "../../classes/classifier.ts";
import { MODEL_NAME } from "../../classes/label.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { type SelfTest, testClassifier } from "../../classes/self_check.ts";
import type { Check, CheckContext, Finding } from "./check.ts";

export const check: Check = { name: "classes", timeoutMs: 40_000, run };

/** A Raspberry Pi 4 takes 3 s; the other checks run beside it. */
const LIMIT_MS = 35_000;

async function run({ clock, signal }: CheckContext): Promise<readonly Finding[]> {
  const command = classifierCommand();
  const classifier = new Classifier({ command, limitMs: LIMIT_MS, clock, isNice: false });
  return [findingOf(await testClassifier(classifier, { signal }))];
}

/** Without labels everything else works, so that nothing here is broken. */
export function findingOf(test: SelfTest): Finding {
  switch (test.kind) {
    case "passed": {
      const [loadMs, cropMs] = [Math.round(test.loadMs), Math.round(test.cropMs)];
      const { class: label, score } = test.label;
      return {
        level: "good",
        words: `${MODEL_NAME} sees the ${label} in a known picture (${
          score.toFixed(2)
        }), in ${cropMs} ms after ${loadMs} ms`,
        facts: { model: MODEL_NAME, runtime: "XNNPACK in WebAssembly", loadMs, cropMs },
      };
    }
    case "wrong":
      return {
        level: "warning",
        words: test.words,
        toDo: "report it with streamware version --json and the output of lscpu",
        facts: { model: MODEL_NAME, score: test.label.score },
      };
    case "failed":
      return {
        level: "warning",
        words: test.words,
        toDo: test.reason === "missing" || test.reason === "damaged"
          ? REMEDY
          : "streamware doctor --json once more; free -m",
        facts: { model: MODEL_NAME, reason: test.reason },
      };
  }
}
