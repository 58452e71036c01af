/**
 * Words about an episode: the record that page, voice, webhook and export share.
 * Vocabulary only; who makes them is `narrator.ts`.
 * @module
 */

import type { Classified } from "../analysis/dsl/class_line.ts";

/**
 * When in its episode a sentence was made: `opened` at once, `growing` while it goes
 * on, `closed` when it is over. A later one replaces the earlier ones of its episode.
 */
export type Moment = "opened" | "growing" | "closed";

/** Why words are kept quiet: shown in the log and on the page, never spoken or posted. */
export const QUIET_REASONS = [
  "empty",
  "boilerplate",
  "repeated",
  "late",
  "echo",
  "unfinished",
] as const;
export type QuietReason = (typeof QUIET_REASONS)[number];

export type Verdict =
  | { readonly kind: "speak" }
  | { readonly kind: "quiet"; readonly reason: QuietReason };

/** Who wrote the sentence. */
export type Author =
  | { readonly kind: "template" }
  | {
    readonly kind: "model";
    readonly model: string;
    /** From asking to the whole answer, ms. */
    readonly tookMs: number;
  };

export interface Narration {
  /** Counts from 1 since the program was started, over all cameras. */
  readonly id: number;
  readonly camera: string;
  /** `Episode.id`: counts per camera. */
  readonly episode: number;
  readonly track: number;
  readonly zone: string | null;
  /** What it is, as far as was known then; absent: nobody looks. */
  readonly classified?: Classified;
  readonly moment: Moment;
  /** The same was told before, of the same class by a less exact name. */
  readonly isRefined?: true;
  readonly author: Author;
  /**
   * One or two sentences, plain text: no control characters, at most `TEXT_CHARS_MAX`.
   * A model's text is still hostile: escape it for where it goes.
   */
  readonly text: string;
  readonly verdict: Verdict;
  /** When it was made, UTC epoch ms. */
  readonly utcMs: number;
  /** The episode's first and, so far, last evidence, UTC epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** The DSL lines that it stands on, oldest first; at most `DSL_LINES_MAX`. */
  readonly dsl: readonly string[];
  /** True when a picture of the object comes with it. */
  readonly hasPicture: boolean;
}

export const TEXT_CHARS_MAX = 400;
export const DSL_LINES_MAX = 40;

/** A narration on its way out, with its picture: a JPEG of the object with a margin. */
export interface Told {
  readonly narration: Narration;
  readonly picture?: Uint8Array<ArrayBuffer>;
}

/** Where words go. Each has its own bounded queue; none waits for another. */
export interface NarrationOutlet extends AsyncDisposable {
  /** Takes it or drops it, by its own policy, at once; never throws. */
  offer(told: Told): void;
}
