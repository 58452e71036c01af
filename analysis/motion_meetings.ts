/**
 * MERGE and SPLIT: two tracks that come together in one region of foreground, and part
 * again; also a part that leaves what it came with: a bag put down, a person out of a
 * car. Ids stay what they are: only the foreground is one. Who is who meanwhile is the
 * tracker's.
 * @module
 */
import type { LifeEvent } from "./motion_events.ts";
import type { Moment, Track } from "./tracking/track.ts";

/** Together, or apart, for so long: a moment's touch is told to nobody. */
const JOIN_S = 0.4;
const PART_S = 0.4;
/** Apart for so long first: two who walk beside each other do not meet with every step. */
const APART_S = 1;
/** A pair of which one is out of sight is remembered for so long. */
const FORGET_S = 10;
/** Pairs watched; when full, no further ones are until some are forgotten. */
const PAIRS_MAX = 256;
/** In a crowd's region only neighbours are together: boxes this near, in widths. */
const NEAR_WIDTHS = 0.25;

interface Pair {
  readonly first: number;
  readonly second: number;
  joined: boolean;
  /** Seconds in the other state, and since when. */
  changeS: number;
  since: Moment;
  /** Seconds since the pair was last apart for sure, and since both were seen. */
  apartS: number;
  unseenS: number;
  looked: boolean;
}

/** One frame's time step, and where its events go. */
export interface Meeting {
  readonly dtS: number;
  readonly events: LifeEvent[];
}

export class MotionMeetings {
  readonly #pairs = new Map<number, Pair>();
  /** Ids of those who are in a pair. */
  readonly #paired = new Set<number>();
  #isPaired = new Uint8Array(64);

  /** Pairs remembered now; bounded. */
  get size(): number {
    return this.#pairs.size;
  }

  /** Looks at all shown tracks of one frame. */
  look(tracks: readonly Track[], now: Meeting): void {
    const { dtS } = now;
    this.#paired.clear();
    for (const pair of this.#pairs.values()) {
      pair.looked = false;
      this.#paired.add(pair.first).add(pair.second);
    }
    if (tracks.length > this.#isPaired.length) {
      this.#isPaired = new Uint8Array(2 * tracks.length);
    }
    const isPaired = this.#isPaired;
    for (let i = 0; i < tracks.length; i++) {
      isPaired[i] = this.#paired.has(tracks[i]!.id) ? 1 : 0;
    }
    for (let i = 0; i < tracks.length; i++) {
      const a = tracks[i]!;
      if (!counts(a)) continue;
      for (let j = i + 1; j < tracks.length; j++) {
        const b = tracks[j]!;
        if (!counts(b)) continue;
        // Most are far from each other, and never met.
        if (isPaired[i] === 1 && isPaired[j] === 1) this.#lookAt(a, b, now);
        else this.#meet(a, b);
      }
    }
    for (const [key, pair] of this.#pairs) {
      if (pair.looked) continue;
      pair.unseenS += dtS;
      if (pair.unseenS > FORGET_S) this.#pairs.delete(key);
    }
  }

  /** Two who are no pair yet. */
  #meet(a: Track, b: Track): void {
    if (this.#pairs.size === PAIRS_MAX) return;
    const joined = cameOut(a, b) || cameOut(b, a);
    if (joined || areTogether(a, b)) this.#pairs.set(keyOf(a, b), pairOf(a, b, joined));
  }

  #lookAt(a: Track, b: Track, { dtS, events }: Meeting): void {
    const pair = this.#pairs.get(keyOf(a, b));
    if (pair === undefined) {
      this.#meet(a, b);
      return;
    }
    const together = areTogether(a, b);
    pair.looked = true;
    pair.unseenS = 0;
    pair.apartS = together ? 0 : pair.apartS + dtS;
    if (together === pair.joined) {
      pair.changeS = 0;
      if (!pair.joined && pair.apartS > APART_S) this.#pairs.delete(keyOf(a, b));
      return;
    }
    if (pair.changeS === 0) pair.since = a.last;
    pair.changeS += dtS;
    if (pair.changeS < (together ? JOIN_S : PART_S) - 1e-6) return;
    pair.joined = together;
    pair.changeS = 0;
    tell(together ? "MERGE" : "SPLIT", pair, events);
  }
}

function keyOf(a: Track, b: Track): number {
  return Math.min(a.id, b.id) * 2 ** 26 + Math.max(a.id, b.id) % 2 ** 26;
}

function pairOf(a: Track, b: Track, joined: boolean): Pair {
  return {
    first: Math.min(a.id, b.id),
    second: Math.max(a.id, b.id),
    joined,
    changeS: 0,
    since: a.last,
    apartS: 0,
    unseenS: 0,
    looked: true,
  };
}

/** True once for a track that was first seen as a part of the other. */
function cameOut(part: Track, whole: Track): boolean {
  if (part.bornIn !== whole.serial) return false;
  part.bornIn = 0;
  return true;
}

function counts(track: Track): boolean {
  return track.coast === 0 && track.suppressed === undefined;
}

/** In one region, and beside each other there. */
function areTogether(a: Track, b: Track): boolean {
  const near = NEAR_WIDTHS * Math.min(a.w, b.w);
  if (a.left > b.right + near || b.left > a.right + near) return false;
  if (a.top > b.foot + near || b.top > a.foot + near) return false;
  for (let i = 0; i < a.claims; i++) {
    for (let j = 0; j < b.claims; j++) {
      if (a.claimRegion[i] === b.claimRegion[j]) return true;
    }
  }
  return false;
}

function tell(type: "MERGE" | "SPLIT", pair: Pair, events: LifeEvent[]): void {
  const { first, second, since } = pair;
  events.push(
    { type, track: first, dir: "STATIC", since, with: second },
    { type, track: second, dir: "STATIC", since, with: first },
  );
}
