/**
 * Can it tell people from cars here: are model and runtime there, do they see what is in
 * a known picture, and how long does it take?
 * @module
 */
import { Fault } from "../../base/fault.ts";
import { type BoxHealth, readBoxHealth } from "../../base/box_health.ts";
import { lackOfRoom } from "../../classes/box_room.ts";
import { REMEDY } from "../../classes/built_files.ts";
import { CHILD_MS, Classifier } from "../../classes/classifier.ts";
import { MODEL_NAME } from "../../classes/label.ts";
import { classifierCommand } from "../../classes/own_command.ts";
import { readOwnModel } from "../../classes/own_model.ts";
import { ownKnownPicture } from "../../classes/own_picture.ts";
import {
  type KnownPicture,
  type SelfTest,
  testClassifier,
} from "../../classes/self_check.ts";
import { type Check, type CheckContext, faultFinding, type Finding } from "./check.ts";

export const check: Check = { name: "classes", timeoutMs: 40_000, run };

/** Longer than a child may take in `run`: the other checks run beside it. */
const LIMIT_MS = 35_000;
/** Crops of one track, and looks at each where it stays unknown: by both detectors. */
const CROPS = 3;
const LOOKS = 4;

async function run(context: CheckContext): Promise<readonly Finding[]> {
  const { classes, classesModel } = context.configuration.settings;
  if (classes === "off") return [{ level: "good", words: "off, by the settings" }];
  const short = roomFinding(readBoxHealth().memory);
  if (short) return [short];
  if (classesModel === undefined) {
    return [findingOf(await tested(context), { model: MODEL_NAME, toDo: REMEDY })];
  }
  const toDo = ownRemedy(classesModel);
  try {
    const described = readOwnModel(classesModel);
    const known = ownKnownPicture(described);
    const test = await tested(context, { known, classesModel });
    return [findingOf(test, { model: described.model, toDo })];
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return [{ ...faultFinding(thrown, "warning"), toDo }];
  }
}

async function tested(
  { clock, signal }: CheckContext,
  own?: { readonly known: KnownPicture; readonly classesModel: string },
): Promise<SelfTest> {
  const command = classifierCommand(own?.classesModel);
  const classifier = new Classifier({ command, limitMs: LIMIT_MS, clock, isNice: false });
  return await testClassifier(classifier, { signal, ...(own && { known: own.known }) });
}

function ownRemedy(folder: string): string {
  return "docs/guide/own-model.md has every line of model.json, and how ONNX Runtime " +
    `comes into ${folder}`;
}

/** What is said instead of a look, on a box that has no memory for one. */
export function roomFinding(memory: BoxHealth["memory"]): Finding | undefined {
  const lack = lackOfRoom(memory);
  return lack === undefined ? undefined : {
    level: "warning",
    words: `the box ${lack}: what moves is not told apart while that is so`,
    toDo: "free -m; watch fewer cameras, or set classes: off",
    facts: { model: MODEL_NAME, availableBytes: memory!.availableBytes },
  };
}

/** Which detector was looked at, and what to do where its files are no good. */
export interface Tested {
  readonly model: string;
  readonly toDo: string;
}

/** Without labels everything else works, so that nothing here is broken. */
export function findingOf(test: SelfTest, of: Tested): Finding {
  switch (test.kind) {
    case "passed":
      return passedFinding(test);
    case "wrong":
      return {
        level: "warning",
        words: test.words,
        toDo: "report it with streamware version --json and the output of lscpu",
        facts: { model: of.model, score: test.label.score },
      };
    case "failed":
      return failedFinding(test, of);
  }
}

function passedFinding({ label, by, ...took }: SelfTest & { kind: "passed" }): Finding {
  const [loadMs, cropMs] = [Math.round(took.loadMs), Math.round(took.cropMs)];
  const { model, runtime } = by;
  const found = {
    words: `${model} sees the ${label.class} in a known picture (${
      label.score.toFixed(2)
    }), in ${cropMs} ms once loaded in ${loadMs} ms, by ${runtime}`,
    facts: { model, runtime, loadMs, cropMs },
  };
  const trackMs = took.loadMs + LOOKS * CROPS * took.cropMs;
  if (trackMs < CHILD_MS) return { level: "good", ...found };
  return {
    level: "warning",
    ...found,
    words: `${found.words}: too slow for the ${CHILD_MS / 1_000} s that a look may take`,
    toDo: SLOW_REMEDY,
  };
}

function failedFinding(
  { reason, words }: SelfTest & { kind: "failed" },
  { model, toDo: mending }: Tested,
): Finding {
  const facts = { model, reason };
  if (reason === "late") {
    return {
      level: "warning",
      words: `${model} was not done with a known picture after ${
        LIMIT_MS / 1_000
      } s: this box is too slow for it, or too busy now`,
      toDo: SLOW_REMEDY,
      facts,
    };
  }
  const isFiles = ["missing", "damaged", "unfit"].includes(reason);
  const toDo = isFiles ? mending : "streamware doctor --json once more; free -m";
  return { level: "warning", words, toDo, facts };
}

const SLOW_REMEDY =
  "streamware doctor once more while less goes on; where it stays so, " +
  "set classes: off";
