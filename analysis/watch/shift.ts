/**
 * Finds by how many whole work pixels the picture lies beside the model: the shift under
 * which most edges of the reference have their own luma again. Counting agreement is
 * robust: what moves in the picture, as long as it is the smaller part, votes for
 * nothing. Keeps no history: what a shift means is `shake.ts`.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import { type Edges, EDGES_MIN, PLACE_EDGES_MIN } from "./edges.ts";

/** Farthest shift that is looked for: a twenty-fifth of the picture's longer side. */
const REACH_PART = 1 / 25;
const REACH_PX_MAX = 16;
/** Edges that are compared in the wide search. */
const EDGES_USED = 120;
/** Lumas agree within this, and more where the edge is steep: half a pixel is lost. */
const NEAR = 8;
const NEAR_PART = 0.3;

export class ShiftSearch {
  /** What was found last, work pixels to the right and down. */
  dx = 0;
  dy = 0;
  /** Part of the edges that agree there, and unshifted. */
  agree = 0;
  unshifted = 0;
  readonly reach: number;

  constructor(width: number, height: number) {
    const longer = Math.max(width, height);
    this.reach = Math.max(2, Math.min(REACH_PX_MAX, Math.round(longer * REACH_PART)));
  }

  /** Looks around the last shift first, everywhere when that is not convincing. */
  find(view: ModelView, edges: Edges, convincing: number): void {
    this.agree = 0;
    if (edges.count < PLACE_EDGES_MIN) return;
    const step = Math.max(1, Math.floor(edges.count / EDGES_USED));
    this.unshifted = this.#agreement(view, edges, { dx: 0, dy: 0, step });
    const { dx, dy } = this;
    this.dx = 0;
    this.dy = 0;
    this.agree = this.unshifted;
    this.#lookAround(view, edges, { dx, dy, by: 1, around: 2, step });
    if (this.agree >= convincing) return;
    const around = Math.ceil(this.reach / 2);
    this.#lookAround(view, edges, { dx: 0, dy: 0, by: 2, around, step });
    this.#lookAround(view, edges, { dx: this.dx, dy: this.dy, by: 1, around: 1, step });
  }

  #lookAround(view: ModelView, edges: Edges, where: Around): void {
    const { reach } = this;
    const { dx, dy, by, around, step } = where;
    for (let down = -around; down <= around; down++) {
      const y = dy + by * down;
      if (y < -reach || y > reach) continue;
      for (let right = -around; right <= around; right++) {
        const x = dx + by * right;
        if (x < -reach || x > reach) continue;
        const agree = this.#agreement(view, edges, { dx: x, dy: y, step });
        if (agree <= this.agree) continue;
        this.agree = agree;
        this.dx = x;
        this.dy = y;
      }
    }
  }

  #agreement(
    { width, height, stride, y, backY }: ModelView,
    { at, size, count }: Edges,
    { dx, dy, step }: { dx: number; dy: number; step: number },
  ): number {
    const by = dy * stride + dx;
    let agree = 0;
    let used = 0;
    for (let edge = 0; edge < count; edge += step) {
      const i = at[edge]!;
      const row = Math.floor(i / stride) + dy;
      const column = i % stride + dx;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      used++;
      const steep = size[edge]!;
      const near = NEAR_PART * (steep < 0 ? -steep : steep);
      const off = y[i + by]! - backY[i]!;
      const most = near > NEAR ? near : NEAR;
      if (off <= most && off >= -most) agree++;
    }
    return used < EDGES_MIN ? 0 : agree / used;
  }
}

interface Around {
  readonly dx: number;
  readonly dy: number;
  readonly by: number;
  readonly around: number;
  readonly step: number;
}
