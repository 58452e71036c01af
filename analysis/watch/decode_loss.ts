/**
 * Holds frames that are no true pictures: those the decoder doubts, and those in which
 * blocks of the coded picture show (`blocks.ts`). Says so once for each loss.
 * What is held is shown but not learned from, and nothing is born of it.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { SceneInput } from "./scene_watch.ts";
import { Blocks } from "./blocks.ts";
import type { Measures } from "./measures.ts";

/** A frame that upsets at least this part more of the picture than the last is looked at. */
const JUMP = 0.025;
/** New torn borders, of all; and for each that tears beside the grid. */
const TORN_MIN = 0.018;
const BORDERS_MIN = 12;
const AGAINST_CONTROL = 4;
/** So many frames in a row show it before it has a name; it is held from the first. */
const FRAMES_MIN = 3;
/** Less than this part of the damage at its worst is whole again … */
const HEALED = 0.25;
/** … or as much time: then it is no damage, or the picture stays so. */
const HOLD_S_MAX = 15;
/** Whole for so long, it is over; later damage is told anew. */
const OVER_S = 0.2;
const AGAIN_S = 3;
/** The clean picture is remembered anew this often. */
const REMEMBER_S = 2;

export class DecodeLossWatch {
  readonly #blocks: Blocks;
  readonly #least: number;
  #raw = 0;
  #rememberedS = Infinity;
  #cleanS = Infinity;
  #heldS = 0;
  #worst = 0;
  #damaged = false;
  #frames = 0;
  #lastHeldS = Infinity;

  /** How sure, 0..1, of what `step` told. */
  score = 0;
  /** Part of the borders that are torn by damage now; 0 when the picture is whole. */
  damage = 0;

  constructor(format: FrameFormat) {
    this.#blocks = new Blocks(format);
    const blocks = (format.width * format.height) / 256;
    this.#least = Math.max(TORN_MIN, BORDERS_MIN / Math.max(1, 2 * blocks));
  }

  /** True while frames are to be held. */
  get holds(): boolean {
    return this.#damaged;
  }

  /** @returns true in the frame in which a loss is to be told */
  step(
    input: SceneInput,
    measures: Measures,
    { calm, maySee }: { calm: boolean; maySee: boolean },
  ): boolean {
    const { dtS, doubtful, pixels } = input;
    const jump = measures.raw - this.#raw;
    this.#raw = measures.raw;
    this.#lastHeldS += dtS;
    if (!maySee) this.#damaged = false;
    else if (this.#damaged || jump >= JUMP) this.#lookAtBlocks(pixels, dtS);
    else if (calm && !doubtful) this.#remember(pixels, dtS);
    if (!doubtful && !this.#damaged) return false;
    if (doubtful) this.score = 1;
    else if (this.#frames < FRAMES_MIN) return false;
    const begins = this.#lastHeldS > AGAIN_S;
    this.#lastHeldS = 0;
    return begins;
  }

  #lookAtBlocks(pixels: Uint8Array, dtS: number): void {
    const blocks = this.#blocks;
    if (this.#rememberedS === Infinity) return;
    blocks.look(pixels);
    const { torn, control } = blocks;
    if (!this.#damaged) {
      if (torn < this.#least || torn < AGAINST_CONTROL * control) return;
      this.#damaged = true;
      this.#frames = 0;
      this.#heldS = 0;
      this.#cleanS = 0;
      this.#worst = 0;
      this.score = Math.min(1, 0.6 + 0.4 * torn / (4 * this.#least));
    }
    this.#heldS += dtS;
    if (torn >= this.#least && torn >= AGAINST_CONTROL * control) this.#frames++;
    this.#worst = Math.max(this.#worst, torn);
    this.damage = torn;
    const healed = torn < Math.max(this.#least / 2, HEALED * this.#worst);
    this.#cleanS = healed ? this.#cleanS + dtS : 0;
    if (this.#cleanS < OVER_S && this.#heldS < HOLD_S_MAX) return;
    this.#damaged = false;
    this.damage = 0;
    this.#rememberedS = REMEMBER_S;
  }

  #remember(pixels: Uint8Array, dtS: number): void {
    this.#rememberedS += dtS;
    if (this.#rememberedS < REMEMBER_S) return;
    this.#blocks.remember(pixels);
    this.#rememberedS = 0;
  }
}
