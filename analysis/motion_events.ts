/**
 * Events from the lives of tracks: ENTER or APPEAR when one is first shown, STOP and
 * MOVE while it lasts, EXIT or DISAPPEAR when it is gone. Judges by time and distance
 * relative to the object's size, so that rate and zoom do not matter.
 * Finds no objects and knows no zones.
 * @module
 */
import type { Direction, EventType } from "./dsl/observation.ts";
import { headingOf, headingSince } from "./motion_heading.ts";
import type { PlaneShape } from "./regions.ts";
import { settle } from "./time_step.ts";
import type { Moment, Track } from "./tracking/track.ts";

/** An event in the tracker's own units; the analyser makes the DSL's of it. */
export interface LifeEvent {
  readonly type: EventType;
  readonly track: number;
  readonly dir: Direction;
  /** When it began, if that was before the frame that tells of it. */
  readonly since: Moment | undefined;
  /** The other track of it, if there is one. */
  readonly with?: number;
}

/** What is remembered of one shown track. */
export interface Life {
  /** Lost, and told so; it may come back as itself. */
  away: boolean;
  moving: boolean;
  /** Path so far in the units of the picture (0..1), and where it was last. */
  path: number;
  /** Where and how large it was when it last began to travel or to stand. */
  anchorX: number;
  anchorY: number;
  anchorSize: number;
  anchorMoment: Moment;
  /** Time spent near the anchor. */
  restS: number;
  /** Last frame in which it was still near its anchor. */
  nearMoment: Moment;
  lastX: number;
  lastY: number;
}

/** Lives kept: those followed and those remembered by the tracker, with room. */
const LIVES_MAX = 256;
/** Within this many sizes (root of the box's area) of its anchor for this long: it stands. */
const STAND_REACH = 0.25;
const STAND_S = 1.5;
/** Standing, it has to go this far to travel again: shifting weight is not walking. */
const LEAVE_REACH = 0.4;
/** Travel is dated back to the last moment this near to where it stood. */
const NEAR_REACH = 0.12;
/** How fast the place where it stands is learned: slower than any walk leaves it. */
const ANCHOR_SETTLE_S = 2;
/** A box this near the picture's edge touches it, work pixels. */
const TOUCH_PX = 2;
/** The way covered in this time may lie beyond the edge unseen. */
const UNSEEN_S = 0.15;

export class MotionEvents {
  readonly #shape: PlaneShape;
  readonly #lives = new Map<number, Life>();

  constructor(shape: PlaneShape) {
    this.#shape = shape;
  }

  lifeOf(track: number): Life | undefined {
    return this.#lives.get(track);
  }

  /** Tells of one track that is shown in this frame. */
  live(track: Track, dtS: number, events: LifeEvent[]): void {
    const life = this.#lives.get(track.id);
    if (life === undefined || life.away) {
      this.#begin(track, life?.path ?? 0, events);
      return;
    }
    if (track.coast > 0) return;
    this.#walk(life, track);
    if (life.moving) this.#lookForRest(life, track, dtS, events);
    else this.#lookForTravel(life, track, dtS, events);
  }

  /** Tells of a track out of sight that may come back. */
  lose(track: Track, events: LifeEvent[]): void {
    const life = this.#lives.get(track.id);
    if (life === undefined || life.away) return;
    life.away = true;
    this.#leave(track, events);
  }

  /** Tells of a track that ended, if it was ever shown and is not told of as lost. */
  end(track: Track, events: LifeEvent[]): void {
    const life = this.#lives.get(track.id);
    this.#lives.delete(track.id);
    if (life !== undefined && !life.away) this.#leave(track, events);
  }

  /**
   * A track goes on after a restart: its beginning was told before. Where it was last is
   * all that is known of its way.
   */
  resume(track: Track, { moving, path }: Pick<Life, "moving" | "path">): void {
    const life = this.#put(track, path);
    life.moving = moving;
    life.anchorMoment = track.last;
    life.nearMoment = track.last;
  }

  /** A track became a part of the scene: nothing more is told of it. */
  forget(track: Track): void {
    this.#lives.delete(track.id);
  }

  #leave(track: Track, events: LifeEvent[]): void {
    const edge = exitEdge(track, this.#shape);
    events.push({
      type: edge === undefined ? "DISAPPEAR" : "EXIT",
      track: track.id,
      dir: edge ?? headingOf(track, this.#shape),
      since: track.last,
    });
  }

  #begin(track: Track, path: number, events: LifeEvent[]): void {
    this.#put(track, path);
    if (track.adopted) return;
    const edge = entryEdge(track, this.#shape);
    events.push({
      type: edge === undefined ? "APPEAR" : "ENTER",
      track: track.id,
      dir: edge ?? headingOf(track, this.#shape),
      since: track.first.frame < track.last.frame ? track.first : undefined,
    });
  }

  #put(track: Track, path: number): Life {
    const y = middleOf(track);
    const life: Life = {
      away: false,
      moving: !track.adopted,
      path,
      anchorX: track.x,
      anchorY: y,
      anchorSize: sizeOf(track),
      anchorMoment: track.first,
      restS: 0,
      nearMoment: track.first,
      lastX: track.x,
      lastY: y,
    };
    this.#lives.delete(track.id);
    this.#forgetOldest();
    this.#lives.set(track.id, life);
    return life;
  }

  /** Cannot happen while the tracker keeps its own bounds; keeps this one all the same. */
  #forgetOldest(): void {
    if (this.#lives.size < LIVES_MAX) return;
    for (const oldest of this.#lives.keys()) {
      this.#lives.delete(oldest);
      return;
    }
  }

  #walk(life: Life, track: Track): void {
    const y = middleOf(track);
    const { width, height } = this.#shape;
    life.path += Math.hypot((track.x - life.lastX) / width, (y - life.lastY) / height);
    life.lastX = track.x;
    life.lastY = y;
  }

  #lookForRest(life: Life, track: Track, dtS: number, events: LifeEvent[]): void {
    if (strayOf(life, track) > STAND_REACH) {
      moveAnchor(life, track);
      return;
    }
    life.restS += dtS;
    if (life.restS < STAND_S) return;
    life.moving = false;
    life.nearMoment = track.last;
    events.push({
      type: "STOP",
      track: track.id,
      dir: "STATIC",
      since: life.anchorMoment,
    });
  }

  /** The anchor of what stands follows slowly, so that a turn of the body adds up to nothing. */
  #lookForTravel(life: Life, track: Track, dtS: number, events: LifeEvent[]): void {
    const stray = strayOf(life, track);
    if (stray <= NEAR_REACH) life.nearMoment = track.last;
    const part = settle(dtS, ANCHOR_SETTLE_S);
    life.anchorX += part * (track.x - life.anchorX);
    life.anchorY += part * (middleOf(track) - life.anchorY);
    life.anchorSize += part * (sizeOf(track) - life.anchorSize);
    if (stray <= LEAVE_REACH) return;
    events.push({
      type: "MOVE",
      track: track.id,
      dir: headingSince(track, wayFrom(life, track), this.#shape),
      since: life.nearMoment,
    });
    life.moving = true;
    moveAnchor(life, track);
  }
}

function moveAnchor(life: Life, track: Track): void {
  life.anchorX = track.x;
  life.anchorY = middleOf(track);
  life.anchorSize = sizeOf(track);
  life.anchorMoment = track.last;
  life.restS = 0;
}

function middleOf(track: Track): number {
  return track.foot - track.h / 2;
}

function sizeOf(track: Track): number {
  return Math.sqrt(track.w * track.h);
}

/** Way from the anchor in sizes; growing counts as coming nearer. */
function strayOf(life: Life, track: Track): number {
  const size = Math.max(1, sizeOf(track));
  const way = Math.hypot(track.x - life.anchorX, middleOf(track) - life.anchorY) / size;
  return Math.max(way, Math.abs(Math.log(size / Math.max(1, life.anchorSize))));
}

function wayFrom(life: Life, track: Track) {
  const dx = track.x - life.anchorX;
  const dy = middleOf(track) - life.anchorY;
  return { dx, dy, fromMs: life.nearMoment.tMs };
}

/** The edge a track came over: its first box touched it, or lay one unseen step away. */
function entryEdge(track: Track, shape: PlaneShape): Direction | undefined {
  const { x, foot, w, h } = track.origin;
  const back = -UNSEEN_S;
  return edgeOf({
    left: x - w / 2,
    right: x + w / 2,
    top: foot - h,
    bottom: foot,
    byX: track.seenVx * back,
    byY: track.seenVy * back,
  }, shape);
}

/** The edge a track left by, judged from its last place and its speed. */
function exitEdge(track: Track, shape: PlaneShape): Direction | undefined {
  return edgeOf({
    left: track.left,
    right: track.right,
    top: track.top,
    bottom: track.foot,
    byX: track.seenVx * UNSEEN_S,
    byY: track.seenVy * UNSEEN_S,
  }, shape);
}

/** A box and the way it may have gone unseen, towards an edge or from it. */
interface EdgeCase {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly byX: number;
  readonly byY: number;
}

/** The edge reached; of several the one that the way leads to most directly. */
function edgeOf(box: EdgeCase, shape: PlaneShape): Direction | undefined {
  const sides: readonly [Direction, number, number][] = [
    ["LEFT", box.left, -box.byX],
    ["RIGHT", shape.width - box.right, box.byX],
    ["UP", box.top, -box.byY],
    ["DOWN", shape.height - box.bottom, box.byY],
  ];
  let best: Direction | undefined;
  let bestWay = -Infinity;
  for (const [side, distance, way] of sides) {
    if (distance - Math.max(0, way) > TOUCH_PX || way <= bestWay) continue;
    best = side;
    bestWay = way;
  }
  return best;
}
