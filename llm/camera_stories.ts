/**
 * The open episodes of one camera, and when one of them has grown enough to be told of
 * again. Pure and bounded; tells nobody.
 * @module
 */
import type { Episode } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { EpisodeStory } from "./episode_story.ts";

/** One episode while it is open, and a while after, when a model is still asked. */
export interface Running {
  readonly story: EpisodeStory;
  /** As it ended; undefined while it goes on. */
  closed: Episode | undefined;
  /** A model was asked, or will not be. */
  isAsked: boolean;
  /** Its newest picture, and which frame that shows. */
  picture:
    | { readonly ptsUs: number; readonly jpeg: Uint8Array<ArrayBuffer> }
    | undefined;
  /** Stops that were told, or passed over. */
  stopsSeen: number;
  /** Place in `MILESTONES_MS` of the next one. */
  milestone: number;
}

/** It stopped, or it is here for as long as is worth telling. */
export interface Growth {
  readonly running: Running;
  readonly occasion: "stopped" | "stayed";
}

/** More at one time is a swarm: the oldest is not followed any more. */
const STORIES_MAX = 64;

/** A stay is told of again when it has lasted so long, ms. */
const MILESTONES_MS: readonly number[] = [30_000, 120_000, 600_000];

/** Who stops and goes on again and again is told of so often. */
const STOPS_TOLD_MAX = 3;

export class CameraStories {
  readonly #running = new Map<number, Running>();
  #last: Observation | undefined;

  /** Takes a frame. Before the changes that were made of it. */
  observed(observation: Observation): readonly Growth[] {
    this.#last = observation;
    const grown: Growth[] = [];
    for (const running of this.#running.values()) {
      running.story.observed(observation);
      const occasion = growthOf(running);
      if (occasion) grown.push({ running, occasion });
    }
    return grown;
  }

  /** @returns the new one, and the one that gave way */
  opened(episode: Episode): { readonly running: Running; readonly lost: boolean } {
    const lost = this.#running.size >= STORIES_MAX && this.#forgetOldest();
    const running = begin(episode);
    this.#running.set(episode.id, running);
    if (this.#last) running.story.observed(this.#last);
    return { running, lost };
  }

  /** Ends it; one that was not followed has but its episode to tell. */
  closed(episode: Episode): Running {
    const running = this.#running.get(episode.id) ?? begin(episode);
    this.#running.delete(episode.id);
    running.closed = episode;
    return running;
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

function begin(episode: Episode): Running {
  return {
    story: new EpisodeStory(episode),
    closed: undefined,
    isAsked: false,
    picture: undefined,
    stopsSeen: 0,
    milestone: 0,
  };
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
