/**
 * Judges the picture as a whole, before anything is followed in it: has the light
 * changed, the camera been moved or covered, does it rain? Says what may be learned from
 * this frame and what may be born in it. Judges no single object: that is `causes/`.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { StateLine } from "../dsl/camera_state.ts";
import type { CauseLine } from "../dsl/observation.ts";
import type { Foreground } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import { LightWatch } from "./light_watch.ts";

/** One frame as the watch sees it. */
export interface SceneInput {
  /** The picture at work size, its mask and the model's view of it. */
  readonly picture: Foreground;
  /** The frame as it came, yuv420p of `format`. */
  readonly pixels: Uint8Array;
  readonly format: FrameFormat;
  /** Seconds since the last frame, above 0. */
  readonly dtS: number;
  /** The frame's time in the clock of the observations, ms. */
  readonly tMs: number;
  /** Pictures it is built on are missing. */
  readonly doubtful: boolean;
  /** So much time passed that nothing before can be told from what is new. */
  readonly leap: boolean;
  /** Part of the still points that a change of light explains, 0..1; 0: there was none. */
  readonly lightExplains: number;
  /** Seconds of learned frames since the model was started. */
  readonly learnedS: number;
}

/** What the picture as a whole allows, and why. */
export interface SceneVerdict {
  /** Whether the model may learn this frame. */
  readonly learn: boolean;
  /** Whether what is new in this mask may become a track. */
  readonly bear: boolean;
  /** Whether known tracks may be followed in this mask; else they wait and do not age. */
  readonly follow: boolean;
  /** The model is of another scene: the next learned frame fills it anew. */
  readonly restart: boolean;
  /** The picture lies this many work pixels from the model for good: it is to follow. */
  readonly shift: { readonly dx: number; readonly dy: number } | undefined;
  /** One line at the onset of each, with `suppressed`. */
  readonly causes: readonly CauseLine[];
  /** One line at each change; `online` when the picture is itself again. */
  readonly states: readonly StateLine[];
}

export class SceneWatch {
  readonly #light = new LightWatch();

  /** @param _shape size worked at, pixels */
  constructor(_shape: PlaneShape) {}

  /** To be called once a frame, in order of time, before regions are found. May clear pixels of the mask. */
  step(input: SceneInput): SceneVerdict {
    const light = this.#light.step(input.lightExplains, input.dtS);
    return {
      learn: !input.doubtful,
      bear: !input.doubtful,
      follow: true,
      restart: false,
      shift: undefined,
      causes: light ? [light] : [],
      states: [],
    };
  }
}
