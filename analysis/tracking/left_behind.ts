/**
 * In the first seconds of a scene: what those left behind who stood in its first frame.
 * The model took them for the scene, so where they were the mask shows their outline,
 * hanging on to them as they go. What moves changes; what they left does not. So only
 * what changes is foreground while the scene is young, and the rest may be learned.
 *
 * Costs nothing after the start. Judges by change alone; what is left over by things that
 * drive off later is told by their outline (`kernels/ghosts.ts`).
 * @module
 */
import type { Foreground } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import type { Track } from "./track.ts";

/** The scene is young for so long, learned seconds. */
export const YOUNG_SCENE_S = 5;
/** Change is judged on squares of so many pixels … */
const SIDE = 4;
/** … against a picture about this old, … */
const REFERENCE_S = 0.08;
/** … as a mean difference of luma that noise does not reach. */
const CHANGE_MIN = 5;
/** A square that changed within this time is live. */
const LIVE_S = 0.14;
/** Plain clothes: squares between live ones are live, across and down this many squares. */
const GAP_ACROSS = 7;
const GAP_DOWN = 6;
/** A track that went this many of its sizes is real; when it stands, it stays foreground. */
const REAL_TRAVEL = 0.5;
const STANDING_SPEED = 0.15;
/** Of a walker this share of the squares is live; with less he has stopped just now. */
const WALKING_SHARE = 0.5;

export class LeftBehind {
  readonly #shape: PlaneShape;
  readonly #columns: number;
  readonly #rows: number;
  /** Seconds since a square changed. */
  readonly #stillS: Float32Array;
  readonly #live: Uint8Array;
  #reference: Uint8Array | undefined;
  #referenceAgeS = 0;

  constructor(shape: PlaneShape) {
    this.#shape = shape;
    this.#columns = Math.ceil(shape.width / SIDE);
    this.#rows = Math.ceil(shape.height / SIDE);
    this.#stillS = new Float32Array(this.#columns * this.#rows);
    this.#live = new Uint8Array(this.#columns * this.#rows);
  }

  /**
   * Clears what does not change from the mask. To be called with every frame, before
   * regions are found; `sceneS`: learned seconds since the scene began.
   */
  clear(
    picture: Foreground,
    at: { readonly sceneS: number; readonly dtS: number },
    tracks: readonly Track[],
  ): void {
    if (at.sceneS >= YOUNG_SCENE_S) {
      this.#reference = undefined;
      return;
    }
    if (this.#reference === undefined) {
      this.#stillS.fill(LIVE_S);
      this.#reference = picture.y.slice();
      this.#referenceAgeS = 0;
      return;
    }
    this.#compare(picture, this.#reference, at.dtS);
    this.#closeAcross();
    this.#closeDown();
    for (const track of tracks) this.#keepStanding(track);
    this.#erase(picture);
    this.#referenceAgeS += at.dtS;
    if (this.#referenceAgeS < REFERENCE_S) return;
    this.#reference.set(picture.y);
    this.#referenceAgeS = 0;
  }

  #compare(picture: Foreground, reference: Uint8Array, dtS: number): void {
    const { width, height } = this.#shape;
    const { y: luma, stride } = picture;
    for (let row = 0; row < this.#rows; row++) {
      const y1 = Math.min(height, (row + 1) * SIDE);
      for (let column = 0; column < this.#columns; column++) {
        const x1 = Math.min(width, (column + 1) * SIDE);
        let sum = 0;
        for (let y = row * SIDE; y < y1; y++) {
          const base = y * stride;
          for (let x = column * SIDE; x < x1; x++) {
            sum += Math.abs(luma[base + x]! - reference[base + x]!);
          }
        }
        const at = row * this.#columns + column;
        const pixels = (y1 - row * SIDE) * (x1 - column * SIDE);
        this.#stillS[at] = sum > CHANGE_MIN * pixels ? 0 : this.#stillS[at]! + dtS;
        this.#live[at] = Number(this.#stillS[at]! < LIVE_S);
      }
    }
  }

  #closeAcross(): void {
    for (let row = 0; row < this.#rows; row++) {
      this.#close(row * this.#columns, 1, this.#columns, GAP_ACROSS);
    }
  }

  #closeDown(): void {
    for (let column = 0; column < this.#columns; column++) {
      this.#close(column, this.#columns, this.#rows, GAP_DOWN);
    }
  }

  /** Fills short gaps along a line of `count` squares. */
  #close(first: number, step: number, count: number, gapMax: number): void {
    let last = -Infinity;
    for (let i = 0; i < count; i++) {
      if (this.#live[first + i * step] === 0) continue;
      if (i - last <= gapMax) {
        for (let gap = last + 1; gap < i; gap++) this.#live[first + gap * step] = 1;
      }
      last = i;
    }
  }

  #keepStanding(track: Track): void {
    if (track.travel < REAL_TRAVEL) return;
    const x0 = Math.max(0, Math.floor(track.left / SIDE));
    const x1 = Math.min(this.#columns, Math.ceil(track.right / SIDE));
    const y0 = Math.max(0, Math.floor(track.top / SIDE));
    const y1 = Math.min(this.#rows, Math.ceil(track.foot / SIDE));
    if (x1 <= x0 || y1 <= y0) return;
    const still = STANDING_SPEED * Math.sqrt(track.w * track.h);
    const slow = Math.hypot(track.seenVx, track.seenVy) <= still;
    const stopped = track.coast === 0 &&
      this.#liveIn(x0, x1, y0, y1) < WALKING_SHARE * (x1 - x0) * (y1 - y0);
    if (!slow && !stopped) return;
    for (let row = y0; row < y1; row++) {
      this.#live.fill(1, row * this.#columns + x0, row * this.#columns + x1);
    }
  }

  #liveIn(x0: number, x1: number, y0: number, y1: number): number {
    let live = 0;
    for (let row = y0; row < y1; row++) {
      for (let column = x0; column < x1; column++) {
        live += this.#live[row * this.#columns + column]!;
      }
    }
    return live;
  }

  #erase({ mask, stride }: Foreground): void {
    const { width, height } = this.#shape;
    for (let row = 0; row < this.#rows; row++) {
      const y1 = Math.min(height, (row + 1) * SIDE);
      for (let column = 0; column < this.#columns; column++) {
        if (this.#live[row * this.#columns + column] === 1) continue;
        const x0 = column * SIDE;
        const x1 = Math.min(width, x0 + SIDE);
        for (let y = row * SIDE; y < y1; y++) {
          mask.fill(0, y * stride + x0, y * stride + x1);
        }
      }
    }
  }
}
