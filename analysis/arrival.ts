/**
 * How much a new track has to show before it is told: things come over the picture's
 * edge or out of one another, travel, and have an outline of their own; what flares up
 * in mid-picture is sooner light, a ghost or the lens. Asks for time and evidence, names
 * no cause and ends no track.
 * @module
 */
import { measurePath, type PathShape } from "./causes/evidence.ts";
import type { ModelView } from "./foreground.ts";
import { Presence } from "./stillness/presence.ts";
import type { FootBox } from "./tracking/sighting.ts";
import type { Track } from "./tracking/track.ts";
import type { SceneVerdict } from "./watch/scene_watch.ts";

/** Seconds with evidence that one needs who came over the edge, out of somebody, or else. */
const OVER_EDGE_S = 0.5;
const OUT_OF_S = 0.4;
const INSIDE_S = 0.9;
/** Of its time it was seen for at least this part. */
const SEEN_PART = 0.6;
/** Mean presence (`Presence.of`) below which more is asked, and much more. */
const OUTLINE = 0.35;
const NO_OUTLINE = 0.1;
const FAINT_S = 0.6;
const NO_OUTLINE_S = 1;
/** More births than this within a second are rain, a beam or the like: each is in doubt. */
const BURST = 12;
const BURST_S = 0.3;
/**
 * So long after the picture as a whole was upset there are leftovers of it; but who was
 * there all the time begins anew in mid-picture, too.
 */
const UPSET_S = 3;
const AFTER_UPSET_S = 0.2;
/** Way, in sizes, and straightness of one that came neither over the edge nor out of somebody … */
const WAY_SIZES = 0.3;
const STRAIGHT_MIN = 0.5;
/** … unless it stood there for so long. */
const STANDING_S = 4;
/** Who came over the edge has come at least so far, or stands there for so long. */
const EDGE_WAY_SIZES = 0.2;
const EDGE_STANDING_S = 1.5;
/** Who goes straight for so far, with an outline, is let in after this time wherever he began. */
const PASSING_S = 0.5;
const PASSING_SIZES = 1.5;
const PASSING_STRAIGHT = 0.8;
const PASSING_OUTLINE = 0.6;
/**
 * Who moves when the scene begins was there before, and is told as soon as he is an object;
 * ghosts of those who were learned with the scene begin then, too: their outline is the model's.
 */
const START_S = 4;
const GHOST = -0.05;
/** A first box this near the picture's edge came over it, picture widths. */
const EDGE_PART = 0.01;
const EDGE_PX = 2;
/** The way covered in this time may have been covered unseen. */
const UNSEEN_S = 0.15;
/** A piece is smaller than this share of what it came out of, which moves so fast, sizes a second. */
const PIECE_SHARE = 0.4;
const PIECE_SPEED = 0.3;
/** What comes close grows and hardly goes: this part of the picture for so long is enough. */
const NEAR_PART = 0.2;
const NEAR_S = 0.5;
/** Presence of the last frames settles with this weight. */
const LATE_WEIGHT = 0.4;

/** Somebody's last box, work pixels, and until when what is there may be of him. */
interface Gone extends FootBox {
  readonly untilS: number;
}

/** Seconds after an end in which a trace is one, and the ends remembered. */
const TRACE_S = 6;
const GONE_MAX = 8;
/** A trace has this share of the box at most, and does not go so far, in its sizes. */
const TRACE_AREA_MAX = 0.25;
const TRACE_WAY_SIZES = 1;

/** What is known of a track that has no id yet. */
interface Newcomer {
  /** Seconds since this view was seen first and since the last upset when it was born. */
  readonly bornS: number;
  readonly calmS: number;
  /** A small one out of a large one that moves is a piece of it, until it shows more. */
  readonly piece: boolean;
  presence: number;
  latePresence: number;
  looks: number;
}

/** One frame of arrivals. */
export interface ArrivalStep {
  readonly tracks: readonly Track[];
  /** Those who ended with this frame, and those who were lost with it. */
  readonly ended: readonly Track[];
  readonly lost: readonly Track[];
  /** Seconds since the last frame. */
  readonly dtS: number;
  /** What the picture as a whole allows: after doubts, and a new or moved model, more is asked. */
  readonly verdict: Pick<SceneVerdict, "bear" | "restart" | "shift" | "known">;
}

/** Watches those who are not confirmed yet; one per camera. */
export class Arrivals {
  readonly #presence = new Presence();
  readonly #known = new WeakMap<Track, Newcomer>();
  readonly #shape: PathShape = { net: 0, length: 0, size: 1, turns: 0, spanS: 0 };
  readonly #size = { width: 0, height: 0 };
  /** Who ended lately, the last ones only. */
  #gone: Gone[] = [];
  #sceneS = 0;
  /** When the view began that is seen now. */
  #viewS = 0;
  #calmS = Infinity;
  #mayBear = true;
  #isNear = false;
  #births = 0;

  /** Every frame in which tracks were followed, before any is confirmed. */
  look(view: ModelView, { tracks, ended, lost, dtS, verdict }: ArrivalStep): void {
    const { bear, restart, shift, known } = verdict;
    this.#isNear = known;
    const calmS = !bear || restart || shift !== undefined ? 0 : this.#calmS + dtS;
    this.pass(dtS);
    this.#calmS = calmS;
    this.#mayBear = bear;
    this.#size.width = view.width;
    this.#size.height = view.height;
    for (const track of ended) this.#remember(track);
    for (const track of lost) this.#remember(track);
    for (const track of tracks) {
      if (track.confirmed) continue;
      let newcomer = this.#known.get(track);
      if (newcomer === undefined) {
        const [bornS, calmS] = [this.#sceneS - this.#viewS, this.#calmS];
        const piece = isPieceAtBirth(track, tracks);
        newcomer = { bornS, calmS, piece, presence: 0, latePresence: 0, looks: 0 };
        this.#known.set(track, newcomer);
        this.#births++;
      }
      if (track.coast === 0) this.#see(track, newcomer, view);
    }
  }

  /** The picture's edge cut him to what was left: his place is as large as he was. */
  #remember({ confirmed, x, foot, whole, ...last }: Track): void {
    if (!confirmed) return;
    const [w, h] = [Math.max(last.w, whole.w), Math.max(last.h, whole.h)];
    this.#gone.push({ x, foot, w, h, untilS: this.#sceneS + TRACE_S });
    if (this.#gone.length > GONE_MAX) this.#gone.shift();
  }

  /** Another view: who moves in it was there before, as when a scene begins. */
  beginView(): void {
    this.#viewS = this.#sceneS;
    this.#gone = [];
  }

  /** A frame in which nobody was followed. */
  pass(dtS: number): void {
    this.#sceneS += dtS;
    this.#calmS = 0;
    this.#births *= Math.exp(-dtS);
  }

  /** Whether it has shown enough to be told; asked again in the next frame if not. */
  hasArrived(track: Track): boolean {
    if (!this.#mayBear) return false;
    if (track.adopted || track.isThing) return true;
    const newcomer = this.#known.get(track);
    if (newcomer === undefined) return false;
    if (newcomer.bornS < START_S && newcomer.latePresence >= GHOST) return true;
    const seenS = track.seenS + 1e-6;
    if (seenS < SEEN_PART * track.ageS) return false;
    const overEdge = this.#cameOverEdge(track);
    const { net, length, size } = measurePath(track, this.#shape);
    if (
      seenS >= PASSING_S && track.travel >= PASSING_SIZES &&
      newcomer.presence >= PASSING_OUTLINE && net >= PASSING_STRAIGHT * length
    ) return true;
    if (this.#isNear && seenS >= NEAR_S && this.#isLarge(track)) return true;
    if (seenS < this.#neededS(track, newcomer, overEdge)) return false;
    if (this.#isTrace(track)) return track.travel >= TRACE_WAY_SIZES;
    if (overEdge) {
      // What is cast over the edge by somebody outside trembles there and has no outline.
      const standingS = newcomer.presence >= OUTLINE ? EDGE_STANDING_S : STANDING_S;
      const way = newcomer.presence >= OUTLINE ? EDGE_WAY_SIZES : WAY_SIZES;
      return track.travel >= way || seenS >= standingS;
    }
    if (track.bornIn > 0 && !newcomer.piece && newcomer.presence >= OUTLINE) return true;
    if (seenS >= STANDING_S) return true;
    return net >= WAY_SIZES * size && net >= STRAIGHT_MIN * length;
  }

  #see(track: Track, newcomer: Newcomer, view: ModelView): void {
    const { left, top, right, foot } = track;
    const presence = this.#presence.of(view, { left, top, right, bottom: foot });
    const late = newcomer.looks === 0 ? 1 : LATE_WEIGHT;
    newcomer.looks++;
    newcomer.presence += (presence - newcomer.presence) / newcomer.looks;
    newcomer.latePresence += late * (presence - newcomer.latePresence);
  }

  #neededS(track: Track, newcomer: Newcomer, overEdge: boolean): number {
    const isLeftover = newcomer.calmS < UPSET_S;
    const isExpected = (track.bornIn > 0 && !newcomer.piece) ||
      (isLeftover && newcomer.presence >= OUTLINE);
    let needed = overEdge ? OVER_EDGE_S : isExpected ? OUT_OF_S : INSIDE_S;
    if (newcomer.presence < NO_OUTLINE) needed += NO_OUTLINE_S;
    else if (newcomer.presence < OUTLINE) needed += FAINT_S;
    if (this.#births > BURST) needed += BURST_S;
    if (isLeftover) needed += AFTER_UPSET_S;
    return needed;
  }

  #isLarge({ w, h }: Track): boolean {
    return w * h >= NEAR_PART * this.#size.width * this.#size.height;
  }

  /** Small, where somebody left a moment ago: his shadow on a wall, a piece of him. */
  #isTrace({ origin }: Track): boolean {
    return this.#gone.some(({ x, foot, w, h, untilS }) =>
      this.#sceneS < untilS && origin.w * origin.h < TRACE_AREA_MAX * w * h &&
      Math.abs(origin.x - x) < w &&
      Math.abs(origin.foot - origin.h / 2 - foot + h / 2) < h
    );
  }

  #cameOverEdge({ origin, seenVx, seenVy }: Track): boolean {
    const { width, height } = this.#size;
    const margin = Math.max(EDGE_PX, EDGE_PART * width);
    const near = (from: number, speed: number) =>
      from <= margin + Math.max(0, speed) * UNSEEN_S;
    return near(origin.x - origin.w / 2, seenVx) ||
      near(width - origin.x - origin.w / 2, -seenVx) ||
      near(origin.foot - origin.h, seenVy) || near(height - origin.foot, -seenVy);
  }
}

function isPieceAtBirth(track: Track, tracks: readonly Track[]): boolean {
  if (track.bornIn === 0) return false;
  const whole = tracks.find(({ serial }) => serial === track.bornIn);
  if (whole === undefined) return false;
  const speed = Math.hypot(whole.vx, whole.vy);
  return track.w * track.h < PIECE_SHARE * whole.w * whole.h &&
    speed > PIECE_SPEED * Math.sqrt(whole.w * whole.h);
}
