/**
 * What is known of each track that stands, or has not moved since it was found: for how
 * long, and whether its outline is the frame's or the model's. Decides nothing.
 * @module
 */
import type { ModelView } from "../foreground.ts";
import type { Life } from "../motion_events.ts";
import type { Track } from "../tracking/track.ts";
import { TRACKS_MAX } from "../tracking/tracker.ts";
import type { Presence } from "./presence.ts";
import { settle } from "../time_step.ts";

/** An outline is looked at this often, s: it changes little meanwhile. */
const LOOK_EVERY_S = 0.2;
const PRESENCE_SETTLE_S = 0.4;
/** A track that went farther than this from where it was found, in sizes, is no still one. */
const STAYED_MAX = 0.5;

export interface Standing {
  /** -1 the outline is the model's … 1 the frame's, smoothed. */
  presence: number;
  /** Seconds since it was first looked at. */
  forS: number;
  /** Seconds that it has stood, as events tell it. */
  stillS: number;
  sinceLookS: number;
  /** It was doubted as a left-over in the last frame. */
  wasGhost: boolean;
  /** Whether it was left, or is a left-over, was decided. */
  isTold: boolean;
  /** Id of the one who was in reach when it was found. */
  carrier: number | undefined;
  /** It was met in this frame. */
  isNew: boolean;
}

/** One frame, as far as it is asked here. */
export interface StandingStep {
  readonly dtS: number;
  readonly lives: { lifeOf(track: number): Life | undefined };
}

export class StandingTracks {
  readonly #presence: Presence;
  readonly #known = new Map<number, Standing>();

  constructor(presence: Presence) {
    this.#presence = presence;
  }

  of(track: Track): Standing | undefined {
    return this.#known.get(track.serial);
  }

  forget(track: Track): void {
    this.#known.delete(track.serial);
  }

  look(view: ModelView, tracks: readonly Track[], step: StandingStep): void {
    for (const track of tracks) this.#lookAt(view, track, step);
    if (this.#known.size > 2 * TRACKS_MAX) this.#sweep(tracks);
  }

  #lookAt(view: ModelView, track: Track, { dtS, lives }: StandingStep): void {
    const stands = track.confirmed && lives.lifeOf(track.id)?.moving === false;
    const stayed = track.travel < STAYED_MAX;
    if (!stands && !stayed) {
      if (this.#known.size > 0) this.#known.delete(track.serial);
      return;
    }
    const met = this.#known.get(track.serial);
    const known = met ?? this.meet(track);
    known.isNew = met === undefined;
    known.forS += dtS;
    known.stillS = stands ? known.stillS + dtS : 0;
    known.sinceLookS += dtS;
    if (track.coast > 0 || known.sinceLookS < LOOK_EVERY_S) return;
    const left = track.left - 1;
    const right = track.right + 1;
    const bounds = { left, right, top: track.top - 1, bottom: track.foot + 1 };
    const seen = this.#presence.of(view, bounds);
    const part = known.forS === dtS ? 1 : settle(known.sinceLookS, PRESENCE_SETTLE_S);
    known.presence += part * (seen - known.presence);
    known.sinceLookS = 0;
  }

  /** Begins to know a track, with what is known of its place already. */
  meet(
    track: Track,
    known: Partial<Pick<Standing, "carrier" | "presence">> = {},
  ): Standing {
    const standing: Standing = {
      ...{ presence: 0, forS: 0, stillS: 0, sinceLookS: LOOK_EVERY_S },
      ...{ wasGhost: false, isTold: false, carrier: undefined, isNew: false },
      ...known,
    };
    this.#known.set(track.serial, standing);
    return standing;
  }

  #sweep(tracks: readonly Track[]): void {
    const alive = new Set(tracks.map(({ serial }) => serial));
    for (const serial of this.#known.keys()) {
      if (!alive.has(serial)) this.#known.delete(serial);
    }
  }
}
