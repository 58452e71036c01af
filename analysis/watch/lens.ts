/**
 * Tells a covered lens and one out of focus from what they leave of the scene's edges:
 * a cover takes all of them and puts nothing in their place; a blur leaves them where
 * they are, fainter the finer they are, and keeps the tones of large areas.
 * (Ribnick et al., Real-time detection of camera tampering, 2006: edges and tones
 * against a reference taken over time.)
 * @module
 */
import type { Edges } from "./edges.ts";
import { EDGES_MIN } from "./edges.ts";
import type { Measures } from "./measures.ts";
import type { Tone } from "./tone.ts";

/** Covered: edges kept and traced, and steepness left beyond noise, at most. */
const COVERED_KEPT = 0.15;
const COVERED_TRACED = 0.3;
const COVERED_TEXTURE = 0.35;
/** A picture this bright is overexposed. */
const WHITE = 236;
const COVERED_S = 1;
/** Uncovered: so many edges are back … for so long. */
const BACK_KEPT = 0.45;
const BACK_S = 0.4;
/** Turned away meanwhile: a picture with this much steepness again rests for so long. */
const OTHER_TEXTURE = 0.6;
const OTHER_CHANGED = 0.05;
const OTHER_S = 3;

/** Out of focus: contrast left of the edges, after light's part; edges still traced. */
const BLURRED_CONTRAST = 0.62;
const BLURRED_TRACED = 0.3;
const BLURRED_TEXTURE = 0.78;
/** Large areas keep their tones: else it is another scene, fog, or another light. */
const LIKENESS_MIN = 0.8;
const TONE_MIN = 0.55;
const TONE_MAX = 1.18;
/** A veil of the same strength takes as much of the contrast as of the tones. */
const BEYOND_VEIL = 0.8;
/** A camera that hunts for its focus needs less. */
const BLURRED_S = 1.5;
const SHARP_CONTRAST = 0.75;
const SHARP_S = 0.6;
/** Fainter and smoother than usual: it may become a blur, and is waited for so long. */
const FADES_CONTRAST = 0.85;
const FADES_TEXTURE = 0.9;
const FADES_S_MAX = 2.5;
/** The blur grows while it takes so much more of the contrast, and has stopped after so long. */
const GROWS = 0.015;
const REST_S = 0.5;
/** Noise adds this many times its mean change to the steepness of a picture. */
const GRAIN_STEEPNESS = 2;

export class LensWatch {
  #coveredS = 0;
  #backS = 0;
  #otherS = 0;
  #blurredS = 0;
  #sharpS = 0;
  #least = 1;
  #fadesS = 0;
  #restS = 0;

  covered = false;
  defocused = false;
  /** It began, or ended, in this frame: a model of what was before is of no use. */
  turned = false;
  /** The cover is gone, and the scene behind it is another one: to be `reset`. */
  elsewhere = false;
  coveredScore = 0;
  defocusedScore = 0;

  /** There is evidence that is not enough yet. */
  get suspects(): boolean {
    return this.covered || this.#coveredS > 0;
  }

  /** The picture may be blurred: what its edges show is no motion. */
  get blurs(): boolean {
    return this.#blurredS > 0;
  }

  /** It blurs, and more with each frame: no model would last. */
  get isBlurring(): boolean {
    if (this.#blurredS > 0) return this.#restS < REST_S;
    return this.#fadesS > 0 && this.#fadesS < FADES_S_MAX;
  }

  /** @param usual part of the contrast that is left when all is well */
  step(
    measures: Measures,
    edges: Edges,
    { tone, dtS, usual }: { tone: Tone; dtS: number; usual: number },
  ): void {
    this.turned = false;
    if (edges.count < EDGES_MIN) return;
    const grain = GRAIN_STEEPNESS * measures.grain;
    const texture = Math.max(0, edges.texture - grain) / Math.max(1, edges.textureBefore);
    this.#lookForCover(measures, edges, { texture, dtS });
    if (this.suspects) return;
    this.#lookForBlur(edges, { texture, tone, dtS, usual });
  }

  /** Faint edges, but in their places: no other scene. */
  looksBlurred({ traced, texture, textureBefore }: Edges, tone: Tone): boolean {
    return traced > BLURRED_TRACED && keepsTones(tone) &&
      texture < BLURRED_TEXTURE * textureBefore * Math.min(1, tone.gain);
  }

  /** A new model is of use when the blur has stopped growing. */
  #settle(left: number, dtS: number): void {
    const rested = this.#restS >= REST_S;
    if (left < this.#least - GROWS) {
      this.#least = left;
      this.#restS = 0;
    } else this.#restS += dtS;
    if (!rested && this.#restS >= REST_S) this.turned = true;
  }

  /** What was suspected has another reason; what is known stays. */
  forgetSuspicion(): void {
    this.turned = false;
    if (!this.covered) this.#coveredS = 0;
    if (!this.defocused) this.#blurredS = 0;
    this.#fadesS = 0;
  }

  reset(): void {
    this.#coveredS = 0;
    this.#blurredS = 0;
    this.covered = false;
    this.defocused = false;
    this.elsewhere = false;
  }

  #lookForCover(
    { luma, changed }: Measures,
    { kept, traced }: Edges,
    { texture, dtS }: { texture: number; dtS: number },
  ): void {
    const gone = kept < COVERED_KEPT && traced < COVERED_TRACED && luma < WHITE &&
      texture < COVERED_TEXTURE;
    if (!this.covered) {
      this.#coveredS = gone ? this.#coveredS + dtS : 0;
      if (this.#coveredS < COVERED_S) return;
      this.covered = true;
      this.#backS = 0;
      this.#otherS = 0;
      this.coveredScore = Math.max(0.5, 1 - kept - texture / 2);
      return;
    }
    const shows = kept < BACK_KEPT && texture > OTHER_TEXTURE && changed < OTHER_CHANGED;
    this.#otherS = shows ? this.#otherS + dtS : 0;
    this.elsewhere = this.#otherS >= OTHER_S;
    this.#backS = kept >= BACK_KEPT ? this.#backS + dtS : 0;
    if (this.#backS < BACK_S) return;
    this.covered = false;
    this.#coveredS = 0;
    this.turned = true;
  }

  #lookForBlur(
    { contrast, traced }: Edges,
    { texture, tone, dtS, usual }: {
      texture: number;
      tone: Tone;
      dtS: number;
      usual: number;
    },
  ): void {
    const light = Math.max(0.3, Math.min(1, tone.gain));
    const left = contrast / light / usual;
    if (this.defocused) {
      this.#settle(left, dtS);
      this.#sharpS = left >= SHARP_CONTRAST ? this.#sharpS + dtS : 0;
      if (this.#sharpS < SHARP_S) return;
      this.defocused = false;
      this.#blurredS = 0;
      this.#restS = 0;
      this.turned = true;
      return;
    }
    const blurred = left < BLURRED_CONTRAST && traced > BLURRED_TRACED &&
      texture / light < BLURRED_TEXTURE && keepsTones(tone) &&
      contrast / usual < BEYOND_VEIL * (1 - tone.veil);
    const fades = left < FADES_CONTRAST && texture / light < FADES_TEXTURE;
    this.#fadesS = fades ? this.#fadesS + dtS : 0;
    this.#blurredS = blurred ? this.#blurredS + dtS : 0;
    if (this.#blurredS < BLURRED_S) return;
    this.defocused = true;
    this.#sharpS = 0;
    this.#least = left;
    this.#restS = 0;
    this.defocusedScore = Math.max(0.5, Math.min(1, 1.3 - left));
  }
}

function keepsTones({ likeness, gain }: Tone): boolean {
  return likeness > LIKENESS_MIN && gain > TONE_MIN && gain < TONE_MAX;
}
