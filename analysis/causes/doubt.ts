/**
 * Sets the two marks of a track that judges speak with: `withheld`, no id so far, and
 * `suppressed`, kept quiet; and says each suppressed track once by its id.
 * What is solid (`evidence.ts`) is neither.
 * @module
 */
import type { Cause } from "../dsl/observation.ts";
import type { Track } from "../tracking/track.ts";
import type { Voice } from "./voice.ts";

/**
 * A doubt that lasts this long is a verdict. What is in doubt gets no id before, so that
 * what shows to be solid in the meantime is told as if it had never been doubted.
 */
const VERDICT_S = 3;

export class Doubts {
  readonly #voice: Voice;
  readonly #said = new WeakSet<Track>();

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  /** Not told yet; kept quiet if it is still in doubt when it has to be decided. */
  doubt(track: Track, cause: Cause, score: number): void {
    if (track.confirmed || track.suppressed !== undefined) return;
    track.withheld = true;
    // Of what the picture's edge still cuts too little has been seen for a verdict.
    if (track.ageS >= VERDICT_S && !track.cut) this.suppress(track, cause, score);
  }

  /** Kept quiet from now on. */
  suppress(track: Track, cause: Cause, score: number): void {
    track.suppressed = { cause, score };
    track.withheld = false;
  }

  /** Says those that have an id by now. */
  say(tracks: readonly Track[]): void {
    for (const track of tracks) {
      if (track.suppressed === undefined || !track.confirmed) continue;
      if (this.#said.has(track)) continue;
      this.#said.add(track);
      this.#voice.tellOf(track.suppressed.cause, track.suppressed.score, track.id);
    }
  }
}
