/**
 * What happened, as an English sentence: short, natural, naming what it was only where
 * somebody looked, as motion alone does not know that. Words only; which happening it is
 * was decided before.
 * @module
 */
import type { PassageWords } from "../analysis/dsl/episode.ts";
import type { Direction } from "../analysis/dsl/observation.ts";

/** What is known of the one it is about. */
export interface Subject {
  /** `a person`, `probably a dog`; absent: motion is all that is known. */
  readonly name?: string;
  readonly size: "small" | "usual" | "large";
  readonly isFast: boolean;
  /** Most others that were in the picture with it at one time. */
  readonly others: number;
}

/** Where: in a zone, or on a side of the picture. */
export type Place =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "side"; readonly side: "left" | "middle" | "right" }
  | { readonly kind: "somewhere" };

/** What there is to tell. `null` passages: not seen. */
export type Happening =
  | { readonly kind: "came"; readonly enter: PassageWords | null }
  | {
    readonly kind: "came-into";
    readonly zone: string;
    readonly enter: PassageWords | null;
  }
  | { readonly kind: "stopped"; readonly place: Place }
  | { readonly kind: "stands" | "moves"; readonly place: Place; readonly forMs: number }
  | {
    readonly kind: "gone";
    readonly enter: PassageWords | null;
    readonly exit: PassageWords | null;
    readonly hasStood: boolean;
    readonly afterMs: number;
  }
  | {
    readonly kind: "left-zone";
    readonly zone: string;
    readonly exit: PassageWords | null;
    readonly hasStood: boolean;
    readonly afterMs: number;
  };

/** One sentence, with its period. */
export function sentenceOf(happening: Happening, subject: Subject): string {
  const who = subjectOf(happening, subject);
  const company = companyOf(happening, subject.others);
  return `${who} ${predicateOf(happening)}${company}.`;
}

/** `less than a second`, `1 second`, `90 seconds`, `2 minutes`, `3 hours`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 1) return "less than a second";
  if (seconds < 100) return counted(seconds, "second");
  const minutes = Math.round(seconds / 60);
  return minutes < 100
    ? counted(minutes, "minute")
    : counted(Math.round(minutes / 60), "hour");
}

/** A class or its detail with its article: `a truck`, `an animal`, `probably a person`. */
export function className(
  word: string,
  { isSure }: { readonly isSure: boolean },
): string {
  const plain = word === "bike" ? "bicycle or motorcycle" : word;
  const article = /^[aeiou]/.test(plain) ? "an" : "a";
  return `${isSure ? "" : "probably "}${article} ${plain}`;
}

function subjectOf(
  happening: Happening,
  { name, size, isFast, others }: Subject,
): string {
  if (name !== undefined) return name.charAt(0).toUpperCase() + name.slice(1);
  switch (happening.kind) {
    case "came":
    case "came-into":
    case "stopped":
    case "stands":
    case "moves":
      return others > 0 ? "Something else" : "Something";
    case "gone":
    case "left-zone": {
      const looks = [size === "usual" ? "" : size, isFast ? "fast" : ""];
      return ["Something", looks.filter((look) => look).join(" and ")].join(" ").trim();
    }
  }
}

function predicateOf(happening: Happening): string {
  switch (happening.kind) {
    case "came":
      return happening.enter === null ? "is moving in the picture" : cameIn(happening);
    case "came-into":
      return (happening.enter === "APPEAR" ? "appeared in " : "came into ") +
        named(happening.zone);
    case "stopped":
      return joined("stopped", placeText(happening.place));
    case "stands":
    case "moves": {
      const doing = happening.kind === "stands" ? "standing" : "moving about";
      const since = `for ${durationText(happening.forMs)}`;
      return joined("has been", doing, placeText(happening.place), since);
    }
    case "gone":
      return goneText(happening);
    case "left-zone":
      return leftZoneText(happening);
  }
}

type Gone = Extract<Happening, { kind: "gone" }>;

function goneText({ enter, exit, hasStood, afterMs }: Gone): string {
  const time = durationText(afterMs);
  const [from, to] = [edgeOf(enter), edgeOf(exit)];
  if (!hasStood && from && to && OPPOSITE[from] === to) {
    return `crossed from ${SIDE[from]} to ${SIDE[to]} in ${time}`;
  }
  const steps = [
    enter === null ? "" : cameIn({ enter }),
    hasStood ? "stopped" : "",
    goneStep({ enter, exit }),
  ].filter((step) => step !== "");
  const last = steps.pop();
  const before = steps.length > 1 ? `${steps.join(", ")}, and` : joined(...steps, "and");
  const told = steps.length === 0 ? `${last}` : `${before} ${last}`;
  return `${told} ${exit === null ? "for" : "after"} ${time}`;
}

function goneStep({ enter, exit }: Pick<Gone, "enter" | "exit">): string {
  if (exit === null) return "was in view";
  const to = edgeOf(exit);
  if (to !== undefined && to === edgeOf(enter)) return "went back out";
  if (exit === "DISAPPEAR") return "was gone";
  return joined("went out", to === undefined ? "" : EDGE[to]);
}

type LeftZone = Extract<Happening, { kind: "left-zone" }>;

/** Shorter than this it only went through a zone, ms. */
const THROUGH_MS = 5_000;

function leftZoneText({ zone, exit, hasStood, afterMs }: LeftZone): string {
  const time = durationText(afterMs);
  if (exit === null) return `was in ${named(zone)} for ${time}`;
  if (exit === "DISAPPEAR") {
    return `was gone after ${time} in ${named(zone)}`;
  }
  const stay = hasStood ? "stopped in" : "went through";
  if (afterMs < THROUGH_MS) return `${stay} ${named(zone)}`;
  return `${hasStood ? "stopped in and left" : "left"} ${named(zone)} after ${time}`;
}

function cameIn({ enter }: { readonly enter: PassageWords | null }): string {
  if (enter === "APPEAR") return "appeared";
  const from = edgeOf(enter);
  return joined("came in", from === undefined ? "" : FROM[from]);
}

function companyOf(happening: Happening, others: number): string {
  if (happening.kind !== "gone" || others < 1) return "";
  const many = others < NUMBERS.length ? NUMBERS[others] : String(others);
  return `, with ${many} ${others === 1 ? "other" : "others"} in view`;
}

function placeText(place: Place): string {
  switch (place.kind) {
    case "zone":
      return `in ${named(place.zone)}`;
    case "side":
      return place.side === "middle" ? "in the middle" : `on the ${place.side}`;
    case "somewhere":
      return "";
  }
}

/** "front-gate" is the front gate; "the_yard" is the yard. */
function named(zone: string): string {
  const words = zone.replaceAll(/[-_]+/g, " ").trim();
  return words.startsWith("the ") ? words : `the ${words}`;
}

function edgeOf(words: PassageWords | null): Direction | undefined {
  const edge = words?.split(" ")[1];
  return EDGES.find((direction) => direction === edge);
}

const EDGES = ["LEFT", "RIGHT", "UP", "DOWN", "TOWARD", "AWAY"] as const;
type Edge = (typeof EDGES)[number];

const OPPOSITE: Partial<Record<Direction, Edge>> = {
  LEFT: "RIGHT",
  RIGHT: "LEFT",
  UP: "DOWN",
  DOWN: "UP",
};

const SIDE: Readonly<Record<string, string>> = {
  LEFT: "left",
  RIGHT: "right",
  UP: "top",
  DOWN: "bottom",
};

const FROM: Readonly<Record<string, string>> = {
  LEFT: "from the left",
  RIGHT: "from the right",
  UP: "from the top",
  DOWN: "from the bottom",
  TOWARD: "towards the camera",
  AWAY: "away from the camera",
};

const EDGE: Readonly<Record<string, string>> = {
  LEFT: "on the left",
  RIGHT: "on the right",
  UP: "at the top",
  DOWN: "at the bottom",
  TOWARD: "towards the camera",
  AWAY: "away from the camera",
};

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six"];

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(" ");
}
