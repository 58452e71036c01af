/**
 * Decides which tracks are looked at and when, and tells what was found: once while
 * somebody is there, and again when the stay is over. One child for the whole box at a
 * time; nobody waits here, and what cannot be told is told as unknown, with the reason.
 *
 * Judges nothing: that is the classifier it is given.
 * @module
 */
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { AlertBoard } from "../base/alerts.ts";
import { backoffMs, type BackoffPlan } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import { wordsOf } from "../base/fault.ts";
import type { Log } from "../base/log.ts";
import type { TrackView } from "../capture/frame/crop.ts";
import { BoxRoom, type BoxRoomParts } from "./box_room.ts";
import { ClassQueue, type ClassTask } from "./class_queue.ts";
import type { Classifier, ClassifyJob, ClassifyOutcome } from "./classifier.ts";
import { judgement } from "./judgement.ts";
import type { FullSizeViews } from "./full_size_views.ts";
import type { ClassLabel } from "./label.ts";
import { OwnTravel } from "./own_travel.ts";
import { trackCrop } from "./track_crop.ts";

export interface ClassDeskParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** Memory that is left on the box; undefined where it does not say. */
  readonly memory: BoxRoomParts["memory"];
  /** Views of a track so far, the best first. */
  viewsOf(camera: string, track: number): Promise<readonly TrackView[]>;
  /** Told who stays and who does not any more; disposed with the desk. */
  readonly stays?: Pick<FullSizeViews, "began" | "ended" | "spare"> & AsyncDisposable;
  readonly classifier: Pick<Classifier, "classify">;
  /** What a track is, as far as is known now. */
  tell(camera: string, line: ClassLine): void;
}

/** A track is looked at for the first time so long after it was confirmed, ms. */
export const FIRST_AFTER_MS = 3_000;
/** Views that are looked at; more cost time and tell no more (docs/design/classes.md). */
const VIEWS = 3;
/** Tracks that one child looks at: twelve views. */
const TRACKS_AT_ONCE = 4;
const WAITING_MAX = 32;
/** What waited longer is of no use to anybody, ms. */
const LATE_MS = 60_000;
/** Tracks whose label is remembered. */
const KNOWN_MAX = 512;
/** From so many failures in a row on nobody waits for the next try. */
const FAILURES_WAITED_FOR = 2;
/** After a failure the next child waits. */
const RETRY: BackoffPlan = { firstMs: 2_000, maxMs: 300_000, jitter: 0 };
/** Files do not mend themselves, but an update brings new ones, ms. */
export const FILES_AGAIN_MS = 600_000;

export class ClassDesk implements AsyncDisposable {
  readonly #parts: ClassDeskParts;
  readonly #queue = new ClassQueue(WAITING_MAX);
  /** By camera and track: who is to be looked at when its time has come. */
  readonly #pending = new Map<string, Disposable>();
  /** Of which views a track's label is: their times, µs, and widths, sorted. */
  readonly #knownBy = new Map<string, string>();
  readonly #travel = new Map<string, OwnTravel>();
  #working: Promise<void> | undefined;
  #retry: Disposable | undefined;
  #failures = 0;
  /** Why nobody waits for the next try, while there is none. */
  #vain: "no_model" | "failed" | undefined;
  readonly #stop = new AbortController();
  readonly #room: BoxRoom;
  /** A child is to be tried out before anybody comes. */
  #isUntried = false;
  /** What was done so far. */
  readonly counts = { tracks: 0, crops: 0, failures: 0, dropped: 0, spared: 0 };

  constructor(parts: ClassDeskParts) {
    this.#parts = parts;
    this.#room = new BoxRoom(parts);
  }

  /**
   * Has a child load its model, look at what it has to know, and end: what is wrong with
   * it is told before anybody comes.
   */
  tryOut(): void {
    this.#isUntried = true;
    this.#begin();
  }

  /** Takes each frame's observation. */
  observed(camera: string, { blobs }: Observation): void {
    const travel = this.#travel.get(camera) ?? new OwnTravel();
    this.#travel.set(camera, travel);
    travel.see(blobs);
  }

  /** Takes what becomes of stays. Costs nothing but a timer. */
  changed(camera: string, { kind, episode }: EpisodeChange): void {
    if (this.#stop.signal.aborted || kind === "classified" || episode.zone !== null) {
      return;
    }
    const { track, suppressed } = episode;
    const key = `${camera} ${track}`;
    // Whoever waits goes on waiting from when it was first told of.
    if (kind === "opened" && this.#pending.has(key)) return;
    this.#pending.get(key)?.[Symbol.dispose]();
    this.#pending.delete(key);
    if (kind === "closed") {
      this.#parts.stays?.ended(camera, track);
      if (suppressed === null) this.#offer(camera, track, "final");
      else this.#queue.drop({ camera, track });
      return;
    }
    this.#parts.stays?.began(camera, track);
    const first = this.#parts.clock.after(FIRST_AFTER_MS, () => {
      this.#pending.delete(key);
      this.#offer(camera, track, "first");
    });
    this.#pending.set(key, first);
  }

  /**
   * Takes a look at the box, one every few seconds: while it is in trouble no child is
   * started, and whoever waits is told as unknown.
   * @param trouble what goes on after "the box": "is too hot"; undefined when it is well
   */
  spare(trouble: string | undefined): void {
    this.#parts.stays?.spare(trouble !== undefined);
    if (!this.#room.looked(trouble)) this.#tellAll("spared");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#pending.values()) timer[Symbol.dispose]();
    this.#retry?.[Symbol.dispose]();
    await this.#parts.stays?.[Symbol.asyncDispose]();
    await this.#working;
  }

  #offer(camera: string, track: number, occasion: ClassTask["occasion"]): void {
    const sinceMs = this.#parts.clock.monotonicMs();
    const isKnown = this.#knownBy.has(`${camera} ${track}`);
    // Words of a zone wait for this: not for a child that fails again and again.
    if (this.#vain) return this.#tellUnknown({ camera, track }, this.#vain);
    const lost = this.#queue.push({ camera, track, occasion, isKnown, sinceMs });
    if (lost) {
      this.counts.dropped++;
      this.#leaveOut(lost, "full");
    }
    this.#begin();
  }

  #begin(): void {
    if (
      this.#stop.signal.aborted || this.#working || this.#retry ||
      this.#queue.length === 0 && !this.#isUntried
    ) {
      return;
    }
    this.#working = this.#work().catch((bug: unknown) => {
      this.#parts.log.error("classes.bug", { words: wordsOf(bug) });
    }).finally(() => {
      this.#working = undefined;
      this.#begin();
    });
  }

  async #work(): Promise<void> {
    const isTrial = this.#isUntried;
    this.#isUntried = false;
    if (!this.#room.has()) return this.#tellAll("spared");
    const { clock } = this.#parts;
    for (const late of this.#queue.takeOlderThan(clock.monotonicMs() - LATE_MS)) {
      this.#leaveOut(late, "late");
    }
    const jobs = await this.#jobsOf(this.#queue.take(TRACKS_AT_ONCE));
    if (jobs.length === 0 && !isTrial || this.#stop.signal.aborted) return;
    const told = new Set<ClassTask>();
    const outcome = await this.#parts.classifier.classify(jobs, (said) => {
      this.counts.crops++;
      if (!said.isFinal) return;
      told.add(said.track);
      const { seenViews } = jobs.find(({ track }) => track === said.track)!;
      this.#tell(said.track, said.label, seenViews);
    }, { signal: this.#stop.signal });
    this.counts.tracks += told.size;
    if (outcome.kind === "done") return this.#well();
    const left = jobs.map(({ track }) => track).filter((task) => !told.has(task));
    this.#ill(outcome, left);
  }

  /** Who has views that were not looked at yet. */
  async #jobsOf(tasks: readonly ClassTask[]) {
    const jobs: (ClassifyJob<ClassTask> & { readonly seenViews: string })[] = [];
    for (const task of tasks) {
      const all = await this.#viewsOf(task);
      const views = all.slice(0, VIEWS);
      const times = views.map(({ ptsUs, format }) => `${ptsUs}/${format.width}`);
      const seenViews = times.sort().join(" ");
      if (this.#knownBy.get(keyOf(task)) === seenViews) continue;
      if (views.length > 0) {
        jobs.push({ track: task, crops: views.map(trackCrop), seenViews });
      } else this.#tellUnknown(task, "no_crop");
    }
    return jobs;
  }

  async #viewsOf({ camera, track }: ClassTask): Promise<readonly TrackView[]> {
    try {
      return await this.#parts.viewsOf(camera, track);
    } catch (thrown) {
      this.#parts.log.debug("classes.no_views", {
        camera,
        track,
        words: wordsOf(thrown),
      });
      return [];
    }
  }

  #tell(task: ClassTask, label: ClassLabel, seenViews: string): void {
    const { camera, track } = task;
    const hasTravelled = this.#travel.get(camera)?.hasTravelled(track) ?? false;
    const line = judgement(label, { track, hasTravelled });
    this.#knownBy.delete(keyOf(task));
    this.#knownBy.set(keyOf(task), seenViews);
    for (const oldest of this.#knownBy.keys()) {
      if (this.#knownBy.size <= KNOWN_MAX) break;
      this.#knownBy.delete(oldest);
    }
    this.#parts.tell(task.camera, line);
  }

  /** What was told before stays. */
  #tellUnknown(
    task: Pick<ClassTask, "camera" | "track">,
    why: NonNullable<ClassLine["why"]>,
  ): void {
    if (why === "spared") this.counts.spared++;
    if (this.#knownBy.has(keyOf(task))) return;
    this.#parts.tell(task.camera, { blob: task.track, class: "unknown", score: 0, why });
  }

  /** More waits than can be looked at. */
  #leaveOut(task: ClassTask, why: "full" | "late"): void {
    this.#tellUnknown(task, why);
    this.#parts.alerts.raise({
      ...{ code: "classes.crowded", subject: "", severity: "warning" },
      words: "More moves than can be told apart: some tracks are unknown",
      toDo:
        "Give what is always in motion a mask, or leave it; nothing else is touched. " +
        "streamware doctor says how long a look takes here.",
    });
  }

  /** Nobody looks at those who wait. */
  #tellAll(why: NonNullable<ClassLine["why"]>): void {
    for (const task of this.#queue.take(WAITING_MAX)) this.#tellUnknown(task, why);
  }

  #well(): void {
    this.#failures = 0;
    this.#parts.alerts.clear("classes.failed", "");
    if (this.#queue.length === 0) this.#parts.alerts.clear("classes.crowded", "");
  }

  #ill(outcome: ClassifyOutcome & { kind: "failed" }, left: readonly ClassTask[]): void {
    const { clock, alerts, log } = this.#parts;
    const { reason, words } = outcome;
    if (reason === "stopped") return;
    this.counts.failures++;
    this.#failures++;
    const lacksFiles = NO_MODEL.includes(reason);
    const fate = lacksFiles ? "no_model" : "failed";
    for (const task of left) this.#tellUnknown(task, reason === "late" ? "late" : fate);
    log.warn("classes.failed", { reason, words, times: this.#failures });
    alerts.raise({
      ...{ code: "classes.failed", subject: "", severity: "warning" },
      words: `What moves is not told apart (${words})`,
      toDo: "Motion, alerts and words go on. streamware doctor says what is wrong; " +
        "classes: off ends the tries.",
    });
    if (lacksFiles || this.#failures >= FAILURES_WAITED_FOR) {
      this.#vain = fate;
      this.#tellAll(fate);
    }
    const againMs = lacksFiles ? FILES_AGAIN_MS : backoffMs(RETRY, this.#failures, 0.5);
    this.#retry = clock.after(againMs, () => {
      this.#retry = undefined;
      this.#vain = undefined;
      this.#begin();
    });
  }
}

/** Reasons that there is nothing fit to look. */
const NO_MODEL: readonly string[] = ["missing", "damaged", "unfit"];

function keyOf({ camera, track }: Pick<ClassTask, "camera" | "track">): string {
  return `${camera} ${track}`;
}
