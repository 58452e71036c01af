/**
 * Gives light its name: what brightens and stays is `light`, what brightens and moves on
 * `headlight`; what brightens but veils the texture is an `insect`, or a
 * `reflection` when it goes its way slowly along the ground; what darkens and stays is `light` that went, what moves on a `shadow`.
 * Shadows that the pixel passes took out of the mask count too, if they belong to nothing
 * that is in the picture.
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import type { Cause } from "../dsl/observation.ts";
import type { ModelView } from "../foreground.ts";
import { BRIGHTER, DARKER, type LightField } from "./light_field.ts";
import { LightMotion } from "./light_motion.ts";
import { FLAT, HIDDEN, OWN, type Texture } from "./texture.ts";
import type { Track } from "../tracking/track.ts";

/** Most of what differs in a cell is shadow. */
const SHADOW_SHARE = 0.6;
/** A shadow that touches a thing is the thing's, unless it is this many times as large. */
const OWN_SHADOW_TIMES = 2;

/** Slower than this and level, in picture widths a second: mirrored, it does not fly. */
const FLYING_SPEED = 0.4;
/** … and as slow as this whatever its way. */
const CREEPING_SPEED = 0.25;
/** A beam lights more of the picture than this; less is its image in something that shines. */
const BEAM_PART = 0.035;

/** Told once per light. */
export type TellCause = (cause: Cause, score: number) => void;

/** What is needed of a frame beside its light. */
export interface LitFrame {
  readonly picture: ModelView;
  readonly tracks: readonly Track[];
  readonly dtS: number;
}

export class LightNames {
  readonly #cells: Cells;
  readonly #texture: Texture;
  readonly #bright: LightMotion;
  readonly #dark: LightMotion;
  readonly #visited: Uint8Array;
  readonly #queue: Uint16Array;

  constructor(cells: Cells, texture: Texture) {
    this.#cells = cells;
    this.#texture = texture;
    this.#bright = new LightMotion(cells);
    this.#dark = new LightMotion(cells);
    this.#visited = new Uint8Array(cells.count);
    this.#queue = new Uint16Array(cells.count);
  }

  /** One frame, after its field of light was found; `tell` is called once for each light. */
  step(
    field: LightField,
    { picture, tracks, dtS }: LitFrame,
    tell: TellCause,
  ): void {
    this.#bright.open();
    this.#dark.open();
    this.#addCells(field, tracks);
    if (this.#bright.close(picture, field.share, dtS) && this.#isSure) {
      tell(this.#brightName(), this.#bright.score);
    }
    if (this.#dark.close(picture, field.share, dtS)) {
      tell(this.#dark.told === "moves" ? "shadow" : "light", this.#dark.score);
    }
  }

  /** The best name for what is seen in the light of this frame. */
  get name(): Cause {
    if (this.#dark.present && !this.#bright.present) {
      return this.#dark.told === "stays" ? "light" : "shadow";
    }
    return this.#brightName();
  }

  get #isSmall(): boolean {
    return this.#bright.size < BEAM_PART;
  }

  /** What hides the scene, or is small and veils nothing, may be a thing: no word of it. */
  get #isSure(): boolean {
    if (this.#bright.hidesAll) return false;
    return this.#bright.veiled === true || this.#bright.told !== "moves" ||
      !this.#isSmall;
  }

  #brightName(): Cause {
    const { veiled, speed, isLevel, told } = this.#bright;
    const moves = told === "moves";
    if (veiled === true || (moves && this.#isSmall)) {
      const creeps = speed < CREEPING_SPEED || (speed < FLYING_SPEED && isLevel);
      return creeps ? "reflection" : "insect";
    }
    return moves ? "headlight" : "light";
  }

  /** Where nothing may be learned now. */
  writeHold(hold: Uint8Array, stride: number): void {
    this.#bright.writeHold(hold, stride);
    this.#dark.writeHold(hold, stride);
  }

  #addCells(field: LightField, tracks: readonly Track[]): void {
    const { active, activeCount } = this.#cells;
    this.#visited.fill(0);
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (field.explained[cell] === BRIGHTER) {
        this.#bright.add(cell, this.#texture);
      } else if (this.#visited[cell] === 0 && this.#isDark(cell, field)) {
        this.#addShade(cell, field, tracks);
      }
    }
  }

  #isDark(cell: number, field: LightField): boolean {
    if (field.explained[cell] === DARKER) return true;
    const { raw, shadow } = this.#cells;
    return raw[cell]! > 0 && shadow[cell]! >= SHADOW_SHARE * raw[cell]!;
  }

  /** Dark cells that hang together, unless they hang on a thing. */
  #addShade(seed: number, field: LightField, tracks: readonly Track[]): void {
    const queue = this.#queue;
    const { columns, rows } = this.#cells;
    let end = 0;
    let touched = 0;
    queue[end++] = seed;
    this.#visited[seed] = 1;
    for (let next = 0; next < end; next++) {
      const cell = queue[next]!;
      const column = cell % columns;
      const row = (cell / columns) | 0;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (
          let c = Math.max(0, column - 1);
          c <= Math.min(columns - 1, column + 1);
          c++
        ) {
          const other = r * columns + c;
          if (this.#visited[other] !== 0) continue;
          if (this.#isDark(other, field)) {
            this.#visited[other] = 1;
            queue[end++] = other;
          } else if (this.#isThing(other)) touched++;
        }
      }
    }
    touched = Math.max(touched, this.#cellsOfTracks(end, tracks));
    if (end < OWN_SHADOW_TIMES * touched) return;
    for (let index = 0; index < end; index++) {
      const cell = queue[index]!;
      this.#dark.add(cell, this.#texture);
    }
  }

  #isThing(cell: number): boolean {
    if (this.#cells.mask[cell]! < this.#cells.raw[cell]! / 2) return false;
    const kind = this.#texture.kind[cell];
    return kind === OWN || kind === HIDDEN || kind === FLAT;
  }

  /** Size of the largest thing whose box the first cells of the queue touch, in cells. */
  #cellsOfTracks(end: number, tracks: readonly Track[]): number {
    const { columns } = this.#cells;
    let most = 0;
    for (const track of tracks) {
      if (!track.confirmed || track.suppressed !== undefined) continue;
      const size = track.area / (CELL_PX * CELL_PX);
      if (size <= most) continue;
      for (let index = 0; index < end; index++) {
        const x = (this.#queue[index]! % columns + 0.5) * CELL_PX;
        const y = (((this.#queue[index]! / columns) | 0) + 0.5) * CELL_PX;
        const near = x > track.left - CELL_PX && x < track.right + CELL_PX &&
          y > track.top - CELL_PX && y < track.foot + CELL_PX;
        if (!near) continue;
        most = size;
        break;
      }
    }
    return most;
  }
}
