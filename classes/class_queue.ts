/**
 * Which track is looked at next. What nobody knows anything of comes before what is only
 * looked at again, and what waits longest before the rest. Bounded: what is worth least
 * gives way. Pure; knows no time but what it is told.
 * @module
 */

/** A track that somebody should look at. */
export interface ClassTask {
  readonly camera: string;
  readonly track: number;
  /** `first`: while it is there; `final`: when its stay is over. */
  readonly occasion: "first" | "final";
  /** Something is known of it already. */
  readonly isKnown: boolean;
  /** When it was handed in, ms of any clock. */
  readonly sinceMs: number;
}

export class ClassQueue {
  readonly #capacity: number;
  #waiting: ClassTask[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /**
   * A task about the same track gives way to the newer one, but keeps its place.
   * @returns the one that found no room, if one did
   */
  push(task: ClassTask): ClassTask | undefined {
    const at = this.#waiting.findIndex((waiting) => isSame(waiting, task));
    if (at >= 0) {
      const { sinceMs } = this.#waiting[at]!;
      this.#waiting[at] = { ...task, sinceMs };
      return undefined;
    }
    this.#waiting.push(task);
    if (this.#waiting.length <= this.#capacity) return undefined;
    const least = this.#waiting.toSorted(byWorth).at(-1)!;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== least);
    return least;
  }

  /** Takes the `count` that are worth most. */
  take(count: number): readonly ClassTask[] {
    const taken = this.#waiting.toSorted(byWorth).slice(0, count);
    this.#waiting = this.#waiting.filter((waiting) => !taken.includes(waiting));
    return taken;
  }

  /** Takes what was handed in before `ms`. */
  takeOlderThan(ms: number): readonly ClassTask[] {
    const old = this.#waiting.filter(({ sinceMs }) => sinceMs < ms);
    this.#waiting = this.#waiting.filter((waiting) => !old.includes(waiting));
    return old;
  }

  /** It turned out to be nothing: nobody needs to look. */
  drop(of: Pick<ClassTask, "camera" | "track">): void {
    this.#waiting = this.#waiting.filter((waiting) => !isSame(waiting, of));
  }
}

type Identity = Pick<ClassTask, "camera" | "track">;

function isSame(a: Identity, b: Identity): boolean {
  return a.camera === b.camera && a.track === b.track;
}

/** The unknown first; of those, who is still there; then who waits longest. */
function byWorth(a: ClassTask, b: ClassTask): number {
  return Number(a.isKnown) - Number(b.isKnown) ||
    Number(a.occasion === "final") - Number(b.occasion === "final") ||
    a.sinceMs - b.sinceMs;
}
