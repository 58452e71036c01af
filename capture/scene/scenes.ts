/**
 * The scenes by name, and one scene's frame at a time.
 *
 * A frame is a function of scene, seed, size and time: any frame rate and any order
 * of frames give the same pictures.
 * @module
 */
import { assert } from "../../base/assert.ts";
import { frameBytes, type FrameFormat } from "../frame/frame.ts";
import { applyEffects, type Effect, type Span } from "./effect.ts";
import { lightEffect } from "./effect_light.ts";
import { rainEffect } from "./effect_rain.ts";
import { inRounds } from "./effect_rounds.ts";
import { sensorEffect } from "./effect_sensor.ts";
import { EFFECTS } from "./effects.ts";
import { type SceneName, sceneName } from "../source_url.ts";
import { Street } from "./street/street.ts";
import type { CauseSpan, SeenObject, StateSpan } from "./truth.ts";

/** The effects of a scene: those of light and lens, then those of what comes after. */
interface SceneEffects {
  readonly optical: readonly Effect[];
  readonly digital: readonly Effect[];
}

/** Scenes of before there was one for every cause; they are as they were. */
const STEADY: Readonly<Record<string, () => readonly Effect[]>> = {
  "street": () => [],
  "street-light": () => [lightEffect()],
  "street-rain": () => [rainEffect()],
};

/** When the other scenes show their effect, in each minute. */
const SHOWN: Span = { startMs: 6_000, endMs: 40_000 };
const ROUND_MS = 60_000;

function effectsOf(name: SceneName, seed: number): SceneEffects {
  const steady = STEADY[name];
  if (steady) return { optical: steady(), digital: [] };
  const kind = EFFECTS.find(({ truth }) => name === `street-${truth}`);
  assert(kind !== undefined, `scene:${name} has an effect`);
  // What is absorbed has to stay for minutes: it comes once.
  const effect = kind.truth === "absorbed"
    ? kind.make(seed, { ...SHOWN, endMs: Infinity })
    : inRounds(kind.make(seed, SHOWN), { roundMs: ROUND_MS });
  return kind.stage === "optical"
    ? { optical: [effect], digital: [] }
    : { optical: [], digital: [effect] };
}

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
  states(untilMs: number): readonly StateSpan[];
}

/** The size of a scene's frames for a width asked for: 16:9, even. */
export function sceneFormat(width: number): FrameFormat {
  const even = Math.max(2, 2 * Math.round(width / 2));
  return { width: even, height: Math.max(2, 2 * Math.round(even * 9 / 32)) };
}

/** @throws Fault usage when there is no such scene */
export function makeScene({ name, seed, format, withTruth }: SceneOptions): Scene {
  const { optical, digital } = effectsOf(sceneName(name), seed);
  const effects = [...optical, ...digital];
  // The sensor comes after the lens, and is frozen with what it saw.
  const seenThrough = [...optical, sensorEffect(seed)];
  const street = new Street({ format, seed, withTruth });
  return {
    format,
    drawFrame(timeMs, pixels) {
      if (pixels.length !== frameBytes(format)) {
        throw new RangeError(`Cannot draw a frame into ${pixels.length} bytes`);
      }
      const shownMs = effects.reduce((ms, one) => one.shownMs?.(ms) ?? ms, timeMs);
      const seen = street.paint(shownMs, pixels);
      applyEffects(pixels, format, { effects: seenThrough, seed, timeMs: shownMs });
      applyEffects(pixels, format, { effects: digital, seed, timeMs });
      if (!withTruth) return seen;
      return effects.reduce(
        (objects, effect) => seenUnder(effect, objects, { format, timeMs: shownMs }),
        seen,
      );
    },
    causes: (untilMs) => effects.flatMap((effect) => effect.causes(untilMs)),
    states: (untilMs) => effects.flatMap((effect) => effect.states?.(untilMs) ?? []),
  };
}

/** Where things are seen under an effect, and what it adds of its own. */
function seenUnder(
  effect: Effect,
  objects: readonly SeenObject[],
  { format, timeMs }: { readonly format: FrameFormat; readonly timeMs: number },
): SeenObject[] {
  const placed = objects.flatMap((object): SeenObject[] => {
    if (!effect.placeOf) return [object];
    const box = effect.placeOf(object, format, timeMs);
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const w = Math.min(format.width, box.x + box.w) - x;
    const h = Math.min(format.height, box.y + box.h) - y;
    if (w < 1 || h < 1) return [];
    const inside = w * h / (box.w * box.h);
    const pixels = object.pixels * w * h / (object.w * object.h);
    return [{ ...object, x, y, w, h, pixels, visible: object.visible * inside }];
  });
  return [...placed, ...effect.seen?.(timeMs, format) ?? []];
}
