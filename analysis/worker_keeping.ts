/**
 * When a seat's knowledge is kept for a successor, and what a successor may take of it.
 * Knows when and whether; the bytes are `kept_analysis.ts`, the files
 * `worker_model_file.ts`.
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Header, Observation } from "./dsl/observation.ts";
import {
  keepAnalysis,
  type LastSeen,
  lastSeenOf,
  ofAnotherProgram,
  openKept,
  ownerOf,
  withLastSeen,
} from "./kept_analysis.ts";
import { datedNow } from "./resumption.ts";
import { bytesIn, type SnapshotParts, wholeSnapshot } from "./snapshot.ts";
import type { ModelFile } from "./worker_model_file.ts";
import type { AttachedMemory, Attachment, Keeping, WhyFresh } from "./worker_protocol.ts";

/** A snapshot is never older than 10 s while frames come; so it is written earlier. */
const MODEL_PERIOD_MS = 8_000;
/** The first one soon, cameras of a worker apart from each other. */
const FIRST_MODEL_MS = 2_000;
const STAGGER_MS = 6_000;
/** Where people are now; a few hundred bytes. */
const SEEN_PERIOD_MS = 1_000;
/** Ids that a kill may leave unused. */
const IDS_AHEAD = 100;
/** Uptime counts whole seconds. */
const UPTIME_STEP_MS = 1_000;
/** Light and shadows have moved on after more than this. */
const MODEL_AGE_MAX_MS = 600_000;

export interface KeepingParts {
  readonly clock: Clock;
  /** ms since the box was started, the same for a successor. */
  upMs(): number;
  readonly file: ModelFile;
}

/** What there is to go on with, or why there is nothing. */
export type Inherited =
  | { readonly bytes: Uint8Array; readonly ageMs: number; readonly why?: undefined }
  | { readonly why: WhyFresh; readonly bytes?: undefined };

/** No id below was given before, as far as is known. */
export function firstTrackOf(attachment: Attachment, file: ModelFile): number {
  const { firstTrack, memory } = attachment;
  // The main thread knows more than any file, if it has seen any frame.
  if (memory?.lastSeen) return firstTrack;
  return Math.max(firstTrack, file.readSeen()?.idsBelow ?? 1);
}

/**
 * The snapshot of the camera that `header` describes, with the tracks as they were seen
 * last by the main thread or by the file.
 */
export function inherit(
  header: Header,
  memory: AttachedMemory,
  { clock, upMs, file }: KeepingParts,
): Inherited {
  if (!memory.resume) {
    file.removeModel();
    return { why: "not to be trusted" };
  }
  const model = file.readModel();
  if (model === undefined) return { why: "nothing kept" };
  // Below 0: the box was started anew, and the files are none that went with it.
  const ageMs = upMs() - model.upMs;
  if (!(ageMs >= 0 && ageMs <= MODEL_AGE_MAX_MS)) return { why: "too old" };
  const owner = ownerOf(header);
  const opened = openKept(model.bytes, owner);
  if ("refused" in opened) return { why: opened.refused };
  const seen = latestSeen(memory, { upMs, file });
  const isLater = seen !== undefined && isAfter(seen, { ...opened.kept.data, ageMs });
  const latest = seen
    ? withLastSeen(opened.kept, { seen: seen.seen, owner, isLater })
    : opened.kept;
  // The main thread has seen frames: it is the program that made the snapshot.
  const { data, planes } = memory.lastSeen ? latest : ofAnotherProgram(latest);
  const told = { ageMs: isLater ? seen.ageMs : ageMs, utcMs: clock.utcMs() };
  const known = { data: { ...data, tMs: datedNow(data.tMs, told) }, planes };
  const bytes = wholeSnapshot(
    keepAnalysis(owner, { data: known.data, planes: [known.planes] }),
  );
  return { bytes, ageMs };
}

interface Aged {
  readonly seen: LastSeen;
  readonly ageMs: number;
}

/** The main thread's word, or the file's. */
function latestSeen(
  { lastSeen, seenAgoMs = 0 }: AttachedMemory,
  { upMs, file }: Pick<KeepingParts, "upMs" | "file">,
): Aged | undefined {
  if (lastSeen) return { seen: lastSeen, ageMs: seenAgoMs };
  const kept = file.readSeen();
  return kept && { seen: kept.seen, ageMs: upMs() - kept.upMs };
}

/** By age, which no set clock changes; by their own times within the same second or so. */
function isAfter(
  { seen, ageMs }: Aged,
  model: { readonly tMs: number; readonly ageMs: number },
): boolean {
  const laterMs = model.ageMs - ageMs;
  return Math.abs(laterMs) <= UPTIME_STEP_MS ? seen.tMs > model.tMs : laterMs > 0;
}

/** One seat's. To be told of every frame. */
export class SeatKeeping {
  readonly #parts: KeepingParts;
  #idsBelow: number;
  #modelAtMs: number;
  #seenAtMs = 0;
  #wasThere = false;
  #isNew = false;
  /** When the last frame came, as `KeepingParts.upMs`. */
  #frameUpMs = 0;
  /** In the last frame, and in any since the last snapshot. */
  #ids: readonly number[] = [];
  #idsSinceModel: Set<number> | undefined;
  #highestId: number;

  /**
   * @param camera its name decides when in the period its snapshots are due
   * @param firstTrack ids below may have been given, and are known to have been
   */
  constructor(camera: string, firstTrack: number, parts: KeepingParts) {
    this.#parts = parts;
    this.#idsBelow = firstTrack;
    this.#highestId = firstTrack - 1;
    const nowMs = parts.clock.monotonicMs();
    this.#modelAtMs = nowMs + FIRST_MODEL_MS + phaseOf(camera) * STAGGER_MS;
  }

  /**
   * To be called before an observation is told: ids in it are on file first. Why they
   * are not, if they are not: it is tried again with the next frame.
   */
  observed(
    observation: Observation,
    nextTrack: number,
  ): { readonly failed: string } | undefined {
    const nowMs = this.#parts.clock.monotonicMs();
    this.#isNew = true;
    this.#frameUpMs = this.#parts.upMs();
    if (this.#changesScene(observation)) this.#modelAtMs = nowMs;
    const isThere = observation.blobs.length > 0;
    const isDue = (isThere || this.#wasThere) && nowMs >= this.#seenAtMs;
    const isAhead = nextTrack > this.#idsBelow;
    if (!isDue && !isAhead) return undefined;
    this.#seenAtMs = nowMs + SEEN_PERIOD_MS;
    const idsBelow = isAhead ? nextTrack + IDS_AHEAD : this.#idsBelow;
    const failed = this.#parts.file.writeSeen({
      idsBelow,
      upMs: this.#frameUpMs,
      seen: lastSeenOf(observation, nextTrack),
    });
    if (failed !== undefined) return { failed };
    this.#idsBelow = idsBelow;
    this.#wasThere = isThere;
    return undefined;
  }

  /**
   * Whether something became a part of the scene, or came out of it again: an id that was
   * away since the last snapshot and is no new one. Who was seen last says neither.
   */
  #changesScene({ blobs, causes }: Observation): boolean {
    this.#ids = blobs.map(({ id }) => id);
    // Who is there from the first frame on is in the snapshot it began with, or new.
    const before = this.#idsSinceModel ??= new Set(this.#ids);
    const isBack = this.#ids.some((id) => id < this.#highestId && !before.has(id));
    for (const id of this.#ids) {
      before.add(id);
      this.#highestId = Math.max(this.#highestId, id);
    }
    return isBack ||
      causes.some(({ cause, suppressed }) => cause === "absorbed" && !suppressed);
  }

  /**
   * To be called between frames. `snapshot` is asked for when one is due and there was a
   * frame since the last.
   */
  step(snapshot: () => SnapshotParts): Keeping | undefined {
    const isDue = this.#parts.clock.monotonicMs() >= this.#modelAtMs;
    return isDue ? this.keep(snapshot) : undefined;
  }

  /** Now, due or not, if there was a frame since the last. */
  keep(snapshot: () => SnapshotParts): Keeping | undefined {
    if (!this.#isNew) return undefined;
    const { clock, file } = this.#parts;
    const startMs = clock.monotonicMs();
    this.#modelAtMs = startMs + MODEL_PERIOD_MS;
    this.#isNew = false;
    this.#idsSinceModel = new Set(this.#ids);
    try {
      const parts = snapshot();
      const failed = file.writeModel(parts, this.#frameUpMs);
      if (failed !== undefined) return { failed };
      return { bytes: bytesIn(parts), costMs: clock.monotonicMs() - startMs };
    } catch (thrown) {
      return { failed: wordsOf(thrown) };
    }
  }
}

/** 0..1, the same for a camera each time. */
function phaseOf(camera: string): number {
  let sum = 0;
  for (let at = 0; at < camera.length; at++) {
    sum = (31 * sum + camera.charCodeAt(at)) % 997;
  }
  return sum / 997;
}
