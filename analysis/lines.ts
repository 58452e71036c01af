/**
 * Lines that people draw in the picture, and who crosses them. Pure: fed with blobs of
 * observations, so that it runs live, on files and on replay, with the same result.
 * Keeps state for tracks seen lately only, `TRACKS_MAX` at most. Zones are `zones.ts`.
 *
 * A line is crossed by the path of the bottom centre of a track's box, from evidence to
 * evidence: also between two frames when something is fast. Whoever stands on a line
 * trembles over it; so a crossing counts when the foot has gone away from the line, or
 * has stayed on the new side for a second, and counts once.
 * @module
 */
import type { Blob, Direction, MotionEvent, Observation } from "./dsl/observation.ts";
import { footOf, type Point } from "./zones.ts";
import type { Moment } from "./zone_stay.ts";

/** Which crossings are told: all, or those from the line's left to its right only. */
export const LINE_DIRECTIONS = ["both", "forward"] as const;
export type LineDirection = (typeof LINE_DIRECTIONS)[number];

/** A named line of two points or more, 0..1 of the picture. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
  /**
   * Left and right as seen by one who goes along the line from its first point to its
   * last: of a line drawn from left to right, left is above.
   */
  readonly direction: LineDirection;
}

/** Tracks remembered; one more forgets the one that was seen longest ago. */
const TRACKS_MAX = 512;
/** A track unseen for so long, ms, begins anew: as long as an episode may lack evidence. */
const FORGET_MS = 60_000;
/** On the new side for so long, ms: it has crossed, even if it stopped near the line. */
const STAYED_MS = 1_000;
/**
 * The foot has left the line when it is so far from it, in parts of the box's height …
 * A walker's foot point swings by a step: some 5 % of the height up and down.
 */
const AWAY_HEIGHTS = 0.12;
/** … and at least so far, in parts of the picture: boxes of small things tremble too. */
const AWAY_MIN = 0.008;

/** What is known of one track and one line. */
interface Passage {
  /** It was crossed an odd number of times since the last crossing that counts. */
  isOver: boolean;
  /** The last crossing, and since when it is over without a break. */
  crossing: Crossing | undefined;
  /** One was counted near the line: none counts until the foot has been away from it. */
  isSpent: boolean;
}

interface Crossing {
  readonly moment: Moment;
  readonly toRight: boolean;
  readonly dir: Direction;
}

interface Walker {
  readonly foot: Point;
  readonly lastSeenMs: number;
  readonly isQuiet: boolean;
  readonly passages: readonly Passage[];
}

/** The part of an observation that lines are about. */
export type SeenBlobs = Pick<Observation, "frame" | "tMs" | "blobs" | "events">;

export class LineWatch {
  readonly #lines: readonly Line[];
  /** In the order in which they were seen last. */
  readonly #walkers = new Map<number, Walker>();

  constructor(lines: readonly Line[]) {
    this.#lines = lines.map((line) => ({ ...line, points: prolonged(line.points) }));
  }

  /** The crossings that are known with this frame; to be called in order of time. */
  step(observation: SeenBlobs): readonly MotionEvent[] {
    if (this.#lines.length === 0) return [];
    const now = { ms: observation.tMs, frame: observation.frame };
    const told: MotionEvent[] = [];
    this.#forget(now.ms);
    for (const blob of observation.blobs) {
      if (blob.coast === 0) this.#walk(blob, now, told);
    }
    for (const { type, blob, zone } of observation.events) {
      const isEnd = type === "EXIT" || type === "DISAPPEAR";
      if (isEnd && zone === undefined) this.#end(blob, now, told);
    }
    return told;
  }

  /** The clock of the observations was set by `stepMs`. */
  shift(stepMs: number): void {
    for (const [id, walker] of this.#walkers) {
      this.#walkers.set(id, { ...walker, lastSeenMs: walker.lastSeenMs + stepMs });
      for (const passage of walker.passages) {
        const { crossing } = passage;
        if (!crossing) continue;
        const moment = { ...crossing.moment, ms: crossing.moment.ms + stepMs };
        passage.crossing = { ...crossing, moment };
      }
    }
  }

  #walk(blob: Blob, now: Moment, told: MotionEvent[]): void {
    const foot = footOf(blob);
    const was = this.#walkers.get(blob.id);
    const passages = was?.passages ?? this.#lines.map(newPassage);
    const isQuiet = blob.suppressed !== undefined;
    this.#walkers.delete(blob.id);
    this.#walkers.set(blob.id, { foot, lastSeenMs: now.ms, isQuiet, passages });
    if (!was) return;
    const awayMin = Math.max(AWAY_MIN, AWAY_HEIGHTS * blob.h);
    for (const [index, line] of this.#lines.entries()) {
      const passage = passages[index]!;
      follow(passage, line.points, { from: was.foot, to: foot, now });
      const isAway = distanceTo(line.points, foot) > awayMin;
      const crossing = settle(passage, { isAway, nowMs: now.ms });
      if (crossing && !isQuiet) tell({ crossing, line, blob: blob.id, now }, told);
    }
  }

  /** Gone through a door while still near its line. */
  #end(blob: number, now: Moment, told: MotionEvent[]): void {
    const walker = this.#walkers.get(blob);
    for (const [index, line] of walker ? this.#lines.entries() : []) {
      const passage = walker!.passages[index]!;
      const crossing = passage.isOver && !passage.isSpent ? passage.crossing : undefined;
      if (!crossing) continue;
      spend(passage);
      if (!walker!.isQuiet) tell({ crossing, line, blob, now }, told);
    }
  }

  #forget(nowMs: number): void {
    for (const [id, { lastSeenMs }] of this.#walkers) {
      const isOver = nowMs - lastSeenMs > FORGET_MS;
      if (!isOver && this.#walkers.size <= TRACKS_MAX) return;
      this.#walkers.delete(id);
    }
  }
}

/**
 * A line that ends at the picture's edge goes on beyond it: the feet of what is cut off
 * by the edge are on the edge, which is the line's very end.
 */
function prolonged(points: readonly Point[]): readonly Point[] {
  const before = beyond(points[0]!, points.find((point) => !isSame(point, points[0]!)));
  const last = points.at(-1)!;
  const after = beyond(last, points.findLast((point) => !isSame(point, last)));
  return [...before, ...points, ...after];
}

/** So near to the picture's edge people mean the edge. */
const EDGE = 0.01;
/** More than a foot point can be beyond it. */
const BEYOND = 0.1;

/** The point where the end of a line is prolonged to, if it is. */
function beyond(end: Point, neighbour: Point | undefined): readonly Point[] {
  const isAtEdge = Math.min(end.x, end.y, 1 - end.x, 1 - end.y) <= EDGE;
  if (!isAtEdge || !neighbour) return [];
  const [dx, dy] = [end.x - neighbour.x, end.y - neighbour.y];
  const scale = BEYOND / Math.hypot(dx, dy);
  return [{ x: end.x + dx * scale, y: end.y + dy * scale }];
}

function isSame(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

function newPassage(): Passage {
  return { isOver: false, crossing: undefined, isSpent: false };
}

/** Takes a step of the foot into account: each edge of the line that it goes over. */
function follow(
  passage: Passage,
  points: readonly Point[],
  { from, to, now }: { readonly from: Point; readonly to: Point; readonly now: Moment },
): void {
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i]!, points[i + 1]!];
    const wasRight = turn(a, b, from) > 0;
    const isRight = turn(a, b, to) > 0;
    if (wasRight === isRight) continue;
    // Half open, so that a corner of the line counts once.
    if ((turn(from, to, a) > 0) === (turn(from, to, b) > 0)) continue;
    passage.isOver = !passage.isOver;
    passage.crossing = { moment: now, toRight: isRight, dir: sideWords(a, b, isRight) };
  }
}

/** The crossing that counts now, if one does. */
function settle(
  passage: Passage,
  { isAway, nowMs }: { readonly isAway: boolean; readonly nowMs: number },
): Crossing | undefined {
  const { isOver, crossing, isSpent } = passage;
  if (isAway) {
    passage.isOver = false;
    passage.isSpent = false;
    return isOver ? crossing : undefined;
  }
  if (!isOver || isSpent || !crossing) return undefined;
  if (nowMs - crossing.moment.ms < STAYED_MS) return undefined;
  spend(passage);
  return crossing;
}

/** The side it has come to is now the one to come from. */
function spend(passage: Passage): void {
  passage.isOver = false;
  passage.isSpent = true;
}

function tell(
  { crossing, line, blob, now }: {
    readonly crossing: Crossing;
    readonly line: Line;
    readonly blob: number;
    readonly now: Moment;
  },
  told: MotionEvent[],
): void {
  const { moment, toRight, dir } = crossing;
  if (line.direction === "forward" && !toRight) return;
  const since = moment.frame < now.frame
    ? { sinceMs: moment.ms, sinceFrame: moment.frame }
    : {};
  told.push({ type: "CROSS", blob, dir, ...since, line: line.name });
}

/** Above 0: `at` is to the right of one who goes from `a` to `b` (y is down). */
function turn(a: Point, b: Point, at: Point): number {
  return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
}

/** The side of the picture that lies across the edge a-b. */
function sideWords(a: Point, b: Point, toRight: boolean): Direction {
  const sign = toRight ? 1 : -1;
  const x = -sign * (b.y - a.y);
  const y = sign * (b.x - a.x);
  if (Math.abs(x) >= Math.abs(y)) return x > 0 ? "RIGHT" : "LEFT";
  return y > 0 ? "DOWN" : "UP";
}

function distanceTo(points: readonly Point[], at: Point): number {
  let nearest = Infinity;
  for (let i = 0; i + 1 < points.length; i++) {
    nearest = Math.min(nearest, distanceToEdge(points[i]!, points[i + 1]!, at));
  }
  return nearest;
}

function distanceToEdge(a: Point, b: Point, at: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((at.x - a.x) * dx + (at.y - a.y) * dy) / squared;
  const near = Math.min(1, Math.max(0, along));
  return Math.hypot(at.x - a.x - near * dx, at.y - a.y - near * dy);
}
