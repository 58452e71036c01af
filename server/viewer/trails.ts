/**
 * Where each blob's foot was in the seconds before a moment, for the fading line behind
 * it. Smoothed: a box's lower edge trembles with every step. Pure.
 * @module
 */
import type { Past } from "./past.ts";

/** Coordinates are 0..1 of the picture. */
export interface TrailPoint {
  readonly x: number;
  readonly y: number;
  /** 1 at the moment, 0 when it is forgotten. */
  readonly youth: number;
}

/** By blob id, oldest point first. */
export type Trails = ReadonlyMap<number, readonly TrailPoint[]>;

export const NO_TRAILS: Trails = new Map();

/** How long a point stays; long enough to see where somebody came from. */
const TRAIL_US = 4_000_000;
/** Averaged over this long on both sides: about a step of a walker. */
const SMOOTH_US = 500_000;

/** The trails that end at `ptsUs`, of what is there and of what left lately. */
export function trailsAt(past: Past, ptsUs: number): Trails {
  const feet = new Map<number, Foot[]>();
  for (const frame of past) {
    if (frame.ptsUs > ptsUs || ptsUs - frame.ptsUs >= TRAIL_US) continue;
    for (const { id, x, y, h } of frame.blobs) {
      const foot = { x, y: Math.min(1, y + h / 2), ptsUs: frame.ptsUs };
      const known = feet.get(id);
      if (known) known.push(foot);
      else feet.set(id, [foot]);
    }
  }
  return new Map([...feet].map(([id, points]) => [id, smoothed(points, ptsUs)]));
}

interface Foot {
  readonly x: number;
  readonly y: number;
  readonly ptsUs: number;
}

/** As far on one side as on the other, so that a trail ends where its blob stands. */
function smoothed(feet: readonly Foot[], nowUs: number): TrailPoint[] {
  const [firstUs, lastUs] = [feet[0]!.ptsUs, feet.at(-1)!.ptsUs];
  return feet.map(({ ptsUs }) => {
    const reachUs = Math.min(SMOOTH_US, ptsUs - firstUs, lastUs - ptsUs);
    const near = feet.filter((foot) => Math.abs(foot.ptsUs - ptsUs) <= reachUs);
    const sum = near.reduce(
      (sum, foot) => ({ x: sum.x + foot.x, y: sum.y + foot.y }),
      { x: 0, y: 0 },
    );
    return {
      x: sum.x / near.length,
      y: sum.y / near.length,
      youth: 1 - (nowUs - ptsUs) / TRAIL_US,
    };
  });
}
