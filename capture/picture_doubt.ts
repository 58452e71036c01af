/**
 * Whether a session's pictures can be believed: from a loss or a decoder's complaint on
 * they are doubtful, until a clean keyframe; and so is the camera, for a while longer.
 *
 * Tells nobody: what is said of it, and when, is `camera_session.ts`.
 * @module
 */
import type { StateReason } from "../analysis/dsl/camera_state.ts";

/** Clean pictures for so long end a doubt, ms. */
const DOUBT_MS = 2_000;

export class PictureDoubt {
  /** Frames before this time are doubtful, as the decoder complained. */
  #cleanFromUs = -Infinity;
  #lastMs = -Infinity;
  #why: StateReason = "gap";

  /** Why the newest doubt arose. */
  get why(): StateReason {
    return this.#why;
  }

  /** A new session begins with a keyframe. What was doubted a moment ago still is. */
  begin(): void {
    this.#cleanFromUs = -Infinity;
  }

  arise(why: StateReason, nowMs: number): void {
    this.#lastMs = nowMs;
    this.#why = why;
  }

  /** The decoder complained: whatever comes up to the next keyframe is doubtful. */
  decoderComplained(nowMs: number): void {
    this.#cleanFromUs = Infinity;
    this.arise("decoder", nowMs);
  }

  /** Called for each keyframe, in the order of arrival. */
  keyframe(ptsUs: number): void {
    if (this.#cleanFromUs === Infinity) this.#cleanFromUs = ptsUs;
  }

  /** Of one picture; `torn`: something is known to be missing before it. */
  step(picture: { readonly ptsUs: number; readonly torn: boolean }, nowMs: number) {
    const isDoubtful = picture.torn || picture.ptsUs < this.#cleanFromUs;
    if (isDoubtful) this.#lastMs = nowMs;
    return isDoubtful;
  }

  /** Too little time has passed since the last doubt to call the camera well. */
  isRecent(nowMs: number): boolean {
    return nowMs - this.#lastMs < DOUBT_MS;
  }
}
