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
import { ClassQueue, type ClassTask } from "./class_queue.ts";
import type { Classifier, ClassifyJob, ClassifyOutcome } from "./classifier.ts";
import { judgement } from "./judgement.ts";
import type { ClassLabel } from "./label.ts";
import { OwnTravel } from "./own_travel.ts";
import { trackCrop } from "./track_crop.ts";

export interface ClassDeskParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Pick<AlertBoard, "raise" | "clear">;
  /** Views of a track so far, the best first. */
  viewsOf(camera: string, track: number): Promise<readonly TrackView[]>;
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

/** What is known of a track, and from which views. */
interface Known {
  readonly line: ClassLine;
  /** Times of the views, µs, sorted. */
  readonly seenUs: string;
}

export class ClassDesk implements AsyncDisposable {
  readonly #parts: ClassDeskParts;
  readonly #queue = new ClassQueue(WAITING_MAX);
  /** By camera and track: who is to be looked at when its time has come. */
  readonly #pending = new Map<string, Disposable>();
  readonly #known = new Map<string, Known>();
  readonly #travel = new Map<string, OwnTravel>();
  #working: Promise<void> | undefined;
  #retry: Disposable | undefined;
  #failures = 0;
  readonly #stop = new AbortController();
  /** There is nothing here that could look. */
  #isMissing = false;
  /** What was done so far. */
  readonly counts = { tracks: 0, crops: 0, failures: 0, dropped: 0 };

  constructor(parts: ClassDeskParts) {
    this.#parts = parts;
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
    this.#pending.get(key)?.[Symbol.dispose]();
    this.#pending.delete(key);
    if (kind === "closed") {
      if (suppressed === null) this.#offer(camera, track, "final");
      else this.#queue.drop({ camera, track });
      return;
    }
    const first = this.#parts.clock.after(FIRST_AFTER_MS, () => {
      this.#pending.delete(key);
      this.#offer(camera, track, "first");
    });
    this.#pending.set(key, first);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#pending.values()) timer[Symbol.dispose]();
    this.#retry?.[Symbol.dispose]();
    await this.#working;
  }

  #offer(camera: string, track: number, occasion: ClassTask["occasion"]): void {
    const sinceMs = this.#parts.clock.monotonicMs();
    const isKnown = this.#known.has(`${camera} ${track}`);
    if (this.#isMissing) return this.#tellUnknown({ camera, track }, "no_model");
    // Words of a zone wait for this: not for a child that fails again and again.
    if (this.#retry && this.#failures >= FAILURES_WAITED_FOR) {
      return this.#tellUnknown({ camera, track }, "failed");
    }
    const lost = this.#queue.push({ camera, track, occasion, isKnown, sinceMs });
    if (lost) {
      this.counts.dropped++;
      this.#tellUnknown(lost, "full");
    }
    this.#begin();
  }

  #begin(): void {
    if (
      this.#stop.signal.aborted || this.#working || this.#retry ||
      this.#queue.length === 0
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
    const { clock } = this.#parts;
    for (const late of this.#queue.takeOlderThan(clock.monotonicMs() - LATE_MS)) {
      this.#tellUnknown(late, "late");
    }
    const jobs = await this.#jobsOf(this.#queue.take(TRACKS_AT_ONCE));
    if (jobs.length === 0 || this.#stop.signal.aborted) return;
    const told = new Set<ClassTask>();
    const outcome = await this.#parts.classifier.classify(jobs, (said) => {
      this.counts.crops++;
      if (!said.isFinal) return;
      told.add(said.track);
      const { seenUs } = jobs.find(({ track }) => track === said.track)!;
      this.#tell(said.track, said.label, seenUs);
    }, { signal: this.#stop.signal });
    this.counts.tracks += told.size;
    if (outcome.kind === "done") return this.#well();
    const left = jobs.map(({ track }) => track).filter((task) => !told.has(task));
    this.#ill(outcome, left);
  }

  /** Who has views that were not looked at yet. */
  async #jobsOf(tasks: readonly ClassTask[]) {
    const jobs: (ClassifyJob<ClassTask> & { readonly seenUs: string })[] = [];
    for (const task of tasks) {
      const all = await this.#viewsOf(task);
      const views = all.slice(0, VIEWS);
      const seenUs = views.map(({ ptsUs }) => ptsUs).toSorted((a, b) => a - b).join(" ");
      const known = this.#known.get(keyOf(task));
      if (known?.seenUs === seenUs) continue;
      if (views.length > 0) {
        jobs.push({ track: task, crops: views.map(trackCrop), seenUs });
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

  #tell(task: ClassTask, label: ClassLabel, seenUs: string): void {
    const { camera, track } = task;
    const hasTravelled = this.#travel.get(camera)?.hasTravelled(track) ?? false;
    const line = judgement(label, { track, hasTravelled });
    this.#known.delete(keyOf(task));
    this.#known.set(keyOf(task), { line, seenUs });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KNOWN_MAX) break;
      this.#known.delete(oldest);
    }
    this.#parts.tell(task.camera, line);
  }

  /** What was told before stays. */
  #tellUnknown(
    task: Pick<ClassTask, "camera" | "track">,
    why: NonNullable<ClassLine["why"]>,
  ): void {
    if (this.#known.has(keyOf(task))) return;
    this.#parts.tell(task.camera, { blob: task.track, class: "unknown", score: 0, why });
  }

  #tellAllMissing(): void {
    for (const task of this.#queue.take(WAITING_MAX)) this.#tellUnknown(task, "no_model");
  }

  #well(): void {
    this.#failures = 0;
    this.#parts.alerts.clear("classes.failed", "");
  }

  #ill(outcome: ClassifyOutcome & { kind: "failed" }, left: readonly ClassTask[]): void {
    const { clock, alerts, log } = this.#parts;
    const { reason, words } = outcome;
    if (reason === "stopped") return;
    this.counts.failures++;
    this.#failures++;
    const isMissing = reason === "missing" || reason === "damaged";
    const why = isMissing ? "no_model" : reason === "late" ? "late" : "failed";
    for (const task of left) this.#tellUnknown(task, why);
    log.warn("classes.failed", { reason, words, times: this.#failures });
    alerts.raise({
      ...{ code: "classes.failed", subject: "", severity: "warning" },
      words: `What moves is not told apart (${words})`,
      toDo: "Motion, alerts and words go on. streamware doctor says what is wrong; " +
        "classes: off ends the tries.",
    });
    this.#isMissing = reason === "missing";
    if (this.#isMissing) return this.#tellAllMissing();
    this.#retry = clock.after(backoffMs(RETRY, this.#failures, 0.5), () => {
      this.#retry = undefined;
      this.#begin();
    });
  }
}

function keyOf({ camera, track }: Pick<ClassTask, "camera" | "track">): string {
  return `${camera} ${track}`;
}
