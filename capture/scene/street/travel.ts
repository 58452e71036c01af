/**
 * How far along its way something is at a time, and where that is. Pure.
 * @module
 */

/** A steady speed, and at most one stop on the way. */
export interface Pace {
  readonly metresPerS: number;
  /** Seconds that slowing down takes, and getting going again. */
  readonly easeS: number;
  readonly stop?: {
    readonly atM: number;
    readonly forS: number;
  };
}

export interface Progress {
  readonly travelledM: number;
  /** Part of the steady speed, 0..1. */
  readonly effort: number;
  readonly isSlowing: boolean;
}

/** The state `seconds` after the start. */
export function progressAt(pace: Pace, seconds: number): Progress {
  const { metresPerS: speed, easeS, stop } = pace;
  const steady = { travelledM: speed * seconds, effort: 1, isSlowing: false };
  if (!stop) return steady;
  // Easing linearly covers half of what the steady speed would.
  const slowsAtS = (stop.atM - speed * easeS / 2) / speed;
  if (seconds <= slowsAtS) return steady;
  const slowing = seconds - slowsAtS;
  if (slowing < easeS) {
    const eased = slowing - slowing ** 2 / (2 * easeS);
    return {
      travelledM: speed * (slowsAtS + eased),
      effort: 1 - slowing / easeS,
      isSlowing: true,
    };
  }
  const going = slowing - easeS - stop.forS;
  if (going <= 0) return { travelledM: stop.atM, effort: 0, isSlowing: true };
  const eased = going < easeS ? going ** 2 / (2 * easeS) : going - easeS / 2;
  return {
    travelledM: stop.atM + speed * eased,
    effort: Math.min(1, going / easeS),
    isSlowing: false,
  };
}

/** Seconds from start to end of a way. */
export function travelS(pace: Pace, lengthM: number): number {
  const { metresPerS, easeS, stop } = pace;
  return lengthM / metresPerS + (stop ? easeS + stop.forS : 0);
}

/** A point on the ground, metres. */
export interface GroundPoint {
  readonly x: number;
  readonly z: number;
}

/** A place on a way and the direction there, radians from the right, anticlockwise. */
export interface WayPlace extends GroundPoint {
  readonly heading: number;
}

/** Corners are turned over this length. */
const TURN_M = 0.9;

export function lengthOf(way: readonly GroundPoint[]): number {
  return way.slice(1).reduce((sum, to, i) => sum + distance(way[i]!, to), 0);
}

/** Where one is after `travelledM` of a way of at least two points. */
export function placeOn(way: readonly GroundPoint[], travelledM: number): WayPlace {
  let left = travelledM;
  let last = 1;
  while (last < way.length - 1 && left > distance(way[last - 1]!, way[last]!)) {
    left -= distance(way[last - 1]!, way[last]!);
    last++;
  }
  const [from, to] = [way[last - 1]!, way[last]!];
  const length = distance(from, to);
  const part = left / length;
  const heading = headingOf(from, to);
  const before = last > 1 ? headingOf(way[last - 2]!, from) : heading;
  const after = last + 1 < way.length ? headingOf(to, way[last + 1]!) : heading;
  const turning = Math.max(0, 0.5 - left / TURN_M) * turnBetween(heading, before) +
    Math.max(0, 0.5 - (length - left) / TURN_M) * turnBetween(heading, after);
  return {
    x: from.x + (to.x - from.x) * part,
    z: from.z + (to.z - from.z) * part,
    heading: heading + turning,
  };
}

function distance(a: GroundPoint, b: GroundPoint): number {
  return Math.hypot(b.x - a.x, b.z - a.z);
}

function headingOf(from: GroundPoint, to: GroundPoint): number {
  return Math.atan2(to.z - from.z, to.x - from.x);
}

/** The shorter turn from `a` to `b`, -pi..pi. */
function turnBetween(a: number, b: number): number {
  return Math.atan2(Math.sin(b - a), Math.cos(b - a));
}
