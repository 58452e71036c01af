/**
 * What a drawn scene knows of itself: who was where, from when to when, and what else
 * changed the picture. The JSON of `analyze --truth`: docs/ref/scenes.md.
 * @module
 */
import type { CameraState } from "../../analysis/dsl/camera_state.ts";
import type { Cause } from "../../analysis/dsl/observation.ts";
import type { FrameFormat } from "../frame/frame.ts";

export type ObjectClass = "person" | "car";

/** What can be seen of something in one frame; pixels, x and y of the top-left corner. */
export interface SeenObject {
  /** The same for the same thing in every frame. */
  readonly key: number;
  readonly class: ObjectClass;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Part of it that is in the picture and not hidden, 0..1. */
  readonly visible: number;
  readonly pixels: number;
}

/** The picture changed for another reason than things that move. */
export interface CauseSpan {
  readonly cause: Cause;
  readonly startMs: number;
  readonly endMs: number;
}

/** What the camera was, as far as its pictures show it. */
export interface StateSpan {
  readonly state: CameraState;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TruthBox {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Part of the object that is in the picture and not hidden, 0..1, 2 decimals. */
  readonly visible: number;
}

export interface TruthFrame {
  /** From 1. */
  readonly frame: number;
  /** From the first frame. */
  readonly timeMs: number;
  readonly boxes: readonly TruthBox[];
}

/** One thing's stay in the picture; frames from 1, both ends inclusive. */
export interface TruthObject {
  readonly id: number;
  readonly class: ObjectClass;
  readonly startFrame: number;
  readonly endFrame: number;
  readonly startMs: number;
  readonly endMs: number;
}

export interface SceneTruth {
  readonly version: 1;
  readonly scene: string;
  readonly seed: number;
  readonly picture: FrameFormat;
  readonly fps: number;
  /** One entry per stay: in a scene each thing comes once. */
  readonly objects: readonly TruthObject[];
  readonly frames: readonly TruthFrame[];
  readonly causes: readonly CauseSpan[];
  readonly states: readonly StateSpan[];
}

/** Slivers of fewer pixels are nobody: not even a person would see them. */
const PIXELS_MIN = 16;

/** Gathers the truth, frame by frame. Grows with every frame: for offline work only. */
export class TruthKeeper {
  readonly #idOf = new Map<number, number>();
  readonly #objects = new Map<number, TruthObject>();
  readonly #frames: TruthFrame[] = [];

  add(timeMs: number, seen: readonly SeenObject[]): void {
    const frame = this.#frames.length + 1;
    const boxes = seen.filter(({ pixels }) => pixels >= PIXELS_MIN).map((object) => {
      const id = this.#idOf.get(object.key) ?? this.#idOf.size + 1;
      this.#idOf.set(object.key, id);
      const stay = this.#objects.get(id) ??
        { id, class: object.class, startFrame: frame, startMs: timeMs };
      this.#objects.set(id, { ...stay, endFrame: frame, endMs: timeMs });
      const { x, y, w, h } = object;
      return { id, x, y, w, h, visible: Math.round(100 * object.visible) / 100 };
    });
    this.#frames.push({ frame, timeMs, boxes: boxes.sort((a, b) => a.id - b.id) });
  }

  get untilMs(): number {
    return this.#frames.at(-1)?.timeMs ?? 0;
  }

  truth(
    of: Pick<SceneTruth, "scene" | "seed" | "picture" | "fps" | "causes" | "states">,
  ): SceneTruth {
    return {
      version: 1,
      ...of,
      objects: [...this.#objects.values()],
      frames: [...this.#frames],
    };
  }
}
