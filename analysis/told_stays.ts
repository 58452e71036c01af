/**
 * Stays that were told as over a moment ago, for what becomes known of them only then:
 * what somebody was who went by in two seconds.
 *
 * Bounded in number and in time; what comes later than that is told of nobody.
 * @module
 */
import type { Episode } from "./dsl/episode.ts";

/** How long after its end a stay may still be told of, ms. */
const KEPT_MS = 120_000;
const STAYS_MAX = 256;

export class ToldStays {
  /** In the order in which they ended. */
  #stays: Episode[] = [];

  ended(stay: Episode): void {
    this.#stays.push(stay);
    if (this.#stays.length > STAYS_MAX) this.#stays.shift();
  }

  /** Those of a track, oldest first. */
  of(track: number): readonly Episode[] {
    return this.#stays.filter((stay) => stay.track === track);
  }

  /** @param nowMs of the observations' clock */
  forget(nowMs: number): void {
    const isOld = ({ endMs }: Episode) => nowMs - endMs > KEPT_MS;
    if (this.#stays[0] && isOld(this.#stays[0])) {
      this.#stays = this.#stays.filter((stay) => !isOld(stay));
    }
  }

  /** The clock was set. */
  shift(stepMs: number): void {
    this.#stays = this.#stays.map((stay) => ({
      ...stay,
      startMs: stay.startMs + stepMs,
      endMs: stay.endMs + stepMs,
    }));
  }
}
