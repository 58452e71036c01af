/**
 * Remembers the view that a camera was turned away from, and tells when it is back: zones,
 * masks and lines were drawn in it. After a time without pictures it may be another view:
 * then it tells which it is. Tells nothing of how it was left, and holds nothing up: what
 * goes through the new view is followed as usual.
 *
 * The old view is back where most of its edges are, each with its direction and a part of
 * its contrast, whatever light has come since: gradients, not tones. A push by less than
 * what zones are drawn to is no other view; several that add up are.
 *
 * Whether it was left while nobody looked is asked of the edges' directions alone: those
 * stay in any light that shows them. Of seven clips and six drawn streets, brought to a
 * fifth of their light, under other shadows, lamps and infrared, .88 to 1 more of them
 * agree than disagree; of another view, nearer or beside, .15 to .46.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import { type Edges, PLACE_EDGES_MIN } from "./edges.ts";
import { type EdgeShift, ViewEdges } from "./view_edges.ts";

/** Zones lie where they were drawn within this part of the picture's longer side. */
const NEAR_PART = 1 / 50;
/** The best place is looked for so much farther, so that one just outside is not taken for near. */
const BEYOND_PX = 3;
/** A view that may be another one is looked for within this part of the longer side. */
const PUSHED_PART = 1 / 25;
/** Part of the edges that must be back: a scene elsewhere has a fifth of them by chance. */
const BACK = 0.6;
/** It is looked for so often, and is back when it was found as often as this in a row. */
const EVERY_S = 0.5;
const FOUND_MIN = 3;

/** An edge has a direction from so many grey levels on, and times the picture's noise. */
const CLEAR = 6;
const CLEAR_NOISES = 3;
/** More edges that agree than disagree: the same view, wherever it lies; … */
const SAME = 0.6;
/** … and in its place, give or take so many pixels: another one. Between them neither. */
const OTHER = 0.3;
const IN_PLACE_PX = 1;
/** After so long without an answer nothing is said. */
const DOUBT_S_MAX = 30;

/** What a successor has to know; survives JSON. Work pixels. */
export interface ViewSnapshot {
  readonly away: boolean;
  /** Where the picture lies against the view that zones were drawn in; and did when … */
  readonly x: number;
  readonly y: number;
  /** … these edges were remembered, as `ViewEdges.pack` has them. */
  readonly rememberedX: number;
  readonly rememberedY: number;
  readonly edges: readonly number[];
}

/** One frame as it is looked at. */
export interface LookedAt {
  /** Seconds since the last frame. */
  readonly dtS: number;
  /** Mean change of luma from frame to frame, grey levels. */
  readonly noise: number;
  /** The picture has clear edges of its own. */
  readonly shows: boolean;
}

export class OldView {
  readonly #nearPx: number;
  readonly #pushedPx: number;
  readonly #edges = new ViewEdges();
  /** Where the picture lies against the old view, work pixels; and where when it was remembered. */
  #x = 0;
  #y = 0;
  #rememberedX = 0;
  #rememberedY = 0;
  #sinceS = 0;
  /** Answers in a row that were the same. */
  #found = 0;
  /** For how long it may be another view; undefined: it is none. */
  #doubtS: number | undefined;

  /** The picture shows another view than zones were drawn in. */
  away = false;

  constructor({ width, height }: PlaneShape) {
    const longer = Math.max(width, height);
    this.#nearPx = Math.round(longer * NEAR_PART);
    this.#pushedPx = Math.max(
      this.#nearPx + BEYOND_PX,
      Math.round(longer * PUSHED_PART),
    );
  }

  /** @param edges of the view that is left now, for one that lies elsewhere */
  leave(edges: Edges): void {
    this.#remember(edges);
    this.#leave();
  }

  /** The picture lies `dx`, `dy` work pixels farther for good. @param edges of the view until now */
  push(edges: Edges, { dx, dy }: EdgeShift): void {
    if (this.away) return;
    this.#remember(edges);
    this.#x += dx;
    this.#y += dy;
    if (!this.#isNear(this.#x, this.#y)) this.#leave();
  }

  /** Nobody looked, and the picture is another one. @param edges of the view until then */
  doubt(edges: Edges): void {
    if (this.away || edges.count < PLACE_EDGES_MIN) return;
    this.#remember(edges);
    this.#doubtS = 0;
    this.#found = 0;
  }

  /**
   * A frame of what may be the new view, in order of time.
   * @returns how sure it is that it is another one than before, 0..1, in the frame in
   * which that was found out; else 0
   */
  look(view: ModelView, { dtS, noise, shows }: LookedAt): number {
    if (!this.away && this.#doubtS === undefined) return 0;
    if (this.#doubtS !== undefined) this.#doubtS += dtS;
    this.#sinceS += dtS;
    if (this.#sinceS < EVERY_S) return 0;
    this.#sinceS = 0;
    if (this.#doubtS !== undefined) return shows ? this.#decide(view, noise) : 0;
    this.#found = this.#isHere(view) ? this.#found + 1 : 0;
    if (this.#found < FOUND_MIN) return 0;
    this.away = false;
    this.#x = 0;
    this.#y = 0;
    return 0;
  }

  /** @param edges of the view that is seen now; `stride` of the views looked at */
  snapshot(edges: Edges, stride: number): ViewSnapshot {
    if (edges.count >= PLACE_EDGES_MIN) this.#remember(edges);
    return {
      ...{ away: this.away, x: this.#x, y: this.#y },
      ...{ rememberedX: this.#rememberedX, rememberedY: this.#rememberedY },
      edges: this.#edges.pack(stride),
    };
  }

  /** Goes on from a snapshot: nobody looked since. */
  restore(kept: ViewSnapshot, stride: number): void {
    this.#edges.unpack(kept.edges, stride);
    this.#x = kept.x;
    this.#y = kept.y;
    this.#rememberedX = kept.rememberedX;
    this.#rememberedY = kept.rememberedY;
    this.away = kept.away;
    if (!this.away && this.#edges.count > 0) this.#doubtS = 0;
  }

  /** What is remembered stays while it is away, or may be. */
  #remember(edges: Edges): void {
    if (this.away || this.#doubtS !== undefined) return;
    this.#edges.take(edges);
    this.#rememberedX = this.#x;
    this.#rememberedY = this.#y;
  }

  #leave(): void {
    this.away = true;
    this.#doubtS = undefined;
    this.#found = 0;
  }

  #isNear(x: number, y: number): boolean {
    return Math.abs(x) <= this.#nearPx && Math.abs(y) <= this.#nearPx;
  }

  /** Whether most edges are in their places, at a shift within which zones still fit. */
  #isHere(view: ModelView): boolean {
    const around = this.#nearPx + BEYOND_PX;
    const { share, isNear } = this.#search(
      { around, x: 0, y: 0 },
      (shift) => this.#edges.keptAt(view, shift),
    );
    return isNear && share >= BACK;
  }

  /** As `look` returns it: another view, or the same one pushed farther than is near. */
  #decide(view: ModelView, noise: number): number {
    const clear = Math.max(CLEAR, CLEAR_NOISES * noise);
    const agreement = (shift: EdgeShift) => this.#edges.agreementAt(view, shift, clear);
    const { share, isNear } = this.#search(
      { around: this.#pushedPx, x: 0, y: 0 },
      (shift) => agreement(shift) ?? -1,
    );
    const isKnown = share >= SAME;
    const isSame = isKnown && isNear;
    const isOther = isKnown ? !isNear : this.#isElsewhere(agreement);
    this.#found = isOther ? this.#found + 1 : 0;
    if (isSame || (!isOther && this.#doubtS! >= DOUBT_S_MAX)) this.#doubtS = undefined;
    if (this.#found < FOUND_MIN) return 0;
    this.#leave();
    return Math.min(1, 1 - share / 2);
  }

  /** What is dark shows too few directions to say so. */
  #isElsewhere(agreement: (shift: EdgeShift) => number | undefined): boolean {
    const here = { around: IN_PLACE_PX, x: this.#x, y: this.#y };
    if (agreement(this.#shiftTo(this.#x, this.#y)) === undefined) return false;
    return this.#search(here, (shift) => agreement(shift) ?? -1).share <= OTHER;
  }

  /** To look for the picture `x`, `y` away from the view that zones were drawn in. */
  #shiftTo(x: number, y: number): EdgeShift {
    return { dx: x - this.#rememberedX, dy: y - this.#rememberedY };
  }

  /** The best of all places around; the first of equal ones. */
  #search(
    { around, x: midX, y: midY }: { around: number; x: number; y: number },
    shareAt: (shift: EdgeShift) => number,
  ) {
    let [share, isNear] = [-1, false];
    for (let y = midY - around; y <= midY + around; y++) {
      for (let x = midX - around; x <= midX + around; x++) {
        const here = shareAt(this.#shiftTo(x, y));
        if (here <= share) continue;
        share = here;
        isNear = this.#isNear(x, y);
      }
    }
    return { share, isNear };
  }
}
