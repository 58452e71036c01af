/**
 * Finds the cells that differ from the model by their light alone: a lamp, a patch of sun,
 * a beam, a shadow. A field of light is a group of touching cells of which at least a few
 * show the model's texture (`texture.ts`), and flat ones between whose brightness goes on
 * smoothly. What stands in the light brings edges of its own and is left in the mask.
 * Whether the light moves, and its name, is `light_motion.ts`.
 * @module
 */
import { ACTIVE_MIN, CELL_COUNT_MAX, CELL_PX, type Cells } from "./cells.ts";
import { growPatch, type Patch } from "./patch.ts";
import type { ModelView } from "../foreground.ts";
import type { RegionFinder } from "../regions.ts";
import type { Track } from "../tracking/track.ts";
import { FLAT, HIDDEN, LIT, NOTHING, OWN, type Texture } from "./texture.ts";
import { isSolid } from "./evidence.ts";

/** A field has at least this many cells that show the model's texture. */
const LIT_MIN = 3;
/** … and they are this share of it. */
const LIT_SHARE = 0.2;
/** Neighbours with edges of their own, counted from each side, for each cell with texture. */
const THINGS_MAX = 4;
/** The light on flat cells goes on within this, log of brightness. */
const SMOOTH = 0.2;
/** At the rim of a field a cell is lit in part: this share of it or less. */
const RIM_SHARE = 0.6;
/** So many explained neighbours of eight take a lone cell along. */
const SURROUNDED = 6;
/** What begins where light was so recently is looked at twice. */
const MEMORY_S = 1;
/** To a flat cell explained this recently the light may go on with a step. */
const TRUST_S = 0.4;
/** Less change than this is none, log of brightness. */
const CHANGE_MIN = 0.04;
/** Light on this part of the picture makes it restless, and for so long after. */
const RESTLESS_PART = 0.05;
const REST_S = 1.5;
/** Flat cells with no lit neighbour are lit too when so much of the picture is … */
const WIDE_PART = 0.12;
const WIDE_SHARE = 0.6;
/** … and their light changes in this proportion to that of the others. */
const WIDE_LEAST = 0.35;
const WIDE_MOST = 2;
/** A field this far inside a known moving thing's box is a part of it. */
const INSIDE_SHARE = 0.8;

/** 1 brighter, 2 darker: what explains a cell. */
export const BRIGHTER = 1;
export const DARKER = 2;

/** Edges of a box, work pixels. */
export interface BoxEdges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

export class LightField {
  /** Per cell: 0, `BRIGHTER` or `DARKER`. */
  readonly explained: Uint8Array;
  /** Cells explained in this frame. */
  count = 0;
  /** Of those with texture in and beside the fields, the share that light explains, 0..1. */
  share = 0;
  /** Seconds since so much of the picture began to change its light; 0 while it is at rest. */
  restlessS = 0;
  #restS = 0;
  readonly #cells: Cells;
  readonly #texture: Texture;
  readonly #memoryS: Float32Array;
  readonly #visited: Uint8Array;
  readonly #patch: Patch;
  #things = 0;
  #remembers = false;

  constructor(cells: Cells, texture: Texture) {
    this.#cells = cells;
    this.#texture = texture;
    this.explained = new Uint8Array(cells.count);
    this.#memoryS = new Float32Array(cells.count);
    this.#visited = new Uint8Array(cells.count);
    this.#patch = { cells: new Uint16Array(cells.count), count: 0 };
  }

  /** Finds the fields of this frame; `texture` must have looked at it. */
  look(tracks: readonly Track[], dtS: number): void {
    const { active, activeCount } = this.#cells;
    if (this.count > 0) this.explained.fill(NOTHING);
    this.count = 0;
    if (activeCount >= LIT_MIN) {
      this.#visited.fill(0);
      for (let index = 0; index < activeCount; index++) {
        const cell = active[index]!;
        if (this.#isLit(cell) && this.#visited[cell] === 0) this.#grow(cell, tracks);
      }
      if (this.count > 0) this.#takeLoneCells();
    }
    this.#share();
    if (this.count > WIDE_PART * this.#cells.count && this.share > WIDE_SHARE) {
      this.#takeFlatCells(tracks);
    }
    this.#remember(dtS);
    this.#rest(dtS);
  }

  /** So much of the picture changes its light, or did a moment ago, that pieces break off. */
  get isRestless(): boolean {
    return this.restlessS > 0;
  }

  #rest(dtS: number): void {
    if (this.count > RESTLESS_PART * this.#cells.count) this.#restS = REST_S;
    else this.#restS = Math.max(0, this.#restS - dtS);
    this.restlessS = this.#restS > 0 ? this.restlessS + dtS : 0;
  }

  /** Plain walls and sky, anywhere, under a light that is nearly everywhere. */
  #takeFlatCells(tracks: readonly Track[]): void {
    const { active, activeCount } = this.#cells;
    let sum = 0;
    let lit = 0;
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.explained[cell] === NOTHING || this.#isScene(cell)) continue;
      sum += this.#ratio(cell);
      lit++;
    }
    const usual = sum / Math.max(1, lit);
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.explained[cell] !== NOTHING) continue;
      if (!this.#isScene(cell)) {
        if (this.#texture.kind[cell] !== FLAT) continue;
        const part = this.#ratio(cell) / usual;
        if (part < WIDE_LEAST || part > WIDE_MOST) continue;
      }
      if (!this.#isUnderThing(cell, tracks)) this.#explain(cell);
    }
  }

  #isUnderThing(cell: number, tracks: readonly Track[]): boolean {
    const { columns } = this.#cells;
    const x = (cell % columns + 0.5) * CELL_PX;
    const y = (((cell / columns) | 0) + 0.5) * CELL_PX;
    return tracks.some((track) =>
      x > track.left && x < track.right && y > track.top && y < track.foot &&
      (isSolid(track) || (track.confirmed && track.suppressed === undefined))
    );
  }

  /** A region that is soft all over: light, or something out of focus. */
  take(regions: RegionFinder, region: number): void {
    const { columns, active, activeCount } = this.#cells;
    const left = Math.floor(regions.left[region]! / CELL_PX);
    const right = Math.floor((regions.right[region]! - 1) / CELL_PX);
    const top = Math.floor(regions.top[region]! / CELL_PX);
    const bottom = Math.floor((regions.bottom[region]! - 1) / CELL_PX);
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      const column = cell % columns;
      const row = (cell / columns) | 0;
      if (column < left || column > right || row < top || row > bottom) continue;
      if (this.explained[cell] !== NOTHING) continue;
      if (!this.#holds(cell, regions, region)) continue;
      this.#explain(cell);
      this.#memoryS[cell] = MEMORY_S;
      this.#remembers = true;
    }
  }

  #holds(cell: number, { labels }: RegionFinder, region: number): boolean {
    const { columns, width, height } = this.#cells;
    const left = (cell % columns) * CELL_PX;
    const top = ((cell / columns) | 0) * CELL_PX;
    for (let y = top; y < Math.min(height, top + CELL_PX); y += 2) {
      for (let x = left; x < Math.min(width, left + CELL_PX); x += 2) {
        if (labels[y * width + x] === region + 1) return true;
      }
    }
    return false;
  }

  /** Clears the mask of explained cells, and slivers beside them. True when any pixel was set. */
  clear({ mask, stride }: ModelView): boolean {
    if (this.count === 0) return false;
    const { active, activeCount, columns, rows, raw } = this.#cells;
    const paint = { stride, value: 0 };
    let cleared = false;
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.explained[cell] === NOTHING) continue;
      if (this.#cells.paint(cell, mask, paint)) cleared = true;
      const column = cell % columns;
      const row = (cell / columns) | 0;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (
          let c = Math.max(0, column - 1);
          c <= Math.min(columns - 1, column + 1);
          c++
        ) {
          const beside = r * columns + c;
          if (raw[beside]! >= ACTIVE_MIN) continue;
          if (this.#cells.paint(beside, mask, paint)) cleared = true;
        }
      }
    }
    return cleared;
  }

  /** Part of a box and its surroundings that was light within the last second, 0..1. */
  partOf(box: BoxEdges): number {
    if (!this.#remembers) return 0;
    const { columns } = this.#cells;
    const first = this.#cells.cellAt(box.left - CELL_PX / 2, box.top - CELL_PX / 2);
    const last = this.#cells.cellAt(box.right + CELL_PX / 2, box.foot + CELL_PX / 2);
    const c0 = first % columns;
    const c1 = last % columns;
    let lit = 0;
    let all = 0;
    for (let row = first - c0; row <= last; row += columns) {
      for (let cell = row + c0; cell <= row + c1; cell++) {
        all++;
        if (this.#memoryS[cell]! > 0) lit++;
      }
    }
    return lit / Math.max(1, all);
  }

  #isLit(cell: number): boolean {
    return this.#texture.kind[cell] === LIT &&
      Math.abs(this.#texture.ratio[cell]!) > CHANGE_MIN;
  }

  /** The scene itself, as bright as it was on the whole: only its contrast is another. */
  #isScene(cell: number): boolean {
    return this.#texture.kind[cell] === LIT &&
      Math.abs(this.#texture.ratio[cell]!) <= CHANGE_MIN;
  }

  /** One field from a lit cell on, over lit cells and flat ones of like brightness. */
  #grow(seed: number, tracks: readonly Track[]): void {
    const patch = this.#patch;
    this.#things = 0;
    const joining = { seed, visited: this.#visited, joins: this.#joinsField };
    growPatch(this.#cells, joining, patch);
    const { cells, count } = patch;
    let lit = 0;
    for (let index = 0; index < count; index++) {
      if (this.#texture.kind[cells[index]!] === LIT) lit++;
    }
    if (lit < LIT_MIN || lit < LIT_SHARE * count || this.#things > THINGS_MAX * lit) {
      return;
    }
    if (this.#isPartOfThing(tracks)) return;
    for (let index = 0; index < count; index++) this.#explain(cells[index]!);
  }

  /** From lit and flat cells the light goes on; things beside them are counted. */
  readonly #joinsField = (from: number, to: number): boolean => {
    const kind = this.#texture.kind[from];
    if (kind !== LIT && kind !== FLAT) return false;
    if (this.#goesOn(from, to)) return true;
    if (this.#isThing(to)) this.#things++;
    return false;
  };

  #goesOn(from: number, to: number): boolean {
    const here = this.#ratio(from);
    const there = this.#ratio(to);
    if (this.#isLit(to)) return sameSign(here, there);
    if (this.#texture.kind[to] !== FLAT) return this.#isRim(to) && near(here, there);
    if (near(here, there)) return true;
    if (this.#memoryS[to]! > MEMORY_S - TRUST_S) return sameSign(here, there);
    return this.#isRim(to) && sameSign(here, there) && Math.abs(there) < Math.abs(here);
  }

  /** The light's own hard edge lies in it: that is no edge of a thing. */
  #isRim(cell: number): boolean {
    return this.#texture.kind[cell] !== NOTHING &&
      this.#cells.raw[cell]! < RIM_SHARE * CELL_COUNT_MAX;
  }

  /** Most of the field lies in the box of something known to move. */
  #isPartOfThing(tracks: readonly Track[]): boolean {
    const { columns } = this.#cells;
    const { cells, count } = this.#patch;
    for (const track of tracks) {
      if (!isSolid(track)) continue;
      let inside = 0;
      for (let index = 0; index < count; index++) {
        const cell = cells[index]!;
        const x = (cell % columns + 0.5) * CELL_PX;
        const y = (((cell / columns) | 0) + 0.5) * CELL_PX;
        const within = x > track.left && x < track.right && y > track.top &&
          y < track.foot;
        inside += Number(within);
      }
      if (inside > INSIDE_SHARE * count) return true;
    }
    return false;
  }

  #explain(cell: number): void {
    this.explained[cell] = this.#ratio(cell) > 0 ? BRIGHTER : DARKER;
    this.count++;
  }

  /** A cell that differs but has lit ones all round, and no other like itself. */
  #takeLoneCells(): void {
    const { active, activeCount, columns, rows } = this.#cells;
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.explained[cell] !== NOTHING) continue;
      const column = cell % columns;
      const row = (cell / columns) | 0;
      if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) {
        continue;
      }
      let explained = 0;
      let others = 0;
      for (let r = row - 1; r <= row + 1; r++) {
        for (let c = column - 1; c <= column + 1; c++) {
          const at = r * columns + c;
          if (at === cell) continue;
          if (this.explained[at] !== NOTHING) explained++;
          else if (this.#isThing(at)) others++;
        }
      }
      if (explained >= SURROUNDED && others === 0) this.#explain(cell);
    }
  }

  #isThing(cell: number): boolean {
    const kind = this.#texture.kind[cell];
    return kind === OWN || kind === HIDDEN;
  }

  #remember(dtS: number): void {
    if (this.count === 0 && !this.#remembers) return;
    this.#remembers = false;
    for (let cell = 0; cell < this.#cells.count; cell++) {
      const left = this.explained[cell] !== NOTHING
        ? MEMORY_S
        : Math.max(0, this.#memoryS[cell]! - dtS);
      this.#memoryS[cell] = left;
      if (left > 0) this.#remembers = true;
    }
  }

  #share(): void {
    const { active, activeCount } = this.#cells;
    let lit = 0;
    let things = 0;
    for (let index = 0; index < activeCount; index++) {
      const cell = active[index]!;
      if (this.explained[cell] !== NOTHING) lit++;
      else if (this.#isThing(cell)) things++;
    }
    this.share = lit === 0 ? 0 : lit / (lit + things);
  }

  #ratio(cell: number): number {
    return this.#texture.ratio[cell]!;
  }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < SMOOTH;
}

function sameSign(a: number, b: number): boolean {
  return a > 0 === b > 0;
}
