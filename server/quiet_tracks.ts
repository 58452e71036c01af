/**
 * Which events of a frame are about something that is kept quiet: they are facts of the
 * motion DSL, and belong in no list of what happened. Bounded; one camera each.
 * @module
 */
import type { Observation } from "../analysis/dsl/observation.ts";

/** Tracks remembered; one more forgets the one that was kept quiet first. */
const TRACKS_MAX = 512;

export class QuietTracks {
  /** Those whose last blob was kept quiet: their end comes when there is none any more. */
  readonly #quiet = new Set<number>();

  /** The tracks with an event in this frame that are kept quiet. Cheap without events. */
  step({ blobs, events }: Pick<Observation, "blobs" | "events">): readonly number[] {
    for (const { id, suppressed } of blobs) {
      if (suppressed === undefined) this.#quiet.delete(id);
      else this.#keep(id);
    }
    const about = events.map(({ blob }) => blob).filter((id) => this.#quiet.has(id));
    return [...new Set(about)];
  }

  /** Whether a track is kept quiet, as far as its last blob said. */
  has(track: number): boolean {
    return this.#quiet.has(track);
  }

  #keep(id: number): void {
    this.#quiet.add(id);
    if (this.#quiet.size <= TRACKS_MAX) return;
    for (const first of this.#quiet) {
      this.#quiet.delete(first);
      return;
    }
  }
}
