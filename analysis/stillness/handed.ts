/**
 * DROP and TAKE as events. A thing that the same one takes and leaves again within a few
 * seconds was moved: then neither is told. Finds nothing; told what was found.
 * @module
 */
import type { LifeEvent } from "../motion_events.ts";
import type { Moment } from "../tracking/track.ts";
import type { Bounds } from "./presence.ts";

/** How long a taken thing may come to lie elsewhere, s; a TAKE waits for so long. */
const MOVED_WITHIN_S = 3;
/** It is the same thing if its box is this many times larger or smaller, at most. */
const ALIKE_AREA = 1.8;
/** One place is told once in this time, s: what is left there goes piece by piece. */
const ONCE_IN_S = 8;
/** Remembered at once; the first is told early, and forgotten, when more come. */
const TAKES_MAX = 16;

export interface Taken {
  readonly carrier: number;
  /** The thing's id, if it was known. */
  readonly thing?: number;
  /** Where it lay, or lies. */
  readonly box: Bounds;
  readonly since: Moment;
}

export interface Left extends Taken {
  readonly thing: number;
}

export class Handed {
  #takes: { readonly taken: Taken; ageS: number; isTold: boolean }[] = [];
  #events: LifeEvent[] = [];

  passTime(dtS: number): void {
    if (this.#takes.length === 0) return;
    for (const one of this.#takes) {
      one.ageS += dtS;
      if (!one.isTold && one.ageS >= MOVED_WITHIN_S) this.#tell(one);
    }
    this.#takes = this.#takes.filter(({ ageS }) => ageS < ONCE_IN_S);
  }

  take(taken: Taken): void {
    if (this.#takes.some((one) => overlap(one.taken.box, taken.box))) return;
    this.#takes.push({ taken, ageS: 0, isTold: false });
    if (this.#takes.length <= TAKES_MAX) return;
    const oldest = this.#takes.shift()!;
    if (!oldest.isTold) this.#tell(oldest);
  }

  drop(left: Left): void {
    const moved = this.#takes.find(({ taken, isTold }) =>
      !isTold && taken.carrier === left.carrier && areAlike(taken.box, left.box)
    );
    const { thing, carrier, since } = left;
    if (moved) {
      moved.isTold = true;
      return;
    }
    const dir = "STATIC";
    this.#events.push({ type: "DROP", track: thing, dir, since, with: carrier });
  }

  takeEvents(): LifeEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** Of a thing that was never known, the one who took it is told. */
  #tell(one: { readonly taken: Taken; isTold: boolean }): void {
    one.isTold = true;
    const { carrier, thing, since } = one.taken;
    const named = thing === undefined
      ? { track: carrier }
      : { track: thing, with: carrier };
    this.#events.push({ type: "TAKE", dir: "STATIC", since, ...named });
  }
}

function areaOf({ left, top, right, bottom }: Bounds): number {
  return Math.max(1, (right - left) * (bottom - top));
}

function areAlike(a: Bounds, b: Bounds): boolean {
  const ratio = areaOf(a) / areaOf(b);
  return Math.max(ratio, 1 / ratio) <= ALIKE_AREA;
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
