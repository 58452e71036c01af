/**
 * Looks after what stands: keeps it from being learned, gives it to the scene when it
 * has stood for long enough, knows it again when it leaves, and tells what was left or
 * taken. Finds no tracks and moves none.
 * @module
 */
import type { Patch, Shape, WorkBox } from "../background_ground.ts";
import type { CauseLine } from "../dsl/observation.ts";
import type { ModelView } from "../foreground.ts";
import type { Life, LifeEvent } from "../motion_events.ts";
import type { PlaneShape } from "../regions.ts";
import type { Moment, Track } from "../tracking/track.ts";
import type { Tracker } from "../tracking/tracker.ts";

/** The model of the still scene, as far as it is asked here. */
export interface Ground {
  groundOf(box: WorkBox): Patch;
  absorb(box: WorkBox, shape?: Shape): void;
  putGround(patch: Patch, shape?: Shape): void;
  likenessTo(patch: Patch, shape?: Shape): number;
}

export interface StillnessParts {
  readonly ground: Ground;
  readonly tracker: Tracker;
}

/** One frame. */
export interface StillnessStep {
  readonly dtS: number;
  readonly moment: Moment;
  readonly lives: { lifeOf(track: number): Life | undefined };
}

export class Stillness {
  readonly #shape: PlaneShape;
  readonly #tracker: Tracker;

  constructor(shape: PlaneShape, parts: StillnessParts) {
    this.#shape = shape;
    this.#tracker = parts.tracker;
  }

  /** After tracks were followed and judged, before new ones are confirmed. */
  look(_view: ModelView, _step: StillnessStep): void {}

  takeEvents(): LifeEvent[] {
    return [];
  }

  takeCauses(): CauseLine[] {
    return [];
  }

  /** Another scene: what was absorbed into the last one is gone. */
  forgetScene(): void {}

  /** Sets `hold` where somebody known stands or walks, and clears it elsewhere. */
  writeHold(hold: Uint8Array): void {
    hold.fill(0);
    for (const track of this.#tracker.tracks) {
      if (!isKept(track)) continue;
      this.#hold(hold, track);
    }
  }

  #hold(hold: Uint8Array, track: Track): void {
    const { width, height } = this.#shape;
    const stride = ((width + 15) & ~15) + 16;
    const left = Math.max(0, Math.floor(track.left) - 2);
    const right = Math.min(width, Math.ceil(track.right) + 2);
    const bottom = Math.min(height, Math.ceil(track.foot) + 2);
    for (let y = Math.max(0, Math.floor(track.top) - 2); y < bottom; y++) {
      hold.fill(1, y * stride + left, y * stride + right);
    }
  }
}

function isKept(track: Track): boolean {
  return track.confirmed && track.suppressed === undefined && track.travel >= 0.5;
}
