/**
 * A sentence without any model: which happening a story amounts to. The words are
 * `messages/narration_en.ts`. Pure; an episode that is kept quiet is never told here.
 * @module
 */
import {
  className,
  type Happening,
  type Place,
  sentenceOf,
  type Subject,
} from "../messages/narration_en.ts";
import type { Episode } from "../analysis/dsl/episode.ts";
import type { Story } from "./episode_story.ts";

/** What a sentence is wanted for: a moment of the episode, or what made it grow. */
export type Occasion = "opened" | "stopped" | "stayed" | "closed";

export interface TemplateOptions {
  readonly occasion: Occasion;
  /** The zone that it is in, for an episode in the picture. */
  readonly inZone: string | null;
}

/** A fifth of the picture is near the camera, or a lorry. */
const LARGE_SIZE = 0.2;
/** 1/20 of the width by 1/20 of the height: a cat at the fence, a walker far away. */
const SMALL_SIZE = 0.0025;
/** Through the whole picture in under 1.7 s: no walker is. */
const FAST_PER_S = 0.6;
/** Left of this is left, right of its mirror is right. */
const SIDE_PART = 0.35;

/** One sentence, with its period, of what motion alone knows. */
export function templateSentence(story: Story, options: TemplateOptions): string {
  return sentenceOf(happeningOf(story, options), subjectOf(story));
}

function happeningOf(story: Story, options: TemplateOptions): Happening {
  const { episode, dwellMs, hasStood, standingMs } = story;
  const { zone, enter, exit } = episode;
  switch (options.occasion) {
    case "opened":
      return zone === null ? { kind: "came", enter } : { kind: "came-into", zone, enter };
    case "stopped":
      return { kind: "stopped", place: placeOf(story, options) };
    case "stayed": {
      const place = placeOf(story, options);
      return standingMs === undefined
        ? { kind: "moves", place: inZoneOnly(place), forMs: dwellMs }
        : { kind: "stands", place, forMs: standingMs };
    }
    case "closed":
      return zone === null
        ? { kind: "gone", enter, exit, hasStood, afterMs: dwellMs }
        : { kind: "left-zone", zone, exit, hasStood, afterMs: dwellMs };
  }
}

/** What moves about is on no side of the picture. */
function inZoneOnly(place: Place): Place {
  return place.kind === "zone" ? place : { kind: "somewhere" };
}

function placeOf({ episode, lastX }: Story, { inZone }: TemplateOptions): Place {
  const zone = episode.zone ?? inZone;
  if (zone !== null) return { kind: "zone", zone };
  if (lastX === undefined) return { kind: "somewhere" };
  if (lastX < SIDE_PART) return { kind: "side", side: "left" };
  return { kind: "side", side: lastX > 1 - SIDE_PART ? "right" : "middle" };
}

/** What it is called, as in "probably a dog"; undefined: nobody knows. */
export function nameOf({ classified }: Pick<Episode, "classified">): string | undefined {
  if (classified?.state !== "sure" && classified?.state !== "probable") return undefined;
  const word = classified.detail ?? classified.class;
  if (word === undefined) return undefined;
  return className(word, { isSure: classified.state === "sure" });
}

function subjectOf({ episode, sizeMax, speedPerS, othersMax }: Story): Subject {
  const name = nameOf(episode);
  const small = sizeMax > 0 && sizeMax <= SMALL_SIZE;
  return {
    ...(name === undefined ? {} : { name }),
    size: small ? "small" : sizeMax >= LARGE_SIZE ? "large" : "usual",
    isFast: speedPerS >= FAST_PER_S,
    others: othersMax,
  };
}
