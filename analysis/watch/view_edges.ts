/**
 * The edges of a view as places and directions that outlast it, and how many of them a
 * picture shows at a shift. Judges nothing: that is `old_view.ts`. The reference of the
 * scene as it is now is `edges.ts`.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import { EDGE_REACH, type Edges } from "./edges.ts";

/** Edges compared. */
const EDGES_USED = 150;
/** Part of an edge's contrast that must be left, and least difference, grey levels. */
const KEPT_PART = 0.35;
const TRACE = 4;
/** So many of the edges must show a direction: dark places and clipped ones show none. */
const CLEAR_PART = 0.35;

/** Where it is looked for them, work pixels to the right and down. */
export interface EdgeShift {
  readonly dx: number;
  readonly dy: number;
}

export class ViewEdges {
  #at = new Int32Array(0);
  #along = new Int32Array(0);
  #size = new Int16Array(0);

  get count(): number {
    return this.#at.length;
  }

  take({ at, along, size, count }: Edges): void {
    const step = Math.max(1, Math.floor(count / EDGES_USED));
    const used = Math.ceil(count / step);
    this.#at = new Int32Array(used);
    this.#along = new Int32Array(used);
    this.#size = new Int16Array(used);
    for (let i = 0; i < used; i++) {
      this.#at[i] = at[i * step]!;
      this.#along[i] = along[i * step]!;
      this.#size[i] = size[i * step]!;
    }
  }

  /** Four numbers an edge: x, y, 0 across or 1 down, steepness. @param stride of the views */
  pack(stride: number): number[] {
    const packed: number[] = [];
    for (let i = 0; i < this.count; i++) {
      const at = this.#at[i]!;
      const down = this.#along[i]! < stride ? 0 : 1;
      packed.push(at % stride, Math.floor(at / stride), down, this.#size[i]!);
    }
    return packed;
  }

  /** What `pack` gave, for views of this stride. */
  unpack(packed: readonly number[], stride: number): void {
    const count = Math.floor(packed.length / 4);
    this.#at = new Int32Array(count);
    this.#along = new Int32Array(count);
    this.#size = new Int16Array(count);
    for (let i = 0; i < count; i++) {
      this.#at[i] = packed[4 * i]! + packed[4 * i + 1]! * stride;
      this.#along[i] = packed[4 * i + 2] === 0 ? EDGE_REACH : EDGE_REACH * stride;
      this.#size[i] = packed[4 * i + 3]!;
    }
  }

  /** Part of the edges that are there with some of their contrast; 0 when half are outside. */
  keptAt(view: ModelView, { dx, dy }: EdgeShift): number {
    let kept = 0;
    let used = 0;
    for (let edge = 0; edge < this.#at.length; edge++) {
      if (!this.#isInside(view, edge, { dx, dy })) continue;
      used++;
      const was = this.#size[edge]!;
      const steep = this.#steepAt(view, edge, { dx, dy });
      const same = was > 0 ? steep : -steep;
      const least = KEPT_PART * (was > 0 ? was : -was);
      if (same >= (least > TRACE ? least : TRACE)) kept++;
    }
    return 2 * used < this.#at.length ? 0 : kept / used;
  }

  /**
   * Edges that agree less those that disagree in direction, of both: -1..1; undefined
   * when too few show one.
   * @param clear steepness from which on there is a direction, grey levels
   */
  agreementAt(
    view: ModelView,
    { dx, dy }: EdgeShift,
    clear: number,
  ): number | undefined {
    let agree = 0;
    let shown = 0;
    for (let edge = 0; edge < this.#at.length; edge++) {
      if (!this.#isInside(view, edge, { dx, dy })) continue;
      const steep = this.#steepAt(view, edge, { dx, dy });
      if (steep < clear && steep > -clear) continue;
      shown++;
      if (steep > 0 === this.#size[edge]! > 0) agree++;
    }
    return shown < CLEAR_PART * this.#at.length ? undefined : 2 * agree / shown - 1;
  }

  #isInside(
    { width, height, stride }: ModelView,
    edge: number,
    { dx, dy }: EdgeShift,
  ): boolean {
    const i = this.#at[edge]!;
    const row = Math.floor(i / stride) + dy;
    const column = i % stride + dx;
    return row >= EDGE_REACH && row < height - EDGE_REACH && column >= EDGE_REACH &&
      column < width - EDGE_REACH;
  }

  #steepAt({ y, stride }: ModelView, edge: number, { dx, dy }: EdgeShift): number {
    const i = this.#at[edge]! + dy * stride + dx;
    const along = this.#along[edge]!;
    return y[i + along]! - y[i - along]!;
  }
}
