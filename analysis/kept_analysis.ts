/**
 * What a successor of an analyser goes on with: the model of the still scene, the tracks
 * and what is known of sizes. Puts a snapshot together and takes it apart; knows no
 * files (`worker_model_file.ts`) and not how the parts make their own (`background.ts`,
 * `tracking/tracker.ts`).
 *
 * A model is kept every few seconds, tracks move on: what was seen last, some hundred
 * bytes, is kept or told more often, and brings the tracks of a snapshot up to date.
 * @module
 */
import type { Blob, Header, Observation } from "./dsl/observation.ts";
import {
  openSnapshot,
  packSnapshot,
  type SnapshotOwner,
  type SnapshotParts,
  type SnapshotRefusal,
} from "./snapshot.ts";
import type { AbsorbedSnapshot } from "./stillness/absorbed.ts";
import type { TrackerSnapshot, TrackSnapshot } from "./tracking/snapshot.ts";
import { isKeptView, type KeptView } from "./watch/view_watch.ts";
import { workSize } from "./work_size.ts";

/** Beside the planes; survives JSON. */
export interface KeptKnowledge {
  /** Of the last frame that is in it, in the clock of the observations. */
  readonly tMs: number;
  readonly frame: number;
  /** Seconds of learned frames. */
  readonly learnedS: number;
  readonly tracker: TrackerSnapshot;
  /** Of tracks that were told of, by id: those without one begin anew. */
  readonly lives: readonly KeptLife[];
  /** Things that became a part of the scene. */
  readonly absorbed: readonly AbsorbedSnapshot[];
  /** Where the camera looks; absent when that is not known. */
  readonly view?: KeptView;
  /** What people had drawn in the picture: with something else drawn the view is of no use. */
  readonly drawn: string;
}

/** What was told of a track. */
export interface KeptLife {
  readonly id: number;
  readonly moving: boolean;
  /** Its way so far, in units of the picture. */
  readonly path: number;
}

export interface KeptAnalysis {
  readonly data: KeptKnowledge;
  /** For `BackgroundModel.restore`. */
  readonly planes: Uint8Array;
}

/** Who was in the picture in the last frame that was analysed. */
export interface LastSeen {
  readonly tMs: number;
  readonly frame: number;
  /** The smallest id that the next new track may get. */
  readonly nextTrack: number;
  readonly blobs: readonly Blob[];
  readonly lives: readonly KeptLife[];
}

/** A track of which only the last sighting is known counts as seen so often, for so long. */
const KNOWN_HITS = 10;
const KNOWN_S = 2;
/** Part of its box that an upright person fills. */
const USUAL_FILL = 0.55;

/** Whose snapshots an analyser with this header may take. */
export function ownerOf(header: Header): SnapshotOwner {
  const { analyser, settings, width, height } = header;
  return { analyser, settings, width, height };
}

/** All of it in bytes, one part after the other. */
export function keepAnalysis(
  owner: SnapshotOwner,
  { data, planes }: {
    readonly data: KeptKnowledge;
    /** Of `BackgroundModel.snapshot`. */
    readonly planes: SnapshotParts;
  },
): SnapshotParts {
  return packSnapshot({ owner, data, planes });
}

/** What stands in the bytes, or why it is not taken. Never throws. */
export function openKept(
  bytes: Uint8Array,
  owner: SnapshotOwner,
): { readonly kept: KeptAnalysis } | { readonly refused: SnapshotRefusal } {
  const { snapshot, refused } = openSnapshot(bytes, owner);
  if (refused) return { refused };
  const data = snapshot.data;
  if (!isKeptKnowledge(data)) return { refused: "damaged" };
  return { kept: { data, planes: snapshot.planes } };
}

/**
 * The same with the tracks as they were seen last: those that are known of then, at
 * their places of then, and nobody else. As it was when it is not older.
 */
export function withLastSeen(
  { data, planes }: KeptAnalysis,
  { seen, owner, isLater = seen.tMs > data.tMs }: {
    readonly seen: LastSeen;
    readonly owner: SnapshotOwner;
    /** Than the snapshot, if that is known better than by the two times. */
    readonly isLater?: boolean;
  },
): KeptAnalysis {
  const { tracker } = data;
  const nextId = Math.max(tracker.nextId, seen.nextTrack);
  if (!isLater) {
    return { data: { ...data, tracker: { ...tracker, nextId } }, planes };
  }
  const before = new Map(tracker.tracks.map((track) => [track.id, track]));
  const tracks = seen.blobs.map((blob) =>
    seenTrack(blob, { seen, owner, before: before.get(blob.id) })
  );
  const { tMs, frame, lives } = seen;
  const then = { tMs, frame, lives, tracker: { ...tracker, nextId, tracks } };
  return { data: { ...data, ...then }, planes };
}

/**
 * The same for another program, which counts frames anew: those of before are of no
 * count, and have the number 0.
 */
export function ofAnotherProgram({ data, planes }: KeptAnalysis): KeptAnalysis {
  const tracks = data.tracker.tracks.map((track) => ({
    ...track,
    first: { ...track.first, frame: 0 },
    last: { ...track.last, frame: 0 },
  }));
  return { data: { ...data, frame: 0, tracker: { ...data.tracker, tracks } }, planes };
}

/** As it is told to the next one. */
export function lastSeenOf(observation: Observation, nextTrack: number): LastSeen {
  const { tMs, frame, blobs, tracks } = observation;
  const lives = tracks.map(({ blob, moving, dist }) => ({
    id: blob,
    moving,
    path: dist,
  }));
  return { tMs, frame, nextTrack, blobs, lives };
}

function seenTrack(blob: Blob, about: {
  readonly seen: LastSeen;
  readonly owner: SnapshotOwner;
  readonly before: TrackSnapshot | undefined;
}): TrackSnapshot {
  const { width, height } = about.owner;
  const { divisor } = workSize(width, height);
  const across = width / divisor;
  const down = height / divisor;
  const now = { tMs: about.seen.tMs, frame: about.seen.frame };
  const w = blob.w * across;
  const h = blob.h * down;
  const fresh: TrackSnapshot = {
    ...{ id: blob.id, x: 0, foot: 0, w, h, vx: 0, vy: 0 },
    ...{ hits: KNOWN_HITS, seenS: KNOWN_S, soloS: KNOWN_S, ageS: KNOWN_S },
    ...{ missedS: 0, coast: 0 },
    ...{ area: USUAL_FILL * w * h, wideness: 0, cut: false, first: now, last: now },
    suppressed: undefined,
  };
  const { before = fresh } = about;
  return {
    ...before,
    x: blob.x * across,
    foot: (blob.y + blob.h / 2) * down,
    w,
    h,
    vx: blob.vxPerS * across,
    vy: blob.vyPerS * down,
    coast: blob.coast,
    last: now,
    suppressed: verdictOf(blob, before),
  };
}

/** As it was told last; its score is that of the same verdict before, if there was one. */
function verdictOf(
  { suppressed: cause }: Blob,
  { suppressed: before }: TrackSnapshot,
): TrackSnapshot["suppressed"] {
  if (cause === undefined) return undefined;
  return before?.cause === cause ? before : { cause, score: 1 };
}

/** As far as anything here leans on it; the rest was sealed by the same version. */
function isKeptKnowledge(data: unknown): data is KeptKnowledge {
  if (typeof data !== "object" || data === null) return false;
  const { tMs, tracker, lives, view, drawn } = data as Partial<KeptKnowledge>;
  return typeof tMs === "number" && typeof tracker === "object" && tracker !== null &&
    Array.isArray(tracker.tracks) && Array.isArray(lives) &&
    Number.isSafeInteger(tracker.nextId) && typeof drawn === "string" &&
    (view === undefined || isKeptView(view));
}
