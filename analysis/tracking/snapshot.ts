/**
 * Tracks as plain data, so that a restart goes on with the same ids. Looks are not kept:
 * they are learned again within a second. Writes no files.
 * @module
 */
import type { FootBox } from "./sighting.ts";
import type { SizeSnapshot } from "./size_model.ts";
import { type Moment, Track } from "./track.ts";

/** Work pixels and seconds; survives JSON. */
export interface TrackSnapshot extends FootBox {
  readonly id: number;
  readonly area: number;
  readonly vx: number;
  readonly vy: number;
  readonly hits: number;
  readonly seenS: number;
  readonly soloS: number;
  readonly ageS: number;
  /** Without evidence, in seconds and in frames. */
  readonly missedS: number;
  readonly coast: number;
  readonly wideness: number;
  readonly cut: boolean;
  readonly first: Moment;
  readonly last: Moment;
  readonly suppressed: Track["suppressed"];
}

export interface TrackerSnapshot {
  readonly nextId: number;
  /** Confirmed tracks only: the others are found again. */
  readonly tracks: readonly TrackSnapshot[];
  readonly sizes: SizeSnapshot;
}

export function snapshotTrack(track: Track): TrackSnapshot {
  const { id, x, foot, w, h, area, vx, vy } = track;
  const { hits, seenS, soloS, ageS, missedS, coast } = track;
  const { wideness, cut, first, last, suppressed } = track;
  return {
    ...{ id, x, foot, w, h, area, vx, vy },
    ...{ hits, seenS, soloS, ageS, missedS, coast },
    ...{ wideness, cut, first, last, suppressed },
  };
}

/** A track that goes on from where it was kept, with its look to be learned. */
export function restoreTrack(serial: number, kept: TrackSnapshot): Track {
  const track = new Track(serial, kept, kept.first);
  track.id = kept.id;
  track.vx = kept.vx;
  track.vy = kept.vy;
  track.hits = kept.hits;
  track.seenS = kept.seenS;
  track.soloS = kept.soloS;
  track.ageS = kept.ageS;
  track.missedS = kept.missedS;
  track.coast = kept.coast;
  track.wideness = kept.wideness;
  track.cut = kept.cut;
  track.last = kept.last;
  track.suppressed = kept.suppressed;
  return track;
}
