/**
 * One track's stay in one zone, as it is seen inside or outside. Pure: the stay and a
 * sighting go in, the new stay comes out. Geometry is `zones.ts`.
 * @module
 */

/** A frame and its time, in the clock of the observations. */
export interface Moment {
  readonly ms: number;
  readonly frame: number;
}

export interface ZoneStay {
  readonly start: Moment;
  /** When it was last seen inside. */
  readonly end: Moment;
  /** Seen outside from then on, not yet long enough to have left. */
  readonly outSinceMs?: number;
}

/** How a track was seen in one frame. */
export interface Sighting {
  readonly inside: boolean;
  readonly now: Moment;
  /** Where a stay that begins now begins: earlier when the track itself is new. */
  readonly since: Moment;
}

export interface ZoneStep {
  readonly stay: ZoneStay | undefined;
  readonly ended: ZoneStay | undefined;
}

/**
 * How long a track may be seen outside and come back within one stay, ms.
 *
 * A box at a zone's border trembles: the foot of a walker swings by a step, half a
 * second. Gaps of 20 frames at 25 a second (800 ms) are true leavings and must split.
 * Being out of sight is no leaving, however long it lasts.
 */
export const ZONE_GAP_MS = 700;

export function stepZoneStay(was: ZoneStay | undefined, sighting: Sighting): ZoneStep {
  const { inside, now, since } = sighting;
  const fresh: ZoneStay = { start: since, end: now };
  if (!was) return { stay: inside ? fresh : undefined, ended: undefined };
  const outSinceMs = was.outSinceMs ?? now.ms;
  if (now.ms - outSinceMs > ZONE_GAP_MS) {
    return { stay: inside ? fresh : undefined, ended: was };
  }
  if (inside) return { stay: { start: was.start, end: now }, ended: undefined };
  return { stay: { start: was.start, end: was.end, outSinceMs }, ended: undefined };
}
