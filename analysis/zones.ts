/**
 * Zones: polygons in the picture, and whether a box is in one. Pure geometry in 0..1
 * of the picture. Reads no text: that is `place_text.ts`. Knows nothing of tracks or time: stays are `episode_assembler.ts`.
 * @module
 */

/** A place in the picture, 0..1: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A named polygon. It may cross itself: a point is inside by the even-odd rule. */
export interface Zone {
  readonly name: string;
  readonly points: readonly Point[];
  /** How this zone is judged; else as all are. */
  readonly judge?: ZoneJudge;
  /** Least size of what is reported here; else that of the picture: `sizes.ts`. */
  readonly sizeMin?: number;
}

/** A box by its centre and full size, as a `BLOB` line has it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** `foot`: the bottom centre of the box is inside; `touch`: any part of it is. */
export const ZONE_JUDGES = ["foot", "touch"] as const;
export type ZoneJudge = (typeof ZONE_JUDGES)[number];

/** How near a point counts as on an edge: far below a pixel, far above rounding. */
const ON_EDGE = 1e-9;

/** Whether the box is in the zone. Edges count as inside. */
export function isInZone(zone: Zone, box: Box, judge: ZoneJudge): boolean {
  switch (judge) {
    case "foot":
      return isInside(zone.points, footOf(box));
    case "touch":
      return isTouched(zone.points, box);
  }
}

/** Bottom centre of the box, within the picture: rounding can put it just outside. */
export function footOf(box: Box): Point {
  return { x: withinPicture(box.x), y: withinPicture(box.y + box.h / 2) };
}

/** Even-odd rule; a point on an edge is inside. */
export function isInside(points: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  let a = points[points.length - 1]!;
  for (const b of points) {
    if (isOnEdge(a, b, { x, y })) return true;
    const crosses = (a.y > y) !== (b.y > y);
    if (crosses && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
    a = b;
  }
  return inside;
}

function isTouched(points: readonly Point[], box: Box): boolean {
  const low = { x: box.x - box.w / 2 - ON_EDGE, y: box.y - box.h / 2 - ON_EDGE };
  const high = { x: box.x + box.w / 2 + ON_EDGE, y: box.y + box.h / 2 + ON_EDGE };
  let a = points[points.length - 1]!;
  for (const b of points) {
    if (reachesInto(a, b, low, high)) return true;
    a = b;
  }
  // No edge comes into the box: it is in as a whole or out as a whole.
  return isInside(points, box);
}

/** Clips the edge a-b to the box along x, then y: is anything left? */
function reachesInto(a: Point, b: Point, low: Point, high: Point): boolean {
  const alongX = clip([0, 1], { from: a.x, to: b.x, low: low.x, high: high.x });
  return clip(alongX, { from: a.y, to: b.y, low: low.y, high: high.y })[0] <= 1;
}

/** An empty part begins beyond 1. */
const NOTHING: readonly [number, number] = [2, 1];

function clip(
  [start, end]: readonly [number, number],
  axis: { from: number; to: number; low: number; high: number },
): readonly [number, number] {
  const { from, to, low, high } = axis;
  const length = to - from;
  if (length === 0) return from < low || from > high ? NOTHING : [start, end];
  const enters = ((length > 0 ? low : high) - from) / length;
  const leaves = ((length > 0 ? high : low) - from) / length;
  const first = Math.max(start, enters);
  const last = Math.min(end, leaves);
  return first > last ? NOTHING : [first, last];
}

/** Whether a point lies on the edge from `a` to `b`, ends included. */
export function isOnEdge(a: Point, b: Point, at: Point): boolean {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((at.x - a.x) * dx + (at.y - a.y) * dy) / squared;
  const nearest = Math.min(1, Math.max(0, along));
  const offX = at.x - a.x - nearest * dx;
  const offY = at.y - a.y - nearest * dy;
  return offX * offX + offY * offY <= ON_EDGE * ON_EDGE;
}

function withinPicture(value: number): number {
  return Math.min(1, Math.max(0, value));
}
