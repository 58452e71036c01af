/**
 * Films for the evaluation of the decode ladder: footage as a camera's small frames, and
 * a drawn street in which hardly anybody comes, under what moves without being anybody.
 * @module
 */
import { openClip } from "../../capture/clip_reader.ts";
import { chromaWidth, frameBytes, type FrameFormat } from "../../capture/frame/frame.ts";
import { applyEffects, type Effect } from "../../capture/scene/effect.ts";
import { sensorEffect } from "../../capture/scene/effect_sensor.ts";
import { EFFECTS } from "../../capture/scene/effects.ts";
import { addGrain } from "../../capture/scene/grain.ts";
import { RandomStream } from "../../capture/scene/random.ts";
import { sceneFormat } from "../../capture/scene/scenes.ts";
import { Street } from "../../capture/scene/street/street.ts";

export interface Film {
  readonly name: string;
  /** Quiet seconds after which its camera rests. */
  readonly idleAfterS: number;
  open(): Promise<OpenFilm>;
}

export interface OpenFilm extends AsyncDisposable {
  readonly format: FrameFormat;
  /** Pixels are lent until the next one. */
  readonly frames: AsyncIterable<FilmFrame> | Iterable<FilmFrame>;
}

export interface FilmFrame {
  readonly pixels: Uint8Array;
  /** From 0. */
  readonly ptsUs: number;
}

const FPS = 10;
const WIDTH_MAX = 640;
/** Footage is short and busy: it rests after so little that it rests at all. */
const FOOTAGE_IDLE_AFTER_S = 2;

/** A clip at 10 frames a second, at most 640 wide. */
export function footageFilm(footage: string, clip: string): Film {
  return {
    name: clip.slice(clip.lastIndexOf("/") + 1),
    idleAfterS: FOOTAGE_IDLE_AFTER_S,
    async open() {
      const options = { fps: FPS, width: WIDTH_MAX, shrinkOnly: true };
      const opened = await openClip(`${footage}/${clip}`, options);
      const { format, frames } = opened;
      const dispose = () => opened[Symbol.asyncDispose]();
      return { format, frames: fromZero(frames), [Symbol.asyncDispose]: dispose };
    },
  };
}

async function* fromZero(frames: AsyncIterable<FilmFrame>): AsyncGenerator<FilmFrame> {
  let firstUs: number | undefined;
  for await (const { pixels, ptsUs } of frames) {
    firstUs ??= ptsUs;
    yield { pixels, ptsUs: ptsUs - firstUs };
  }
}

/** What lies over the quiet street; `clean` is its sensor alone. */
export const QUIET_EFFECTS = [
  ...["clean", "night", "sway", "noise", "rain", "snow", "insect", "shadow", "light"],
] as const;

export interface QuietStreetPlan {
  readonly effect: string;
  readonly seed: number;
  readonly seconds: number;
}

const QUIET_IDLE_AFTER_S = 20;
const QUIET_WIDTH = 480;
/** Of those who would come, as many come: one in so many seconds, about. */
const COMES = 0.06;
const EFFECT_FROM_MS = 6_000;

/** The street with few visitors, under an effect from its sixth second to its end. */
export function quietStreet({ effect, seed, seconds }: QuietStreetPlan): Film {
  return {
    name: `street ${effect} ${seed}`,
    idleAfterS: QUIET_IDLE_AFTER_S,
    open() {
      const format = sceneFormat(QUIET_WIDTH);
      const effects = [...effectsOf(effect, seed), sensorEffect(seed)];
      const comes = (key: number) =>
        new RandomStream(seed, 0x1adde5, key >> 1).next() < COMES;
      const street = new Street({ format, seed, withTruth: false, comes });
      function* frames(): Generator<FilmFrame> {
        const pixels = new Uint8Array(frameBytes(format));
        for (let i = 0; i < seconds * FPS; i++) {
          const timeMs = 1_000 * i / FPS;
          street.paint(timeMs, pixels);
          applyEffects(pixels, format, { effects, seed, timeMs });
          yield { pixels, ptsUs: 1_000 * timeMs };
        }
      }
      const nothing = () => Promise.resolve();
      return Promise.resolve({
        ...{ format, frames: frames(), [Symbol.asyncDispose]: nothing },
      });
    },
  };
}

function effectsOf(name: string, seed: number): readonly Effect[] {
  if (name === "clean") return [];
  if (name === "night") return [nightEffect()];
  const kind = EFFECTS.find(({ truth }) => truth === name);
  if (!kind) throw new RangeError(`There is no effect "${name}"`);
  return [kind.make(seed, { startMs: EFFECT_FROM_MS, endMs: Infinity })];
}

/** Half the light, no colour, and the noise of a sensor at its highest gain. */
function nightEffect(): Effect {
  return {
    name: "night",
    apply(pixels, format, { random }) {
      const end = format.width * format.height;
      for (let i = 0; i < end; i++) pixels[i] = 16 + ((pixels[i]! - 16) >> 1);
      addGrain(pixels, format, { random, lumaSteps: 7, chromaSteps: 0 });
      pixels.fill(128, end, end + 2 * chromaWidth(format) * ((format.height + 1) >> 1));
    },
    causes: () => [],
  };
}
