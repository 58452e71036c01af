/**
 * Tells when the picture as a whole is upset: much of it is suddenly foreground, or the
 * scene's edges are gone. Says how long; why is for others to find. Size alone is no
 * reason: a person at the door comes over an edge and grows, and leaves the rest as it was.
 * @module
 */
import { type Edges, PLACE_EDGES_MIN } from "./edges.ts";
import type { Measures } from "./measures.ts";

/** What was usual a moment ago is forgotten in this time. */
const MEMORY_S = 0.35;
/** So much more of the picture is foreground than a moment ago … */
const MASK_JUMP = 0.22;
/** … or so many fewer edges are in place. */
const EDGES_JUMP = 0.3;
/** It is held for so long at most, while the scene can still be seen. */
const HOLD_S = 1;
/** The scene cannot be seen: edges in place, of the usual, and foreground. */
const BLIND_KEPT = 0.3;
const BLIND_RAW = 0.15;
/** Of nine parts of the picture, so many may still show their edges. */
const BLIND_PARTS = 1;
/** A picture that shows no edge of the scene is another one when it rests so long … */
const REST_S = 0.8;
/** … with no more points changing than this, … */
const REST_CHANGED = 0.05;
/** … or does not come back in this time. */
const BLIND_S_MAX = 5;
const BLIND_S_MIN = 1;

export class UpsetWatch {
  #mask = 0;
  #kept = 1;
  #forS = Infinity;
  #blindS = 0;
  #restS = 0;
  #usualChanged = 0;

  /** Something upset the picture within the last moment. */
  active = false;
  /** Nothing of the scene is in its place. */
  blind = false;
  /** The scene has been out of sight, and what is seen instead has come to rest. */
  elsewhere = false;

  /** @param given `blurred`: the edges are faint, but where they were */
  step(
    measures: Measures,
    edges: Edges,
    given: {
      readonly dtS: number;
      readonly usualKept: number;
      readonly blurred: boolean;
    },
  ): void {
    const { dtS } = given;
    const known = edges.count >= PLACE_EDGES_MIN;
    const kept = known ? edges.kept / given.usualKept : 1;
    const jumps = measures.mask - this.#mask > MASK_JUMP ||
      this.#kept - kept > EDGES_JUMP;
    const held = Math.exp(-dtS / MEMORY_S);
    this.#mask = Math.min(
      measures.mask,
      held * this.#mask + (1 - held) * measures.mask,
    );
    this.#kept = Math.max(kept, held * this.#kept + (1 - held) * kept);
    this.#forS = jumps ? (this.active ? this.#forS + dtS : 0) : this.#forS + dtS;
    this.active = this.#forS < HOLD_S;
    this.blind = known && kept < BLIND_KEPT && measures.raw > BLIND_RAW &&
      edges.partsKept <= BLIND_PARTS && !given.blurred;
    this.#rest(measures, dtS);
  }

  /** The reason is known and dealt with. */
  settle(): void {
    this.#forS = Infinity;
    this.#blindS = 0;
    this.#restS = 0;
    this.active = false;
    this.blind = false;
    this.elsewhere = false;
  }

  #rest({ changed }: Measures, dtS: number): void {
    if (!this.blind) {
      this.#blindS = 0;
      this.#restS = 0;
      this.elsewhere = false;
      this.#usualChanged += Math.min(1, dtS / 5) * (changed - this.#usualChanged);
      return;
    }
    this.#blindS += dtS;
    const rests = changed <= Math.max(REST_CHANGED, 2 * this.#usualChanged);
    this.#restS = rests ? this.#restS + dtS : 0;
    this.elsewhere = this.#blindS >= BLIND_S_MAX ||
      (this.#restS >= REST_S && this.#blindS >= BLIND_S_MIN);
  }
}
