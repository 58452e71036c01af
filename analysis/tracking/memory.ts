/**
 * Objects lost inside the picture, remembered for a while so that they keep their id
 * when they come out from behind the lamp post. Those that left by an edge are not kept.
 * @module
 */
import { type Colours, likeness } from "./template.ts";
import type { Sighting } from "./sighting.ts";
import type { SizeModel } from "./size_model.ts";
import type { Track } from "./track.ts";

/** How long a lost object may come back as itself. */
const REMEMBER_S = 10;
/** Lost objects kept; when full, the one lost first is forgotten. */
const LOST_MAX = 64;
/** Fewest colours in common, 0..1. */
const LIKENESS_MIN = 0.5;
/** How far from where it was lost: in heights, growing with the time away. */
const DISTANCE_BASE = 0.8;
const DISTANCE_PER_S = 0.4;
/** How much it may have grown or shrunk meanwhile. */
const HEIGHT_RATIO_MAX = 1.5;

interface Lost {
  readonly track: Track;
  awayS: number;
}

export class Memory {
  #lost: Lost[] = [];

  /** Gives the object that had to be forgotten to make room, if any. */
  keep(track: Track): Track | undefined {
    this.#lost.push({ track, awayS: track.missedS });
    return this.#lost.length > LOST_MAX ? this.#lost.shift()!.track : undefined;
  }

  /** Gives those that have been away for too long; they are forgotten. */
  age(dtS: number): Track[] {
    let expired = 0;
    for (const lost of this.#lost) {
      lost.awayS += dtS;
      if (lost.awayS > REMEMBER_S) expired++;
    }
    if (expired === 0) return [];
    const forgotten = this.#lost.filter((lost) => lost.awayS > REMEMBER_S);
    this.#lost = this.#lost.filter((lost) => lost.awayS <= REMEMBER_S);
    return forgotten.map((lost) => lost.track);
  }

  /** Everything at once: after a leap in time nothing is itself for sure. */
  forgetAll(): Track[] {
    const forgotten = this.#lost.map((lost) => lost.track);
    this.#lost = [];
    return forgotten;
  }

  /** The lost object most like what is new at `box`, taken out of the memory. */
  recall(box: Sighting, colours: Colours, sizes: SizeModel): Track | undefined {
    const isWide = sizes.valid && sizes.isWide(box, box.cut);
    let best = -1;
    let bestLikeness = LIKENESS_MIN;
    for (let i = 0; i < this.#lost.length; i++) {
      const { track: lost, awayS } = this.#lost[i]!;
      const reach = lost.h * (DISTANCE_BASE + DISTANCE_PER_S * awayS);
      if (sizes.valid && lost.isWide !== isWide) continue;
      if (Math.max(lost.h / box.h, box.h / lost.h) > HEIGHT_RATIO_MAX) continue;
      if (Math.hypot(lost.x - box.x, lost.foot - box.foot) > reach) continue;
      const like = likeness(lost.template.colours, colours);
      if (like <= bestLikeness) continue;
      bestLikeness = like;
      best = i;
    }
    return best < 0 ? undefined : this.#lost.splice(best, 1)[0]!.track;
  }
}
