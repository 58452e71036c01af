/**
 * Judges the picture as a whole, before anything is followed in it: has the light
 * changed, the camera been moved or covered, does it rain? Says what may be learned from
 * this frame and what may be born in it. Judges no single object: that is `causes/`.
 *
 * One file per judgement over shared sparse looks (`measures.ts`, `edges.ts`); here they
 * are asked in order, and the gravest decides. What each state and cause means, and in
 * what time it is told, is docs/ref/camera-states.md.
 * @module
 */
import type { FrameFormat } from "../../capture/frame/frame.ts";
import type { StateLine } from "../dsl/camera_state.ts";
import { fixed } from "../dsl/fixed.ts";
import type { Cause, CauseLine } from "../dsl/observation.ts";
import type { ModelView } from "../foreground.ts";
import type { PlaneShape } from "../regions.ts";
import { LightWatch } from "./light_watch.ts";
import { freely, type Ruling } from "./ruling.ts";
import { type Seen, StateTeller } from "./states.ts";
import type { KeptView } from "./view_watch.ts";
import { WholePicture } from "./whole_picture.ts";

/** One frame as the watch sees it. */
export interface SceneInput {
  /** The picture at work size, its mask and the model's view of it. */
  readonly picture: ModelView;
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
  /**
   * The model is not to follow the light of the next frame either: what is seen is not
   * the scene.
   */
  readonly keep: boolean;
  /** Whether what is new in this mask may become a track. */
  readonly bear: boolean;
  /** Whether known tracks may be followed in this mask; else they wait and do not age. */
  readonly follow: boolean;
  /** It is no true picture: torn, or doubted by the decoder. To be counted. */
  readonly damaged: boolean;
  /** The remembered scene is there, whatever covers the most of it: the model stays. */
  readonly known: boolean;
  /** The model is of another scene: the next learned frame fills it anew. */
  readonly restart: boolean;
  /** … as the camera looks elsewhere: who was known is not in the picture. */
  readonly elsewhere: boolean;
  /** The picture lies this many work pixels from the model for good: it is to follow. */
  readonly shift: { readonly dx: number; readonly dy: number } | undefined;
  /** Pixels, row by row, whose frame the model is to take as it is: dirt, not a thing. */
  readonly take: Uint8Array | undefined;
  /** One line at the onset of each, with `suppressed`. */
  readonly causes: readonly CauseLine[];
  /** One line at each change; `online` when the picture is itself again. */
  readonly states: readonly StateLine[];
}

/** Until then what stands there is taken for the scene: `LearningPace.warmsUp`. */
const WARM_UP_S = 2.4;
/**
 * A change of fewer grey levels in the mean is followed without a word: it stays below
 * the radius within which pixels match. Real exposures do so with each large vehicle.
 */
const TONE_CHANGE_MIN = 7;
/** Light that was followed, and then found to be uneven, is one change. */
const LIGHT_AGAIN_S = 2;
/** Smaller pictures have no whole to be judged. */
const SIDE_PX_MIN = 24;

export class SceneWatch {
  readonly #light = new LightWatch();
  readonly #states = new StateTeller();
  readonly #shape: PlaneShape;
  #whole: WholePicture | undefined;
  /** Of the watch before this one; until the first frame. */
  #kept: KeptView | undefined;
  #warm = false;
  /** Largest change of the tones since the light began to change. */
  #toneChange = 0;
  /** Since light was told. */
  #lightS = Infinity;

  /** @param shape size worked at, pixels */
  constructor(shape: PlaneShape) {
    this.#shape = shape;
  }

  /** What a successor has to know of where the camera looks; undefined before the first frame. */
  snapshot(view: ModelView): KeptView | undefined {
    return this.#whole?.snapshot(view) ?? this.#kept;
  }

  /** Goes on from a snapshot; to be called before the first frame. */
  restore(kept: KeptView): void {
    this.#kept = kept;
  }

  /**
   * To be called once a frame, in order of time, before regions are found. May clear
   * pixels of the mask.
   */
  step(input: SceneInput): SceneVerdict {
    const { width, height } = this.#shape;
    const causes: CauseLine[] = [];
    const ruling = Math.min(width, height) < SIDE_PX_MIN
      ? simpleRuling(input)
      : this.#wholeOf(input).step(input);
    this.#lightS += input.dtS;
    for (const { cause, score } of ruling.told) {
      if (cause === "light" && this.#lightS < LIGHT_AGAIN_S) continue;
      if (cause === "light") this.#lightS = 0;
      causes.push(lineOf(cause, score));
    }
    if (ruling.vetoesLight) this.#light.veto();
    const explained = ruling.keep ? 0 : input.lightExplains;
    const light = this.#light.step(explained, {
      dtS: input.dtS,
      mayBeElse: ruling.doubtsLight,
    });
    this.#toneChange = this.#light.waits || light
      ? Math.max(this.#toneChange, this.#whole?.toneChange ?? Infinity)
      : 0;
    if (light && this.#toneChange >= TONE_CHANGE_MIN && this.#lightS >= LIGHT_AGAIN_S) {
      causes.push(light);
      this.#lightS = 0;
    }
    const state = this.#states.step(this.#seen(ruling, input), input.tMs);
    const { learn, keep, bear, follow, restart, elsewhere, shift } = ruling;
    const { known, damaged } = ruling;
    const states = state ? [state] : [];
    return {
      learn,
      keep,
      bear,
      follow,
      restart,
      elsewhere,
      shift,
      take: ruling.take,
      known,
      damaged,
      causes,
      states,
    };
  }

  #wholeOf({ picture, format }: SceneInput): WholePicture {
    this.#whole ??= new WholePicture(picture, format, this.#kept);
    return this.#whole;
  }

  #seen(ruling: Ruling, { learnedS }: SceneInput): Seen {
    if (learnedS >= WARM_UP_S) this.#warm = true;
    if (ruling.seen !== undefined) return ruling.seen;
    return { state: this.#warm ? "online" : "warmup" };
  }
}

function lineOf(cause: Cause, score: number): CauseLine {
  return { cause, score: fixed(score, 2), suppressed: true };
}

function simpleRuling({ doubtful }: SceneInput): Ruling {
  const ruling = freely([]);
  if (doubtful) ruling.learn = ruling.bear = false;
  ruling.damaged = doubtful;
  return ruling;
}
