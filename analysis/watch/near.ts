/**
 * Finds a thing that covers much of the picture because it is close: a lorry before the
 * lens, somebody who steps up to the door. Under it the scene's edges are gone, beside it
 * they are where they were; light, infrared and a turned camera treat both alike. Once it
 * was seen with the scene beside it, it may hide all of it for a while. Follows nothing
 * and names nothing: it says that the scene is still there.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { Edges } from "./edges.ts";
import type { Measures } from "./measures.ts";
import { NearFill } from "./near_fill.ts";
import type { Mutable } from "./ruling.ts";

/** It covers this part of the picture when it is noticed, and is gone with less. */
const BEGINS_PART = 0.2;
const ENDS_PART = 0.1;
/** Contrast of the scene's edges beside it, of the usual, and under it, of that beside it. */
const BESIDE_MIN = 0.72;
const UNDER_MAX = 0.42;
/** Edges of so many cells say so, on either side, and this part of all. */
const CELLS_MIN = 6;
const PART_MIN = 0.03;
/** Seen in so many frames one after the other it is sure. */
const SURE_FRAMES = 3;
/** Without as much the scene is hidden. */
const SEEN_CELLS_MIN = 3;
const SEEN_PART_MIN = 0.02;
/** All of the scene's edges are back: whatever is upset is no thing. */
const BACK_KEPT = 0.85;
const BACK_S = 0.25;
/** A scene out of sight for so long is not waited for. */
const HIDDEN_S_MAX = 45;
/** … and after so long it may be a cover as well, though it moves. */
const COVERS_S = 6;
/** It lies still when no more points than this change. */
const REST_CHANGED = 0.04;
const REST_S = 1;
/** It comes or goes when so much more or less of the picture is covered than a moment ago. */
const GOES = 0.04;
const MEMORY_S = 0.4;

/** Beside a thing that covers more than this too little is seen to be learned from. */
const LEARN_PART = 0.8;

/** With less it may be several people, who are not to be made one. */
const FILL_PART = 0.4;

export class NearWatch {
  readonly #measures: Measures;
  readonly #edges: Edges;
  readonly #fill = new NearFill();
  /** Part of the picture that is covered. */
  part = 0;
  /** A thing that is near covers part of the picture, or all of it. */
  active = false;
  /** Since it was noticed. */
  activeS = 0;
  /** A thing, however small, hides edges of the scene since a moment: no damage does so. */
  sure = false;
  /** Nothing of the scene is seen beside it. */
  hides = false;
  /** It hides the scene and does not move, or has done so for long: a lens may be covered. */
  mayCover = false;
  /** Nothing moves. */
  rests = false;
  /** It covers more of the picture with each moment, or less. */
  goes = false;
  #backS = 0;
  #hiddenS = 0;
  #restS = 0;
  #before = 0;
  #frames = 0;

  #usual = 1;

  /** @param measures and edges: looked at before each step */
  constructor(measures: Measures, edges: Edges) {
    this.#measures = measures;
    this.#edges = edges;
  }

  /** @param usual contrast that the edges have when all is well, and how many are kept */
  step(dtS: number, usual: { readonly contrast: number; readonly kept: number }): void {
    const measures = this.#measures;
    const { cells, cellMask, cellPoints, mask } = measures;
    const { cellSize, cellLeft, kept } = this.#edges;
    this.#usual = usual.contrast;
    let under = 0, underLeft = 0, underCells = 0;
    let beside = 0, besideLeft = 0, besideCells = 0;
    let all = 0;
    for (let cell = 0; cell < cells; cell++) {
      const size = cellSize[cell]!;
      if (size === 0) continue;
      all += size;
      const covered = cellMask[cell]!;
      if (2 * covered >= cellPoints[cell]!) {
        under += size;
        underLeft += cellLeft[cell]!;
        underCells++;
      } else if (8 * covered <= cellPoints[cell]!) {
        beside += size;
        besideLeft += cellLeft[cell]!;
        besideCells++;
      }
    }
    this.part = mask;
    this.#move(measures, dtS);
    const inPlace = besideLeft > BESIDE_MIN * usual.contrast * beside;
    const gone = underLeft * beside < UNDER_MAX * besideLeft * under;
    const enough = besideCells >= CELLS_MIN && underCells >= CELLS_MIN &&
      beside > PART_MIN * all && under > PART_MIN * all;
    const sees = inPlace && besideCells >= SEEN_CELLS_MIN && beside > SEEN_PART_MIN * all;
    const isThing = mask >= ENDS_PART && enough && inPlace && gone;
    this.#frames = isThing ? this.#frames + 1 : this.active ? this.#frames : 0;
    this.sure = this.#frames >= SURE_FRAMES;
    if (!this.active) {
      if (mask < BEGINS_PART || !isThing) return;
      this.active = true;
      this.activeS = 0;
      this.#backS = 0;
      this.#hiddenS = 0;
    }
    this.activeS += dtS;
    this.hides = !sees;
    this.#hiddenS = sees ? 0 : this.#hiddenS + dtS;
    this.mayCover = this.hides && (this.rests || this.#hiddenS >= COVERS_S);
    const back = kept > BACK_KEPT * usual.kept || mask < ENDS_PART;
    this.#backS = back ? this.#backS + dtS : 0;
    if (this.#backS >= BACK_S || this.#hiddenS >= HIDDEN_S_MAX) this.reset();
  }

  /**
   * It is followed; the light that it takes from the picture is none of the scene's. Sets
   * pixels of the mask that are it.
   */
  rule(ruling: Mutable, picture: ModelView): void {
    const given = { edges: this.#edges, usual: this.#usual };
    if (this.part >= FILL_PART) this.#fill.fill(picture, this.#measures, given);
    ruling.known = true;
    ruling.vetoesLight = true;
    ruling.keep = this.goes || this.part >= LEARN_PART;
    ruling.learn = !ruling.keep;
  }

  /** Another scene, or no true picture: nothing is known of what is near. */
  reset(): void {
    this.active = false;
    this.hides = false;
    this.mayCover = false;
    this.sure = false;
    this.activeS = 0;
    this.#frames = 0;
  }

  #move({ mask, changed }: Measures, dtS: number): void {
    this.#restS = changed < REST_CHANGED ? this.#restS + dtS : 0;
    this.rests = this.#restS >= REST_S;
    this.goes = Math.abs(mask - this.#before) > GOES;
    this.#before += (1 - Math.exp(-dtS / MEMORY_S)) * (mask - this.#before);
  }
}
