/**
 * Finds in pixels a picture that stands still more than a camera can: every frame equal
 * to the last, or equal but for a small place where a clock ticks. A real picture has
 * noise; an encoder may hide it for seconds. So it counts what was usual: a source that
 * never repeated a frame is frozen sooner than one that does.
 * A live source's own watch looks at keyframes and says `frozen` too: `capture/`.
 * @module
 */
import type { StateReason } from "../dsl/camera_state.ts";
import type { Measures } from "./measures.ts";

/** Where every frame had noise of its own, seconds. */
const RESTLESS_S = 5;
/** Where frames repeat now and then: an encoder's keyframes come at least so often. */
const CALM_S = 12;
/** A repeat of frames this many times longer than any before is another matter. */
const LONGER = 3;
/** Points that differ from frame to frame where a sensor's noise is seen. */
const RESTLESS_PART = 0.02;
/** The clock's place: cells, of all. */
const CLOCK_PART = 0.03;
const CLOCK_CELLS_MIN = 4;
/** It ticked so often while nothing else moved. */
const TICKS_MIN = 3;
const CLOCK_S = 6;
/** So long, and longer than ever before, and nothing new is looked for in it. */
const REPEATS_S = 0.15;
/** Frames with movement that end it. */
const THAW_FRAMES = 2;

export class FrozenWatch {
  readonly #place: Uint8Array;
  #cells = 0;
  /** Seconds of frames equal to the pixel; of frames equal but for one small place. */
  #equalS = 0;
  #quietS = 0;
  #ticks = 0;
  #restless = 0;
  #longestEqualS = 0;
  #longestQuietS = 0;
  #thaw = 0;

  /** This frame brings nothing new, in a source where every frame does. */
  repeats = false;
  why: Extract<StateReason, "equal" | "clock_only"> | undefined;

  constructor(cells: number) {
    this.#place = new Uint8Array(cells);
  }

  /** Why it is frozen now; undefined when it is not. */
  step(measures: Measures, dtS: number): FrozenWatch["why"] {
    this.repeats = false;
    if (measures.frames < 2) return undefined;
    if (this.why !== undefined) return this.#watchForThaw(measures, dtS);
    if (measures.differing === 0) {
      this.#equalS += dtS;
      this.#quietS += dtS;
    } else {
      this.#endEqual();
      if (this.#isInPlace(measures)) {
        this.#quietS += dtS;
        this.#ticks++;
      } else this.#endQuiet(measures, dtS);
    }
    this.why = this.#judge();
    const restless = this.#restless > RESTLESS_PART;
    this.repeats = restless && this.#quietS > Math.max(REPEATS_S, this.#longestQuietS);
    return this.why;
  }

  #judge(): FrozenWatch["why"] {
    const restless = this.#restless > RESTLESS_PART;
    const least = restless ? RESTLESS_S : CALM_S;
    if (this.#equalS >= Math.max(least, LONGER * this.#longestEqualS)) return "equal";
    const clock = Math.max(CLOCK_S, LONGER * this.#longestQuietS);
    if (!restless || this.#ticks < TICKS_MIN || this.#quietS < clock) return undefined;
    return "clock_only";
  }

  #watchForThaw(measures: Measures, dtS: number): FrozenWatch["why"] {
    const still = measures.differing === 0 || this.#isInPlace(measures);
    this.#thaw = still ? 0 : this.#thaw + 1;
    if (this.#thaw < THAW_FRAMES) return this.why;
    this.why = undefined;
    this.#equalS = 0;
    this.#quietS = 0;
    this.#endQuiet(measures, dtS);
    return undefined;
  }

  /** Whether all that differs lies in the one small place, which may grow to its limit. */
  #isInPlace({ cellDiffers, cells }: Measures): boolean {
    const most = Math.max(CLOCK_CELLS_MIN, Math.floor(CLOCK_PART * cells));
    const place = this.#place;
    let more = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (cellDiffers[cell] !== 0 && place[cell] === 0) more++;
    }
    if (this.#cells + more > most) return false;
    if (more === 0) return true;
    for (let cell = 0; cell < cells; cell++) if (cellDiffers[cell] !== 0) place[cell] = 1;
    this.#cells += more;
    return true;
  }

  #endEqual(): void {
    this.#longestEqualS = Math.max(this.#longestEqualS, this.#equalS);
    this.#equalS = 0;
  }

  #endQuiet(measures: Measures, dtS: number): void {
    this.#longestQuietS = Math.max(this.#longestQuietS, this.#quietS);
    this.#quietS = 0;
    this.#ticks = 0;
    this.#cells = 0;
    this.#place.fill(0);
    const part = Math.min(1, dtS / 3);
    this.#restless += part * (measures.differing / measures.points - this.#restless);
    // What was usual an hour ago says less: both forget with a half-life of minutes.
    const kept = Math.exp(-dtS / 300);
    this.#longestEqualS *= kept;
    this.#longestQuietS *= kept;
  }
}
