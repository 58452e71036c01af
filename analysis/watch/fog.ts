/**
 * A veil in the air: fog, or the mist that rain and snow fall through. Takes contrast from
 * all tones along one line, towards its own grey. Does not tell what falls: that is
 * `weather.ts`; the line itself is `tone.ts`.
 * @module
 */
import type { Edges } from "./edges.ts";
import { Onset } from "./onset.ts";
import type { Tone } from "./tone.ts";

/** Contrast that a veil takes: fog; and less than that may become fog. */
const FOG = 0.15;
const MAYBE_FOG = 0.05;
/** A veil moves all tones along one line … */
const LIKENESS = 0.95;
/** … less so where it is thick, and drifts in swaths. */
const SWATHS = 0.5;
/** The scene's edges stay where they are, fainter. */
const TRACED = 0.55;
/** Rain and snow begin with a veil too, and show themselves sooner. */
const ONSET = { holdS: 2.5, goneS: 30 };

/** What else is known of a frame. */
export interface FogInput {
  /** Seconds since the last frame. */
  readonly dtS: number;
  /** Part of the edges' contrast that is left when all is well. */
  readonly usual: number;
  /** There is a reference. */
  readonly known: boolean;
  /** Nothing else upsets the picture. */
  readonly clear: boolean;
  /** Rain or snow may be falling. */
  readonly mayFall: boolean;
}

export class FogWatch {
  readonly #onset = new Onset(ONSET);
  #veil = 0;

  /** How sure, 0..1. */
  score = 0;
  /** What looks like a change of light is a veil, or may be. */
  explains = false;

  /** It was told, and is not gone for long. */
  get active(): boolean {
    return this.#onset.active;
  }

  /** There is evidence, or was a moment ago. */
  get pending(): boolean {
    return this.#onset.pending;
  }

  /** A veil is coming, or falls that is not told yet: nothing of it is usual. */
  get thickens(): boolean {
    return !this.active && this.#veil >= MAYBE_FOG;
  }

  /** True in the frame in which fog is to be told. */
  step(
    tone: Tone,
    edges: Edges,
    { dtS, usual, known, clear, mayFall }: FogInput,
  ): boolean {
    const { veil, clearing, likeness } = tone;
    const likenessMin = LIKENESS - SWATHS * Math.max(0, veil - FOG);
    this.#veil = known && likeness >= likenessMin ? veil : 0;
    const traced = known && clear && edges.traced > TRACED;
    const fainter = edges.contrast / usual < 1 - this.#veil / 2;
    const thick = traced && fainter && this.#veil >= FOG && !mayFall;
    const tells = this.#onset.step(thick, dtS);
    if (tells) this.score = Math.min(1, 0.5 + this.#veil);
    const lasts = this.active && Math.max(this.#veil, clearing) >= MAYBE_FOG;
    this.explains = lasts || (traced && this.#veil >= MAYBE_FOG);
    return tells;
  }
}
