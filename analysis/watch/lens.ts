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

/** Out of focus: contrast left of the edges, after light's part; edges still traced. */
const BLURRED_CONTRAST = 0.62;
const BLURRED_TRACED = 0.42;
const BLURRED_TEXTURE = 0.78;
/** Large areas keep their tones: else it is fog, or another light. */
const TONE_MIN = 0.85;
const TONE_MAX = 1.18;
/** A camera that hunts for its focus needs less. */
const BLURRED_S = 1.5;
const SHARP_CONTRAST = 0.75;
const SHARP_S = 0.6;
/** Noise adds this many times its mean change to the steepness of a picture. */
const GRAIN_STEEPNESS = 2;

export class LensWatch {
  #coveredS = 0;
  #backS = 0;
  #blurredS = 0;
  #sharpS = 0;

  covered = false;
  defocused = false;
  /** It began, or ended, in this frame: a model of what was before is of no use. */
  turned = false;
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
    return traced > BLURRED_TRACED && texture < BLURRED_TEXTURE * textureBefore &&
      tone.gain > TONE_MIN && tone.gain < TONE_MAX;
  }

  reset(): void {
    this.#coveredS = 0;
    this.#blurredS = 0;
    this.covered = false;
    this.defocused = false;
  }

  #lookForCover(
    { luma }: Measures,
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
      this.coveredScore = Math.max(0.5, 1 - kept - texture / 2);
      return;
    }
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
      this.#sharpS = left >= SHARP_CONTRAST ? this.#sharpS + dtS : 0;
      if (this.#sharpS < SHARP_S) return;
      this.defocused = false;
      this.#blurredS = 0;
      this.turned = true;
      return;
    }
    const blurred = left < BLURRED_CONTRAST && traced > BLURRED_TRACED &&
      texture / light < BLURRED_TEXTURE &&
      tone.gain > TONE_MIN && tone.gain < TONE_MAX;
    this.#blurredS = blurred ? this.#blurredS + dtS : 0;
    if (this.#blurredS < BLURRED_S) return;
    this.defocused = true;
    this.#sharpS = 0;
    this.turned = true;
    this.defocusedScore = Math.max(0.5, Math.min(1, 1.3 - left));
  }
}
