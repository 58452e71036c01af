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
import { takeClipParts } from "../capture/clip_parts.ts";
import type { TrackView } from "../capture/frame/crop.ts";
import { Classifier, type ClassifyJob } from "../classes/classifier.ts";
import { enlarged, isWorthEnlarging } from "../classes/enlarged_views.ts";
import { isLarger } from "../classes/larger_picture.ts";
import { judgement } from "../classes/judgement.ts";
import { classifierCommand } from "../classes/own_command.ts";
import { OwnTravel } from "../classes/own_travel.ts";
import { trackCrop } from "../classes/track_crop.ts";

/** Views that are looked at of each track. */
const VIEWS = 3;
/** A child is ended after so long: nobody waits for it in vain. */
const CHILD_MS = 60_000;

/** A clip and the size of its own pictures. */
export interface WholeClip {
  readonly path: string;
  readonly format: FrameFormat;
}

export class OfflineClasses {
  readonly #candidates: TrackCandidates;
  readonly #travel = new OwnTravel();
  readonly #classifier: Classifier;

  readonly #format: FrameFormat;
  readonly #whole: WholeClip | undefined;

  /**
   * @param format of the analysed frames
   * @param modelFolder of a model of the user's own; without, the built-in one looks
   * @param whole the clip as it is, where it may be larger
   */
  constructor(
    format: FrameFormat,
    { modelFolder, whole }: {
      readonly modelFolder?: string | undefined;
      readonly whole?: WholeClip | undefined;
    } = {},
  ) {
    this.#candidates = new TrackCandidates(format);
    this.#format = format;
    this.#whole = whole;
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
    const jobs: ClassifyJob<number>[] = [];
    for (const track of over) {
      const views = this.#candidates.of(track).slice(0, VIEWS);
      const crops = (await this.#enlarged(views)).map(trackCrop);
      if (crops.length > 0) jobs.push({ track, crops });
      else lines.push({ blob: track, class: "unknown", score: 0, why: "no_crop" });
    }
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

  /** Small ones out of the clip's own pictures, where these are larger. */
  async #enlarged(views: readonly TrackView[]): Promise<readonly TrackView[]> {
    const whole = this.#whole;
    if (!whole || !isLarger({ frame: this.#format, larger: whole.format })) return views;
    const small = views.filter(isWorthEnlarging);
    const pictures = { frame: this.#format, larger: whole.format };
    try {
      const got = await enlarged(small, pictures, async (asked) => {
        const parts = await takeClipParts(whole.path, asked);
        return new Map([...parts].map(([ptsUs, pixels]) => [
          ptsUs,
          { kind: "full", pixels } as const,
        ]));
      });
      return views.map((view) => got[small.indexOf(view)]?.view ?? view);
    } catch (thrown) {
      if (thrown instanceof Fault) return views;
      throw thrown;
    }
  }
}
