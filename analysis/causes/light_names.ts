/**
 * Gives light its name: what brightens and stays is `light`, what brightens and moves on
 * `headlight`; what brightens but veils the texture is an `insect`, or a
 * `reflection` when it goes its way slowly along the ground; what darkens and stays is `light` that went, what moves on a `shadow`.
 * Shadows that the pixel passes took out of the mask count too, if they belong to nothing
 * that is in the picture.
 * @module
 */
import { CELL_PX, type Cells } from "./cells.ts";
import { growPatch, type Patch } from "./patch.ts";
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
  readonly #patch: Patch;
  #explained: Uint8Array;
  #touched = 0;

  constructor(cells: Cells, texture: Texture) {
    this.#cells = cells;
    this.#texture = texture;
    this.#bright = new LightMotion(cells);
    this.#dark = new LightMotion(cells);
    this.#visited = new Uint8Array(cells.count);
    this.#patch = { cells: new Uint16Array(cells.count), count: 0 };
    this.#explained = this.#visited;
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
    this.#explained = field.explained;
    this.#visited.fill(0);
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (field.explained[cell] === BRIGHTER) {
        this.#bright.add(cell, this.#texture);
      } else if (this.#visited[cell] === 0 && this.#isDark(cell)) {
        this.#addShade(cell, tracks);
      }
    }
  }

  #isDark(cell: number): boolean {
    if (this.#explained[cell] === DARKER) return true;
    const { raw, shadow } = this.#cells;
    return raw[cell]! > 0 && shadow[cell]! >= SHADOW_SHARE * raw[cell]!;
  }

  /** Dark cells that hang together, unless they hang on a thing. */
  #addShade(seed: number, tracks: readonly Track[]): void {
    const patch = this.#patch;
    this.#touched = 0;
    const joining = { seed, visited: this.#visited, joins: this.#joinsShade };
    growPatch(this.#cells, joining, patch);
    const touched = Math.max(this.#touched, this.#cellsOfTracks(tracks));
    if (patch.count < OWN_SHADOW_TIMES * touched) return;
    for (let index = 0; index < patch.count; index++) {
      this.#dark.add(patch.cells[index]!, this.#texture);
    }
  }

  /** Dark cells join; things beside them are counted. */
  readonly #joinsShade = (_from: number, to: number): boolean => {
    if (this.#isDark(to)) return true;
    if (this.#isThing(to)) this.#touched++;
    return false;
  };

  #isThing(cell: number): boolean {
    if (this.#cells.mask[cell]! < this.#cells.raw[cell]! / 2) return false;
    const kind = this.#texture.kind[cell];
    return kind === OWN || kind === HIDDEN || kind === FLAT;
  }

  /** Size of the largest thing whose box the patch touches, in cells. */
  #cellsOfTracks(tracks: readonly Track[]): number {
    const { columns } = this.#cells;
    const { cells, count } = this.#patch;
    let most = 0;
    for (const track of tracks) {
      if (!track.confirmed || track.suppressed !== undefined) continue;
      const size = track.area / (CELL_PX * CELL_PX);
      if (size <= most) continue;
      for (let index = 0; index < count; index++) {
        const x = (cells[index]! % columns + 0.5) * CELL_PX;
        const y = (((cells[index]! / columns) | 0) + 0.5) * CELL_PX;
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
