/**
 * Pieces of JSON in the order of their time, which can be thinned: the newer half stays
 * whole, of the older half every second, fourth, eighth … is kept, back to the first.
 * @module
 */

export interface SeriesEntry {
  readonly json: string;
  /** Gives way only when nothing else is left: the end of a movement, a sentence. */
  readonly marks: boolean;
}

interface Ordered extends SeriesEntry {
  /** Counts all that were ever pushed, from 0. */
  readonly ordinal: number;
}

/** Thinning costs a walk over all, so each gives up this part at least. */
const FREED_MIN = 1 / 16;

export class ThinnedSeries {
  #entries: Ordered[] = [];
  #characters = 0;
  #pushed = 0;
  /** Of the older half, those stay whose ordinal it divides. */
  #step = 1;

  /** How long all of it is. */
  get characters(): number {
    return this.#characters;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** How many were given up since the start. */
  get dropped(): number {
    return this.#pushed - this.#entries.length;
  }

  push(entry: SeriesEntry): void {
    this.#entries.push({ ...entry, ordinal: this.#pushed++ });
    this.#characters += entry.json.length;
  }

  /** Makes what is old sparser; where that frees too little, the oldest go as well. */
  thin(): void {
    const wanted = Math.max(1, Math.floor(this.#entries.length * FREED_MIN));
    let step = this.#step;
    let freed = this.#freedBy(step);
    while (freed < wanted && step < this.#pushed) {
      step *= 2;
      freed = this.#freedBy(step);
    }
    if (freed >= wanted) this.#step = step;
    const kept = this.#entries.filter((entry, i) => !this.#givesWay(entry, { i, step }));
    this.#entries = kept.slice(Math.max(0, wanted - freed));
    this.#characters = this.#entries.reduce((sum, { json }) => sum + json.length, 0);
  }

  /** The pieces as they are now: later changes do not show in it. */
  pieces(): readonly string[] {
    return this.#entries.map(({ json }) => json);
  }

  #freedBy(step: number): number {
    let freed = 0;
    for (let i = 0; i < this.#entries.length / 2; i++) {
      if (this.#givesWay(this.#entries[i]!, { i, step })) freed++;
    }
    return freed;
  }

  /** True for what is old and marks nothing, but for every `step`th. */
  #givesWay(
    { marks, ordinal }: Ordered,
    { i, step }: { readonly i: number; readonly step: number },
  ): boolean {
    return i < this.#entries.length / 2 && !marks && ordinal % step !== 0;
  }
}

/** Thins whichever is longest until all of them together have at most `charactersMax`. */
export function keepWithin(
  charactersMax: number,
  series: readonly ThinnedSeries[],
): void {
  const total = () => series.reduce((sum, { characters }) => sum + characters, 0);
  while (total() > charactersMax) {
    const longest = series.reduce((a, b) => b.characters > a.characters ? b : a);
    longest.thin();
  }
}
