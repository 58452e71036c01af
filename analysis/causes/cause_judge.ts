/**
 * Judges why single things move: which regions are light or shadow and no thing at all,
 * which tracks are a tree, an insect, a reflection. The picture as a whole is judged by
 * `watch/`; nothing here moves a track.
 * @module
 */
import type { CauseLine } from "../dsl/observation.ts";
import type { Foreground } from "../foreground.ts";
import type { PlaneShape, RegionFinder } from "../regions.ts";
import type { Track } from "../tracking/track.ts";

/** One frame as the judge sees it. */
export interface JudgeInput {
  readonly picture: Foreground;
  readonly regions: RegionFinder;
  /** All that is followed, known by now or not. */
  readonly tracks: readonly Track[];
  /** Seconds since the last frame, above 0. */
  readonly dtS: number;
  readonly tMs: number;
}

export class CauseJudge {
  /** @param _shape size worked at, pixels */
  constructor(_shape: PlaneShape) {}

  /**
   * Before tracks are followed: clears the pixels of regions that are no things.
   * @returns true when it cleared some: regions have to be found again
   */
  sift(_input: JudgeInput): boolean {
    return false;
  }

  /**
   * After tracks were followed, before they are confirmed: sets `suspect` on those that
   * need more time and `suppressed` on those that are kept quiet.
   */
  judge(_input: JudgeInput): void {}

  /** Lines about what was found in this frame; one at the onset of each. */
  takeCauses(): CauseLine[] {
    return [];
  }
}
