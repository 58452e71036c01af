/**
 * How a player stays close behind a live stream: when it goes on faster, when it leaps,
 * and what it may forget. Pure; touches no player.
 * @module
 */

/** A piece of the stream that the player has, seconds. */
export interface Span {
  readonly startS: number;
  readonly endS: number;
}

/** Where a player stands. */
export interface PlayerState {
  readonly nowS: number;
  readonly rate: number;
  /** In rising order, as `HTMLMediaElement.buffered` has them. */
  readonly held: readonly Span[];
  /** Time between two pictures, seconds; 0 while unknown. */
  readonly intervalS: number;
}

export interface Pace {
  readonly rate: number;
  /** Leap there. */
  readonly seekS?: number;
  /** All before may be forgotten. */
  readonly forgetBeforeS?: number;
}

/** Chromium wants some pictures ahead before it plays: less would make it stop and go. */
const AIM_S = 0.3;
/** The same in pictures, for slow cameras. */
const AIM_PICTURES = 4;
/** Further behind than this it plays faster until it is back at its aim. */
const BEHIND = 1.4;
const FASTER = 1.1;
/** Further behind than this it leaps. */
const LOST = 3.5;
/** What lies so far back is forgotten; more than one GOP, as players forget by GOPs. */
const KEPT_S = 10;

/** What to do now. With nothing held there is nothing to do. */
export function paceOf({ nowS, rate, held, intervalS }: PlayerState): Pace {
  const [first, newest] = [held[0], held.at(-1)];
  if (!first || !newest) return { rate: 1 };
  const aimS = Math.max(AIM_S, AIM_PICTURES * intervalS);
  const behindS = newest.endS - nowS;
  // Not in the newest span: before a hole, or after a stream that began anew.
  const isLost = nowS < newest.startS || behindS > LOST * aimS || behindS < -intervalS;
  const seekS = Math.max(newest.startS, newest.endS - aimS);
  const forgets = nowS - first.startS > 2 * KEPT_S;
  return {
    rate: rateFor(behindS / aimS, rate),
    ...(isLost ? { seekS, rate: 1 } : {}),
    ...(forgets ? { forgetBeforeS: nowS - KEPT_S } : {}),
  };
}

/** Two thresholds, so that it does not change its mind all the time. */
function rateFor(behind: number, rate: number): number {
  if (behind > BEHIND) return FASTER;
  return behind > 1 ? rate : 1;
}
