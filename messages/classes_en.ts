/**
 * What a thing is, in English, for the page: its name, and how sure it is.
 * @module
 */
import type { Classified, ClassReason, ObjectClass } from "../analysis/dsl/class_line.ts";

const NAMES: Readonly<Record<ObjectClass, string>> = {
  person: "person",
  vehicle: "vehicle",
  bike: "bicycle or motorcycle",
  animal: "animal",
  unknown: "unknown",
};

/** For choosing among what was told. */
const KINDS: Readonly<Record<ObjectClass, string>> = {
  person: "People",
  vehicle: "Vehicles",
  bike: "Bikes",
  animal: "Animals",
  unknown: "Unknown",
};

/** Why something is unknown. */
const REASONS: Readonly<Record<ClassReason, string>> = {
  no_crop: "There was no picture of it to look at",
  no_model: "The detector is missing: streamware doctor",
  failed: "The detector failed: streamware doctor",
  late: "The detector was not done in time",
  full: "The detector had too much to do",
  spared: "The detector was left out to spare the box",
  still: "It went nowhere by itself, whatever it looks like",
};

export const classWords = {
  /** Beside a sentence: `truck`, `probably a person` without its article, `unknown`. */
  mark({ state, class: word, detail }: Classified): string {
    switch (state) {
      case "waiting":
        return "not looked at yet";
      case "unknown":
        return NAMES.unknown;
      case "sure":
      case "probable": {
        const name = detail ?? (word === undefined ? NAMES.unknown : NAMES[word]);
        return state === "sure" ? name : `probably ${name}`;
      }
    }
  },
  /** On a box, where there is little room; undefined where there is nothing to say. */
  chip({ state, class: word, detail }: Classified): string | undefined {
    if (state !== "sure" && state !== "probable") return undefined;
    return state === "sure" ? detail ?? word : `${word}?`;
  },
  /** What the mark stands on: the reason why it is unknown, or how sure the detector is. */
  because({ why, score }: Classified): string | undefined {
    if (why !== undefined) return REASONS[why];
    return score === undefined
      ? undefined
      : `The detector's score: ${score.toFixed(2)} of 1`;
  },
  filter: "Show",
  all: "All",
  kind: (kind: ObjectClass, count: number) => `${KINDS[kind]} (${count})`,
  noneOfKind: "None of this kind among what is remembered.",
} as const;
