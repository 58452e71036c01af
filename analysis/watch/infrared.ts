/**
 * Finds the camera going over to infrared and back: all colour leaves the picture within
 * a moment, or comes. Judges colour alone: gain, noise and light change with it.
 * @module
 */
import { settle } from "../time_step.ts";
import type { Measures } from "./measures.ts";

/** Mean |U - 128| + |V - 128| of a picture with colour, and of a grey one with noise. */
const COLOURED = 4;
/** Part of the usual colour that is left in a grey picture. */
const GREY_PART = 0.3;
/** Usual colour is what was there over this time. */
const USUAL_SETTLE_S = 8;
/**
 * A filter swings within half a second: so much of the change lies less far back than
 * this. A coloured lorry that drives into a grey scene takes longer.
 */
const RECENT_S = 0.5;
const RECENT_PART = 0.5;
/** A sunset takes longer than this, a filter that swings in less. */
const WITHIN_S = 3;
/** It must last: one damaged picture is none. */
const LASTS_S = 0.12;

export class InfraredWatch {
  #usual: number | undefined;
  #sinceS = 0;
  #changingS = 0;
  #grain = 0;
  #recent = 0;

  /** Score 0..1 in the frame in which the switch is sure, else 0. */
  step(measures: Measures, dtS: number): number {
    const now = Math.max(0, measures.chroma - this.#noiseOf(measures));
    if (this.#usual === undefined) {
      this.#usual = now;
      this.#recent = now;
    }
    this.#recent += settle(dtS, RECENT_S) * (now - this.#recent);
    const usual = this.#usual;
    const gone = usual >= COLOURED && now < GREY_PART * usual;
    const came = now >= COLOURED && usual < GREY_PART * now;
    const drifts = Math.abs(now - usual) > 0.3 * Math.max(now, usual, COLOURED);
    this.#changingS = drifts ? this.#changingS + dtS : 0;
    const sudden = this.#sinceS > 0 ||
      Math.abs(this.#recent - now) >= RECENT_PART * Math.abs(usual - now);
    if ((!gone && !came) || !sudden) {
      this.#sinceS = 0;
      if (!drifts || this.#changingS > WITHIN_S) {
        this.#usual += settle(dtS, drifts ? 1 : USUAL_SETTLE_S) * (now - usual);
      }
      return 0;
    }
    this.#sinceS += dtS;
    if (this.#sinceS < LASTS_S) return 0;
    this.#usual = now;
    this.#sinceS = 0;
    this.#changingS = 0;
    return 1 - Math.min(now, usual) / Math.max(now, usual);
  }

  /** Noise of the sensor looks like colour: about half of luma's in either plane. */
  #noiseOf({ grain }: Measures): number {
    this.#grain += 0.1 * (grain - this.#grain);
    return 0.4 * this.#grain;
  }

  /** Another scene: its colour is its own. */
  reset(): void {
    this.#usual = undefined;
    this.#sinceS = 0;
    this.#changingS = 0;
  }
}

/** Gain and filter of a switch come to rest in this time, at most in this. */
const SWITCH_REST_S = 0.3;
const SWITCH_S_MAX = 1.5;
/** So few points change in a picture that rests. */
const SWITCH_CHANGED = 0.06;

/** From the moment at which a switch is sure until the camera has come to rest. */
export class InfraredSwitch {
  #forS: number | undefined;
  #restS = 0;

  /** It goes on. */
  get active(): boolean {
    return this.#forS !== undefined;
  }

  begin(): void {
    this.#forS = 0;
    this.#restS = 0;
  }

  end(): void {
    this.#forS = undefined;
  }

  /** A frame of it. @returns true when a model of what is seen is of use */
  pass({ changed }: Measures, dtS: number): boolean {
    const forS = this.#forS! + dtS;
    this.#forS = forS;
    this.#restS = changed < SWITCH_CHANGED ? this.#restS + dtS : 0;
    return this.#restS >= SWITCH_REST_S || forS >= SWITCH_S_MAX;
  }
}
