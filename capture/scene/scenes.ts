/**
 * The scenes by name, and one scene's frame at a time.
 *
 * A frame is a function of scene, seed, size and time: any frame rate and any order
 * of frames give the same pictures.
 * @module
 */
import { frameBytes, type FrameFormat } from "../frame/frame.ts";
import { applyEffects, type Effect } from "./effect.ts";
import { lightEffect } from "./effect_light.ts";
import { rainEffect } from "./effect_rain.ts";
import { sensorEffect } from "./effect_sensor.ts";
import { type SceneName, sceneName } from "../source_url.ts";
import { Street } from "./street/street.ts";
import type { CauseSpan, SeenObject } from "./truth.ts";

/** Effects over the street, in order; the sensor comes last, as it does in a camera. */
const SCENES: Readonly<Record<SceneName, (seed: number) => readonly Effect[]>> = {
  "street": (seed) => [sensorEffect(seed)],
  "street-light": (seed) => [lightEffect(), sensorEffect(seed)],
  "street-rain": (seed) => [rainEffect(), sensorEffect(seed)],
};

export interface SceneOptions {
  readonly name: string;
  readonly seed: number;
  readonly format: FrameFormat;
  readonly withTruth: boolean;
}

/** A scene ready to be drawn. Costs about half a second to make. */
export interface Scene {
  readonly format: FrameFormat;
  /** Draws the moment `timeMs` into `pixels` (yuv420p); returns what can be seen. */
  drawFrame(timeMs: number, pixels: Uint8Array): readonly SeenObject[];
  causes(untilMs: number): readonly CauseSpan[];
}

/** The size of a scene's frames for a width asked for: 16:9, even. */
export function sceneFormat(width: number): FrameFormat {
  const even = Math.max(2, 2 * Math.round(width / 2));
  return { width: even, height: Math.max(2, 2 * Math.round(even * 9 / 32)) };
}

/** @throws Fault usage when there is no such scene */
export function makeScene({ name, seed, format, withTruth }: SceneOptions): Scene {
  const effects = SCENES[sceneName(name)]!(seed);
  const street = new Street({ format, seed, withTruth });
  return {
    format,
    drawFrame(timeMs, pixels) {
      if (pixels.length !== frameBytes(format)) {
        throw new RangeError(`Cannot draw a frame into ${pixels.length} bytes`);
      }
      const seen = street.paint(timeMs, pixels);
      applyEffects(pixels, format, { effects, seed, timeMs });
      return seen;
    },
    causes: (untilMs) => effects.flatMap((effect) => effect.causes(untilMs)),
  };
}
