/**
 * When a model is asked about a stay: not before its picture is good, and when it is known
 * what it is, as that is a fact for the model. Asks nobody itself.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { OpenWork } from "../base/open_work.ts";
import type { Running } from "./camera_stories.ts";
import type { EpisodeStory } from "./episode_story.ts";

/** A model is asked about what has been here so long: before, the picture gets better. */
const ASK_AFTER_MS = 2_000;
/** The first look is over four to six seconds after somebody came; one as late is not waited for. */
const LOOK_MS = 8_000;
/** The last one takes a second or two; where the camera is over nothing is heard of it. */
const LAST_LOOK_MS = 6_000;

/** Of a stay that goes on. Cheap: asked with every frame. */
export function isTimeToAsk(
  { episode, endMs, classified }: Pick<EpisodeStory, "episode" | "endMs" | "classified">,
): boolean {
  const afterMs = classified?.state === "waiting" ? LOOK_MS : ASK_AFTER_MS;
  return endMs - episode.startMs >= afterMs;
}

/** Stays that are over, until it is known what they were, or for some seconds. */
export class LastLooks implements Disposable {
  readonly #clock: Clock;
  readonly #open: OpenWork;
  readonly #waiting = new Map<Running, { readonly late: Disposable; ask(): void }>();

  /** @param open counts those that wait */
  constructor(clock: Clock, open: OpenWork) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Calls `ask` once: with `known()`, or when that is late. */
  wait(running: Running, ask: () => void): void {
    this.#open.begin();
    const late = this.#clock.after(LAST_LOOK_MS, () => this.known(running));
    this.#waiting.set(running, { late, ask });
  }

  /** It is known what it was; one that nobody waits for does nothing. */
  known(running: Running): void {
    const one = this.#waiting.get(running);
    if (!one) return;
    this.#waiting.delete(running);
    one.late[Symbol.dispose]();
    try {
      one.ask();
    } finally {
      this.#open.end();
    }
  }

  /** Nobody is asked any more. */
  [Symbol.dispose](): void {
    for (const { late } of this.#waiting.values()) {
      late[Symbol.dispose]();
      this.#open.end();
    }
    this.#waiting.clear();
  }
}
