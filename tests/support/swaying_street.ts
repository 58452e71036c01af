/**
 * A drawn street into which nobody comes and in which something sways, for tests of what
 * is known to sway. Judges nothing.
 * @module
 */
import { frameBytes } from "../../capture/frame/frame.ts";
import { applyEffects } from "../../capture/scene/effect.ts";
import { swayEffect } from "../../capture/scene/effect_sway.ts";
import { sceneFormat } from "../../capture/scene/scenes.ts";
import { Street } from "../../capture/scene/street/street.ts";

export const STREET_FORMAT = sceneFormat(320);
const SWAYS_FROM_MS = 2_000;

export class SwayingStreet {
  readonly #seed: number;
  readonly #street: Street;
  readonly #effect;

  constructor(seed: number) {
    const format = STREET_FORMAT;
    this.#seed = seed;
    this.#street = new Street({ format, seed, withTruth: false, comes: () => false });
    this.#effect = swayEffect(seed, { startMs: SWAYS_FROM_MS, endMs: Infinity });
  }

  /** The picture of a time, yuv420p, in bytes of its own. */
  at(timeMs: number): Uint8Array {
    const pixels = new Uint8Array(frameBytes(STREET_FORMAT));
    this.#street.paint(timeMs, pixels);
    const moment = { effects: [this.#effect], seed: this.#seed, timeMs };
    applyEffects(pixels, STREET_FORMAT, moment);
    return pixels;
  }
}
