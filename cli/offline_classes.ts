/**
 * `analyze --classes`: what each track of a clip is, found out when its stay is over.
 * The same views, classifier and rules as in `run`; nothing is asked while it goes on.
 * @module
 */
import type { ClassLine } from "../analysis/dsl/class_line.ts";
import type { EpisodeChange } from "../analysis/dsl/episode.ts";
import type { Observation } from "../analysis/dsl/observation.ts";
import { TrackCandidates } from "../analysis/track_candidates.ts";
import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { FrameFormat } from "../capture/frame/frame.ts";
import { Classifier } from "../classes/classifier.ts";
import { judgement } from "../classes/judgement.ts";
import { classifierCommand } from "../classes/own_command.ts";
import { OwnTravel } from "../classes/own_travel.ts";
import { trackCrop } from "../classes/track_crop.ts";

/** Views that are looked at of each track. */
const VIEWS = 3;
/** A child is ended after so long: nobody waits for it in vain. */
const CHILD_MS = 60_000;

export class OfflineClasses {
  readonly #candidates: TrackCandidates;
  readonly #travel = new OwnTravel();
  readonly #classifier: Classifier;

  /** @param modelFolder of a model of the user's own; without, the built-in one looks */
  constructor(format: FrameFormat, modelFolder?: string) {
    this.#candidates = new TrackCandidates(format);
    this.#classifier = new Classifier({
      command: classifierCommand(modelFolder),
      limitMs: CHILD_MS,
      clock: systemClock,
      isNice: false,
    });
  }

  /** Takes each frame with what was found in it. */
  offer(pixels: Uint8Array, observation: Observation): void {
    this.#candidates.offer(pixels, observation);
    this.#travel.see(observation.blobs);
  }

  /**
   * What those are whose stays in the picture are over, as reports.
   * @throws Fault when nobody can look: a clip without classes is another answer
   */
  async of(changes: readonly EpisodeChange[]): Promise<readonly ClassLine[]> {
    const over = changes.filter(({ kind, episode }) =>
      kind === "closed" && episode.zone === null && episode.suppressed === null
    ).map(({ episode }) => episode.track);
    const lines: ClassLine[] = [];
    const jobs = over.flatMap((track) => {
      const crops = this.#candidates.of(track).slice(0, VIEWS).map(trackCrop);
      if (crops.length > 0) return [{ track, crops }];
      lines.push({ blob: track, class: "unknown", score: 0, why: "no_crop" });
      return [];
    });
    if (jobs.length === 0) return lines;
    const outcome = await this.#classifier.classify(jobs, ({ track, label, isFinal }) => {
      const hasTravelled = this.#travel.hasTravelled(track);
      if (isFinal) lines.push(judgement(label, { track, hasTravelled }));
    });
    if (outcome.kind === "done") return lines;
    throw new Fault("unavailable", `Cannot tell what moves: ${outcome.words}`, {
      hint: "streamware doctor, or leave out --classes",
    });
  }
}
