/**
 * How much of a frame is learned, from the time that passed: so that 5 and 25 frames
 * a second give the same memory. Knows nothing of pixels.
 * @module
 */
import type { Pace } from "./kernels/kernels.ts";

/** The rates below were found at this time between frames. */
const USUAL_MS = 40;
/** Of 256, per visited row and usual frame: a sample of eight lives about four seconds. */
const RATE = 64;
const RATE_MAX = 255;
const RATE_MIN = 8;
/** The means' shift at the usual time: about a second of memory, as a row is visited every fourth frame. */
const SHIFT = 3;
const SHIFT_MAX = 6;
/** Until then nearly everything is learned: what stands there is the scene. */
const WARM_UP_MS = 2_400;
/** The count of turns goes back to a multiple of every period in it, not to 0: that is a start. */
const TURNS = 2 ** 30;
const TURNS_AGAIN = 2 ** 10;
/** Nothing changes with age long before. */
const AGE_MAX_MS = 2 ** 31;

/** A camera's pace: the same object for all frames, so that nothing is allocated. */
export class LearningPace implements Pace {
  turn = 0;
  rate = RATE_MAX;
  shift = 1;
  #ageMs = 0;

  /** Milliseconds that were learned since the scene began. */
  get ageMs(): number {
    return this.#ageMs;
  }

  /** True in the first seconds of a scene. */
  get warmsUp(): boolean {
    return this.#ageMs < WARM_UP_MS;
  }

  /** A frame was learned, `ms` after the one before it. */
  pass(ms: number): void {
    this.turn = this.turn + 1 === TURNS ? TURNS_AGAIN : this.turn + 1;
    this.#ageMs = Math.min(AGE_MAX_MS, this.#ageMs + ms);
    const rate = Math.round((RATE * ms) / USUAL_MS);
    this.rate = this.warmsUp ? RATE_MAX : Math.max(RATE_MIN, Math.min(RATE_MAX, rate));
    const shift = SHIFT - Math.round(Math.log2(Math.max(1, ms) / USUAL_MS));
    this.shift = this.warmsUp ? 1 : Math.max(1, Math.min(SHIFT_MAX, shift));
  }

  /** Another scene: as at the first frame. */
  restart(): void {
    this.resume({ turn: 0, ageMs: 0 });
  }

  /** As far as a remembered model was; the time between frames is told by the next. */
  resume(from: { readonly turn: number; readonly ageMs: number }): void {
    this.turn = from.turn;
    this.#ageMs = from.ageMs;
    this.rate = this.warmsUp ? RATE_MAX : RATE;
    this.shift = this.warmsUp ? 1 : SHIFT;
  }
}
