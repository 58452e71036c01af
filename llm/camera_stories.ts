/**
 * The open episodes of one camera, and when one of them has grown enough to be told of
 * again. Pure and bounded; tells nobody.
 * @module
 */
import type { ObjectClass } from "../analysis/dsl/class_line.ts";
import type { Episode, Suppression } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { EpisodeStory } from "./episode_story.ts";
import type { Occasion } from "./template.ts";

/** One episode while it is open, and a while after, when a model is still asked. */
export interface Running {
  readonly story: EpisodeStory;
  /** As it ended; undefined while it goes on. */
  closed: Episode | undefined;
  /**
   * Whether a model is asked: `not-yet`; `at-end`: there was no picture while it went on;
   * `over`: it was asked, or will not be.
   */
  asking: "not-yet" | "at-end" | "over";
  /** Nothing is told of it yet: so far it may be a flicker. */
  isHeld: boolean;
  /** Its newest picture, and which frame that shows. */
  picture:
    | { readonly ptsUs: number; readonly jpeg: Uint8Array<ArrayBuffer> }
    | undefined;
  /** What was told of it last, and by which name; undefined: nothing, without one. */
  told: Occasion | undefined;
  named: string | undefined;
  /** And the class of that. */
  namedClass: ObjectClass | undefined;
  /** What would have been told, had it been known what it is. */
  owed: Occasion | undefined;
  /** Stops that were told, or passed over. */
  stopsSeen: number;
  /** Place in `MILESTONES_MS` of the next one. */
  milestone: number;
}

/** It turned out to be no flicker, it stopped, or it is here for so long. */
export interface Growth {
  readonly running: Running;
  readonly occasion: "opened" | "stopped" | "stayed";
}

/** More at one time is a swarm: the oldest is not followed any more. */
const STORIES_MAX = 64;

/** A stay is told of again when it has lasted so long, ms. */
const MILESTONES_MS: readonly number[] = [30_000, 120_000, 600_000];

/** Who stops and goes on again and again is told of so often. */
const STOPS_TOLD_MAX = 3;

/**
 * What appears inside the picture, goes nowhere and is gone within this, ms, is a glint or
 * a leaf more often than anybody.
 */
const FLICKER_MS = 1_000;

export class CameraStories {
  readonly #running = new Map<number, Running>();
  /** Those that are just over: it may yet become known what they were. */
  readonly #over = new Map<number, Running>();
  #last: Observation | undefined;

  /** Takes a frame. Before the changes that were made of it. */
  observed(observation: Observation): readonly Growth[] {
    this.#last = observation;
    const grown: Growth[] = [];
    if (observation.classes) {
      for (const { story } of this.#over.values()) story.classify(observation.classes);
    }
    for (const running of this.#running.values()) {
      running.story.observed(observation);
      if (running.isHeld && !mayBeFlicker(running)) {
        running.isHeld = false;
        if (running.story.suppressed === null) {
          grown.push({ running, occasion: "opened" });
        }
      }
      const occasion = growthOf(running);
      if (occasion) grown.push({ running, occasion });
    }
    return grown;
  }

  /** @returns the new one, and the one that gave way */
  opened(episode: Episode): { readonly running: Running; readonly lost: boolean } {
    const lost = this.#running.size >= STORIES_MAX && this.#forgetOldest();
    const running = begin(episode, "not-yet");
    this.#running.set(episode.id, running);
    if (this.#last) running.story.observed(this.#last);
    running.isHeld = mayBeFlicker(running);
    return { running, lost };
  }

  /**
   * Ends it; still held, it was a flicker. One that was not followed to its end has but
   * its episode to tell, and a model may have been asked about it.
   */
  closed(episode: Episode): Running {
    const running = this.#running.get(episode.id) ?? begin(episode, "over");
    this.#running.delete(episode.id);
    this.#over.set(episode.id, running);
    if (this.#over.size > STORIES_MAX) this.#over.delete(this.#over.keys().next().value!);
    running.closed = episode;
    if (running.isHeld) running.isHeld = mayBeFlicker(running);
    return running;
  }

  /** It became known what it is; also of one that is just over. */
  classified(episode: Episode): Running | undefined {
    const running = this.#running.get(episode.id) ?? this.#over.get(episode.id);
    if (running?.closed) running.closed = episode;
    return running;
  }

  /** The clock was set, by so much: see `EpisodeStory.shift`. */
  shift(ms: number): void {
    for (const { story } of this.#running.values()) story.shift(ms);
  }

  /** The episodes in the picture, which a model may be asked about. */
  inPicture(): readonly Running[] {
    return [...this.#running.values()].filter(({ story }) => story.episode.zone === null);
  }

  /** The zone that a track is in, the one it came into last. */
  zoneOf(track: number): string | null {
    let zone: string | null = null;
    for (const { story: { episode } } of this.#running.values()) {
      if (episode.track === track && episode.zone !== null) zone = episode.zone;
    }
    return zone;
  }

  #forgetOldest(): boolean {
    for (const id of this.#running.keys()) return this.#running.delete(id);
    return false;
  }
}

function begin(episode: Episode, asking: Running["asking"]): Running {
  return {
    story: new EpisodeStory(episode),
    closed: undefined,
    asking,
    isHeld: false,
    picture: undefined,
    ...{ told: undefined, named: undefined, namedClass: undefined, owed: undefined },
    stopsSeen: 0,
    milestone: 0,
  };
}

function mayBeFlicker({ story, closed }: Running): boolean {
  const { startMs, enter } = story.episode;
  const stayedMs = (closed?.endMs ?? story.endMs) - startMs;
  const hasLeft = closed?.exit?.startsWith("EXIT") ?? false;
  return enter === "APPEAR" && !hasLeft && stayedMs < FLICKER_MS &&
    !story.hasGoneSomewhere;
}

/** Only stays in the picture grow: their words name the zone. */
function growthOf(running: Running): Growth["occasion"] | undefined {
  const { story } = running;
  if (story.episode.zone !== null) return undefined;
  const hasStopped = story.stops > running.stopsSeen;
  running.stopsSeen = story.stops;
  const dwellMs = story.endMs - story.episode.startMs;
  const reached = MILESTONES_MS.filter((ms) => dwellMs >= ms).length;
  const hasStayed = reached > running.milestone;
  running.milestone = reached;
  if (story.suppressed !== null) return undefined;
  if (hasStayed) return "stayed";
  return hasStopped && story.stops <= STOPS_TOLD_MAX ? "stopped" : undefined;
}

/** As it ended, or as it is so far. */
export function episodeNow({ story, closed }: Running): Episode {
  return closed ?? story.tell().episode;
}

/** The verdict of its end, also when that takes back what was thought before. */
export function suppressedOf({ story, closed }: Running): Suppression | null {
  return closed ? closed.suppressed : story.suppressed;
}
