/**
 * Rain, snow and noise: what flickers all over the picture and comes back nowhere. Told
 * apart by how single frames differ from both the last one and the model, outside of
 * what moves:
 *   - rain brightens and is drawn long from top to bottom by the exposure;
 *   - snow brightens and is round;
 *   - noise is as often darker as brighter.
 * (Garg and Nayar, Vision and rain, 2007: drops are brighter than what they hide, hide
 * it for less than a frame or two, and streak.) Fog and veils are `tone.ts`.
 * @module
 */
import type { Cause } from "../dsl/observation.ts";
import { settle } from "../time_step.ts";
import type { Measures } from "./measures.ts";
import { Onset } from "./onset.ts";

const SETTLE_S = 0.6;
const HOLD_S = 0.6;
const GONE_S = 20;
/** Flickering points, of all: more than leaves, faces and compression give. */
const RAIN_MIN = 0.003;
const SNOW_MIN = 0.004;
const NOISE_MIN = 0.03;
/** Grain in grey levels, and against the usual one, that is noise by itself. */
const GRAIN_MIN = 2;
const GRAIN_TIMES = 1.8;
/** Grain that grows like this may become noise. */
const GRAIN_RISES = 1.35;
/** Cells hit against chance: drops lie in long runs, flakes and noise do not. */
const RAIN_SPREAD = 0.45;
const SNOW_SPREAD = 0.72;
const NOISE_SPREAD = 0.9;
/** Brighter points for each darker one. */
const BRIGHTER = 2.4;
/** Neighbours above and below that are brighter too, and for each one beside. */
const STREAK = 0.38;
const STREAK_SHAPE = 2.2;
/** What is bright this far to the sides is no drop and no flake, but lit. */
const BROAD = 0.6;
/** The usual flicker of the scene counts this many times against what is new. */
const USUAL_WEIGHT = 1.6;
const USUAL_SETTLE_S = 20;
/** The first seconds tell what is usual; what comes later is weather first. */
const YOUNG_S = 3.5;
/** Under a veil of the air so much less is enough … */
const VEILED = 0.35;
/** … and where what is brighter is plainly drawn upright. */
const UPRIGHT = 0.6;
const UPRIGHT_SHAPE = 4;

export type Weather = Extract<Cause, "rain" | "snow" | "noise">;

/** What else is known of a frame. */
export interface WeatherInput {
  /** Nothing else upsets the picture: else there is nothing to learn from it. */
  readonly clear: boolean;
  /** Nor does the light change: what it brightens is no snow. */
  readonly steady: boolean;
  /** The air has taken contrast: less that falls is enough for a name. */
  readonly veiled: boolean;
}

export class WeatherWatch {
  readonly #onsets = {
    rain: new Onset({ holdS: HOLD_S, goneS: GONE_S }),
    snow: new Onset({ holdS: HOLD_S, goneS: GONE_S }),
    noise: new Onset({ holdS: HOLD_S, goneS: GONE_S }),
  };
  #up = 0;
  #down = 0;
  #vertical = 0;
  #horizontal = 0;
  #spread = 0;
  #usualUp = 0;
  #usualDown = 0;
  #usualVertical = 0;
  #usualHorizontal = 0;
  #grain = 0;
  #usualGrain = 0;
  #ageS = 0;

  /** What falls or flickers now; undefined when nothing does. */
  now: Weather | undefined;
  /** How sure, 0..1. */
  score = 0;

  /** Something is told, and not gone for long. */
  get active(): boolean {
    const { rain, snow, noise } = this.#onsets;
    return rain.active || snow.active || noise.active;
  }

  /** The flicker is above what is usual here, if not enough for a name. */
  get rises(): boolean {
    return this.now !== undefined ||
      (this.#up > SNOW_MIN / 2 + USUAL_WEIGHT * this.#usualUp &&
        this.#horizontal < BROAD * this.#up) ||
      this.#grain > 0.5 + GRAIN_RISES * this.#usualGrain;
  }

  /**
   * @returns what is to be told in this frame
   */
  step(
    measures: Measures,
    dtS: number,
    { clear, steady, veiled }: WeatherInput,
  ): Weather | undefined {
    if (!clear) return undefined;
    const part = settle(dtS, SETTLE_S);
    this.#up += part * (measures.up - this.#up);
    this.#down += part * (measures.down - this.#down);
    this.#vertical += part * (measures.vertical * measures.up - this.#vertical);
    this.#horizontal += part * (measures.horizontal * measures.up - this.#horizontal);
    this.#spread += part * (measures.spread - this.#spread);
    this.#grain += part * (measures.grain - this.#grain);
    const found = this.#judge(steady, veiled);
    if (found === undefined && steady && !veiled) this.#learnUsual(dtS);
    let told: Weather | undefined;
    for (const kind of ["rain", "snow", "noise"] as const) {
      if (this.#onsets[kind].step(found === kind, dtS)) told = kind;
    }
    this.now = found;
    return told;
  }

  /** The first seconds tell what is usual. */
  #learnUsual(dtS: number): void {
    this.#ageS += dtS;
    const isYoung = this.#ageS < YOUNG_S;
    const part = settle(dtS, isYoung ? Math.max(SETTLE_S, this.#ageS) : USUAL_SETTLE_S);
    this.#usualUp += part * (this.#up - this.#usualUp);
    this.#usualDown += part * (this.#down - this.#usualDown);
    this.#usualVertical += part * (this.#vertical - this.#usualVertical);
    this.#usualHorizontal += part * (this.#horizontal - this.#usualHorizontal);
    this.#usualGrain += part * (this.#grain - this.#usualGrain);
  }

  #judge(steady: boolean, veiled: boolean): Weather | undefined {
    const up = beyond(this.#up, this.#usualUp);
    const down = beyond(this.#down, this.#usualDown);
    const both = up + down;
    const least = veiled ? VEILED : 1;
    const most = Math.max(up, 1e-6);
    const vertical = Math.max(0, this.#vertical - this.#usualVertical) / most;
    const horizontal = Math.max(0, this.#horizontal - this.#usualHorizontal) / most;
    const brighter = up > BRIGHTER * down;
    const streaks = vertical > STREAK && vertical > STREAK_SHAPE * horizontal;
    if (brighter && streaks) {
      const plain = vertical > UPRIGHT_SHAPE * horizontal ? UPRIGHT : 1;
      if (up < least * plain * RAIN_MIN || this.#spread < RAIN_SPREAD) return undefined;
      this.score = Math.min(1, 0.5 + up / (6 * RAIN_MIN));
      return "rain";
    }
    if (!steady && !this.active) return undefined;
    const balanced = this.#down > 0.25 * this.#up && this.#up > 0.1 * this.#down;
    const grainy = this.#grain > Math.max(GRAIN_MIN, GRAIN_TIMES * this.#usualGrain);
    if (this.#spread >= NOISE_SPREAD && balanced && (both >= NOISE_MIN || grainy)) {
      const grains = this.#grain / (4 * GRAIN_MIN);
      this.score = Math.min(1, 0.5 + Math.max(both / (6 * NOISE_MIN), grains));
      return "noise";
    }
    if (!brighter || up < least * SNOW_MIN || this.#spread < SNOW_SPREAD) {
      return undefined;
    }
    this.score = Math.min(1, 0.5 + up / (6 * SNOW_MIN));
    return "snow";
  }
}

function beyond(now: number, usual: number): number {
  return Math.max(0, now - USUAL_WEIGHT * usual);
}
